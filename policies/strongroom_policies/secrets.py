"""Rules about secrets."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Final

from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource
from strongroom_policies.rule import Rule, Sentence, Severity, apart, number, texts
from strongroom_policies.statements import statements
from strongroom_policies.strangers import ACCOUNTS, anybody, strangers
from strongroom_policies.tokens import TypeToken

# https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html, read 2026-11-22.
_DEFAULT_DAYS: Final = 30


def _can_be_recovered(secret: Resource, wanted: Properties) -> Iterator[Sentence]:
    yield from apart(_sealed(secret), _comes_back(secret, wanted), _exists_twice(secret, wanted))


def _sealed(secret: Resource) -> Iterator[Sentence]:
    replicas = (
        _under_a_customer_key(f"replica {at + 1} of {secret}", replica, " of the replica")
        for at, replica in enumerate(secret.properties.parts("replicas"))
    )
    yield from apart(_under_a_customer_key(str(secret), secret.properties), *replicas)


def _under_a_customer_key(name: str, said: Properties, of: str = "") -> Iterator[Sentence]:
    key = said.text("kmsKeyId")
    if not key or "alias/aws/" in key:
        yield (
            f"{name} lies under {key or 'a key of AWS'}; a customer managed key is required, because no other account"
            f" can be let in to one of AWS's: set kms_key_id{of}"
        )


def _comes_back(secret: Resource, wanted: Properties) -> Iterator[Sentence]:
    said, least = secret.properties.number("recoveryWindowInDays"), wanted.number("minimumWindowDays") or 0
    days = _DEFAULT_DAYS if said is None else said
    if days < least:
        yield (
            f"{secret} is gone {days} days after its deletion; {least} are required: set recovery_window_in_days to"
            f" {least} or more"
        )


def _exists_twice(secret: Resource, wanted: Properties) -> Iterator[Sentence]:
    name = secret.properties.text("name") or secret.name
    sealed = any(fnmatchcase(name, pattern) for pattern in wanted.texts("sealedSecrets"))
    if not sealed and not secret.properties.parts("replicas"):
        yield (
            f"{secret} exists once; a replica or a sealed export is required: set replicas, or name {name!r} in"
            " sealedSecrets of secretsmanager-secret-recoverable"
        )


RECOVERABLE: Final = Rule(
    name="secretsmanager-secret-recoverable",
    description="Checks that a secret can be read after a mistake and after the loss of its Region.",
    why="Tables keyed by a lost salt are whole, and nobody can say any more whose rows they hold.",
    controls={"Checkov": ("CKV_AWS_149",), "NIST 800-53": ("CP-9",), "ISO 27001:2022": ("A.8.13", "A.8.24")},
    severity=Severity.HIGH,
    on=(TypeToken.SECRETSMANAGER_SECRET,),
    check=_can_be_recovered,
    keys=("kmsKeyId", "replicas.kmsKeyId"),
    options={
        "minimumWindowDays": number(7, "Days for which a deleted secret must be recoverable."),
        "sealedSecrets": texts((), "Patterns of the names of secrets that a sealed export keeps."),
    },
)


def _value_stays_out(version: Resource, _: Properties) -> Iterator[Sentence]:
    for name in ("secretString", "secretBinary"):
        if name in version.properties:
            yield (
                f"{version} has its value in {name}, and so in Pulumi's state; a value that is only written is"
                " required: use secret_string_wo with secret_string_wo_version"
            )


VALUE_OUTSIDE: Final = Rule(
    name="secretsmanager-value-outside-state",
    description="Checks that the value of a secret does not enter Pulumi's state.",
    why="Whoever may read the state may read the secret, however its key is guarded.",
    controls={"NIST 800-53": ("IA-5(7)",), "ISO 27001:2022": ("A.8.24",)},
    severity=Severity.HIGH,
    on=(TypeToken.SECRETSMANAGER_SECRET_VERSION,),
    check=_value_stays_out,
)


def _policy_is_tight(policy: Resource, wanted: Properties) -> Iterator[Sentence]:
    read = list(statements(policy.properties, "policy"))
    yield from apart(
        *(anybody(policy, one) for one in read), *(strangers(policy, one, wanted, POLICY.name) for one in read)
    )


POLICY: Final = Rule(
    name="secretsmanager-policy",
    description="Checks that the policy of a secret lets no stranger in.",
    why="A secret that answers a stranger is told once and for good: a new value does not take the old one back.",
    controls={"NIST 800-53": ("AC-3", "AC-6"), "ISO 27001:2022": ("A.5.15",)},
    severity=Severity.CRITICAL,
    on=(TypeToken.SECRETSMANAGER_SECRET, TypeToken.SECRETSMANAGER_SECRET_POLICY),
    check=_policy_is_tight,
    options=ACCOUNTS,
)
