"""The key and the vault that a run's copies land in, made once however often the run is taken up."""

from collections.abc import Callable, Mapping

from strongroom.aws.keys import RunKeys
from strongroom.aws.landing import LandingVaults
from strongroom.documents import keys as key_documents
from strongroom.documents import vaults as vault_documents
from strongroom.documents.keys import Place
from strongroom.documents.principals import Caretakers
from strongroom.facts import names
from strongroom.recovery.plans.plan import Plan, token


def tags(plan: Plan) -> Mapping[str, str]:
    """Tags of whatever a run makes for itself; the recover role may make and unmake nothing without them."""
    return {names.TAG_ENVIRONMENT: plan.environment, names.TAG_RUN: plan.run}


def key(plan: Plan, keys: RunKeys, told: Callable[[str], None]) -> str:
    """Have the landing key, and return its ARN.

    KMS takes no token, so that a key is looked for by its tags before one is made.

    Raises:
        AwsError: AWS refuses.
    """
    told("looking for the landing key")
    found = sorted(keys.find(tags(plan)))
    if found:
        return found[0]
    told("making the landing key")
    document = key_documents.landing(Place(plan.region, Caretakers(plan.target_account)), plan.backup_account)
    return keys.create(document, f"Copies that recovery {plan.run} of {plan.environment} lands", tags(plan))


def vault(plan: Plan, key_arn: str, vaults: LandingVaults) -> str:
    """Have the landing vault with its policy, and return its ARN.

    Raises:
        AwsError: AWS refuses, or a vault of this name is not the run's.
    """
    name = names.landing_vault(plan.environment, plan.run)
    made = vaults.create(name, key_arn, tags(plan), token(plan.run, "vault"))
    vaults.put_policy(name, vault_documents.landing(plan.backup_account))
    return made
