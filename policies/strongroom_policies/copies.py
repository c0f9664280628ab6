"""Rules about the copies that a plan sends away."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Final

from strongroom_policies.plans import named
from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource
from strongroom_policies.rule import Level, Rule, Sentence, Severity, apart, number, texts
from strongroom_policies.tokens import TypeToken


def arn_part(arn: str, at: int) -> str:
    """One of the parts of an ARN between its colons; empty when it has fewer."""
    parts = arn.split(":")
    return parts[at] if len(parts) > at else ""


def own_accounts(resource: Resource) -> tuple[str, ...]:
    """Accounts that the provider of a resource may work in; none when it does not say."""
    return resource.provider.listed("allowedAccountIds")


def _leaves_the_account(plan: Resource, wanted: Properties) -> Iterator[Sentence]:
    yield from apart(*(_rule_leaves(plan, rule, wanted) for rule in plan.properties.parts("rules")))


def _rule_leaves(plan: Resource, rule: Properties, wanted: Properties) -> Iterator[Sentence]:
    copies = rule.parts("copyActions")
    if not copies:
        yield (
            f"{named(plan, rule)} copies nothing; a copy in another account is required: add copy_actions with a vault"
            " of the backup account"
        )
    yield from apart(*(_allowed(plan, rule, copy, wanted) for copy in copies))


def _allowed(plan: Resource, rule: Properties, copy: Properties, wanted: Properties) -> Iterator[Sentence]:
    vault = copy.text("destinationVaultArn") or ""
    patterns = wanted.texts("allowedVaults")
    if vault.endswith(":backup-vault:Default"):
        yield (
            f"{named(plan, rule)} copies to {vault}; AWS copies to no Default vault of another account:"
            " name another one"
        )
    elif patterns:
        if not any(fnmatchcase(vault, pattern) for pattern in patterns):
            yield (
                f"{named(plan, rule)} copies to {vault}; only {', '.join(patterns)} may be copied to: change"
                " destination_vault_arn, or allowedVaults of backup-plan-copies-away"
            )
    elif not (own := own_accounts(plan)):
        yield (
            f"{named(plan, rule)} copies to {vault}, and nothing says that this is another account: set"
            " allowed_account_ids of the provider, or allowedVaults of backup-plan-copies-away"
        )
    elif not arn_part(vault, 4):
        yield (
            f"{named(plan, rule)} copies to {vault or 'nowhere'}, which is no vault's ARN; a vault of another account"
            " is required: set destination_vault_arn"
        )
    elif arn_part(vault, 4) in own:
        yield (
            f"{named(plan, rule)} copies to {vault} in its own account; another account is required: name a vault of"
            " the backup account in destination_vault_arn"
        )


COPIES_AWAY: Final = Rule(
    name="backup-plan-copies-away",
    description="Checks that every rule of a plan copies its points into an allowed vault of another account.",
    why="Backups that lie in the account they protect are lost with it.",
    controls={
        "AWS Backup Audit Manager": ("BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT",),
        "NIST 800-53": ("CP-6", "CP-9(3)"),
        "ISO 27001:2022": ("A.8.13",),
    },
    severity=Severity.CRITICAL,
    on=(TypeToken.BACKUP_PLAN,),
    check=_leaves_the_account,
    options={"allowedVaults": texts((), "Patterns of the ARNs of vaults that may be copied to; none means any.")},
)


def _leaves_the_region(plan: Resource, wanted: Properties) -> Iterator[Sentence]:
    tiers = wanted.texts("tiers")
    rules = plan.properties.parts("rules")
    yield from apart(*(_rule_leaves_the_region(plan, rule) for rule in rules if rule.text("ruleName") in tiers))


def _rule_leaves_the_region(plan: Resource, rule: Properties) -> Iterator[Sentence]:
    home = plan.properties.text("region") or plan.provider.text("region")
    if not home:
        yield f"{named(plan, rule)} lies in a Region that nobody says; one is wanted: set region of the plan"
        return
    regions = [arn_part(copy.text("destinationVaultArn") or "", 3) for copy in rule.parts("copyActions")]
    if not any(region and region != home for region in regions):
        yield (
            f"{named(plan, rule)} has no copy outside {home}; one is wanted: add a copy action to a vault of another"
            " Region"
        )


OTHER_REGION: Final = Rule(
    name="backup-plan-other-region",
    description="Checks that the rules of chosen tiers copy into another Region.",
    why="A Region that is away takes tables, vault and same-Region copies along.",
    controls={
        "AWS Backup Audit Manager": ("BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION",),
        "NIST 800-53": ("CP-6",),
    },
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    on=(TypeToken.BACKUP_PLAN,),
    check=_leaves_the_region,
    options={"tiers": texts((), "Names of the rules that must copy into another Region; with none, no rule must.")},
)


def _stays_warm(plan: Resource, wanted: Properties) -> Iterator[Sentence]:
    yield from apart(*(_rule_stays_warm(plan, rule, wanted) for rule in plan.properties.parts("rules")))


def _rule_stays_warm(plan: Resource, rule: Properties, wanted: Properties) -> Iterator[Sentence]:
    copies = rule.parts("copyActions")
    yield from apart(*(_copy_stays_warm(plan, rule, copy, wanted) for copy in copies))


def _copy_stays_warm(plan: Resource, rule: Properties, copy: Properties, wanted: Properties) -> Iterator[Sentence]:
    cold, warm_days = copy.part("lifecycle").number("coldStorageAfter"), wanted.number("warmDays") or 0
    if cold and cold < warm_days:
        yield (
            f"the copy of {named(plan, rule)} goes cold after {cold} days, and a cold point cannot be copied to a fresh"
            f" account; {warm_days} warm days are required: leave cold_storage_after out"
        )


STAYS_WARM: Final = Rule(
    name="backup-plan-copies-stay-warm",
    description="Checks that copies stay warm as long as they may be needed in a fresh account.",
    why=(
        "Cold points can be copied to no other account: after the loss of one they can be restored only where they lie."
    ),
    controls={"NIST 800-53": ("CP-10",), "ISO 27001:2022": ("A.5.30",)},
    severity=Severity.HIGH,
    on=(TypeToken.BACKUP_PLAN,),
    check=_stays_warm,
    options={"warmDays": number(3653, "Days for which copies must stay warm.")},
)
