"""The rule that points live as long as the locks of the vaults accept where they land."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from strongroom_policies.copies import arn_part, own_accounts
from strongroom_policies.plans import named
from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource, Stack
from strongroom_policies.rule import Sentence, Severity, StackRule, about, apart
from strongroom_policies.tokens import TypeToken

_VAULT: Final = "backupVaultName"
_LANDED_IN: Final = "targetVaultName"
_AIR_GAPPED: Final = TypeToken.BACKUP_LOGICALLY_AIR_GAPPED_VAULT
# https://docs.aws.amazon.com/aws-backup/latest/devguide/lag-vault-primary-backup.html, read 2026-11-22: a rule may put
# its points into an air-gapped vault of the same account as well.
_ALSO: Final = "targetLogicallyAirGappedBackupVaultArn"


@dataclass(frozen=True)
class _Lock:
    """What bounds the lives of points: the lock of a vault, or a vault that has one from its beginning."""

    said: Resource
    """The resource with the bounds."""
    stack: Stack

    @property
    def vault(self) -> str | None:
        """Name of the vault; what nobody says in the lock its vault may say."""
        by = "name" if self.said.type == _AIR_GAPPED else _VAULT
        if not self.said.properties.knows(by):
            for vault in self.stack.of(TypeToken.BACKUP_VAULT):
                if self.stack.refers(self.said, vault, by, "name", "id"):
                    return vault.properties.text("name")
        return self.said.properties.text(by)

    def takes(self, arn: str) -> bool:
        """Whether an ARN is that of the vault, as far as anybody says where it lies."""
        home, own = self.said.properties.text("region") or self.said.provider.text("region"), own_accounts(self.said)
        here = home in (None, arn_part(arn, 3)) and (not own or arn_part(arn, 4) in own)
        return here and bool(arn) and arn_part(arn, 6) == self.vault


def _locks(stack: Stack) -> list[_Lock]:
    kinds = (TypeToken.BACKUP_VAULT_LOCK_CONFIGURATION, _AIR_GAPPED)
    return [_Lock(said, stack) for kind in kinds for said in stack.of(kind)]


def _accepted(stack: Stack, wanted: Properties) -> Iterator[tuple[Resource, Sentence]]:
    locks = _locks(stack)
    for plan in stack.of(TypeToken.BACKUP_PLAN):
        yield from about(plan, _every_rule_accepted(plan, locks, wanted))


def _every_rule_accepted(plan: Resource, locks: list[_Lock], wanted: Properties) -> Iterator[Sentence]:
    for rule in plan.properties.parts("rules"):
        copies = rule.parts("copyActions")
        yield from apart(
            *(_accepted_here(plan, rule, lock) for lock in locks),
            *(_copy_accepted(plan, rule, copy, locks, wanted) for copy in copies),
        )


def _accepted_here(plan: Resource, rule: Properties, lock: _Lock) -> Iterator[Sentence]:
    target = _target(plan, rule, lock.stack)
    if (target and target == lock.vault) or lock.takes(rule.text(_ALSO) or ""):
        yield from _bounded(named(plan, rule), rule, lock.said.properties, f"the lock of {lock.vault}")


def _target(plan: Resource, rule: Properties, stack: Stack) -> str | None:
    """Name of the vault that points land in; told by a dependency where only one vault comes into question."""
    if not rule.knows(_LANDED_IN):
        sources = plan.waits_for.get("rules", frozenset())
        vaults = [vault for vault in stack.of(TypeToken.BACKUP_VAULT) if vault.urn in sources]
        if len(vaults) == 1:
            return vaults[0].properties.text("name")
    return rule.text(_LANDED_IN)


def _copy_accepted(
    plan: Resource, rule: Properties, copy: Properties, locks: list[_Lock], wanted: Properties
) -> Iterator[Sentence]:
    name, vault = f"the copy of {named(plan, rule)}", copy.text("destinationVaultArn") or ""
    bounds = [lock for lock in wanted.parts("locks") if fnmatchcase(vault, lock.text("vault") or "")]
    bounds += [lock.said.properties for lock in locks if lock.takes(vault)]
    if not bounds:
        yield (
            f"{name} goes to {vault}, and nothing says which retention the lock there accepts: add the vault to locks"
            " of backup-retention-within-locks"
        )
    yield from apart(*(_bounded(name, copy, one, f"the lock of {vault}") for one in bounds))


def _bounded(name: str, keeper: Properties, lock: Properties, lock_name: str) -> Iterator[Sentence]:
    life = keeper.part("lifecycle")
    days, low, high = life.number("deleteAfter"), lock.number("minRetentionDays"), lock.number("maxRetentionDays")
    if (low and days and days < low) or (high and (not days or days > high)):
        yield (
            f"{name} lives {days or 'for ever'}{' days' if days else ''}; {lock_name} accepts {low or 1} to"
            f" {high or 'any number of'} days and lets every other job fail: change delete_after"
        )


_LOCK_SCHEMA: Final = {
    "type": "object",
    "properties": {
        "vault": {"type": "string"},
        "minRetentionDays": {"type": "integer"},
        "maxRetentionDays": {"type": "integer"},
    },
    "required": ["vault", "minRetentionDays", "maxRetentionDays"],
}

WITHIN_LOCKS: Final = StackRule(
    name="backup-retention-within-locks",
    description="Checks that points and copies live as long as the locks where they land accept.",
    why="A job whose retention lies outside the lock's bounds fails, every day, and says so in another account.",
    controls={
        "AWS Backup Audit Manager": ("BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK",),
        "NIST 800-53": ("CP-9",),
    },
    severity=Severity.HIGH,
    check=_accepted,
    options={
        "locks": {
            "type": "array",
            "items": _LOCK_SCHEMA,
            "default": [],
            "description": (
                "Locks of vaults that other stacks make: a pattern of the vault's ARN, and its bounds in days."
            ),
        }
    },
)
