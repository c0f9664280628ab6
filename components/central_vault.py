"""The vault in the backup account where one source's copies of one tier land."""

import json
from typing import Literal, NotRequired, Self, TypedDict

import pulumi
import pulumi_aws as aws
from pydantic import StrictInt, model_validator

from components.checks import OwnedSite, checked
from components.keys import KeyPlan, key
from components.options import Options, put_over
from components.origins import OriginArgs, origin
from strongroom.config.fields import Section
from strongroom.config.lifecycle import LockBounds
from strongroom.config.lock import Lock, LockMode
from strongroom.config.tiers import TIERS
from strongroom.documents import keys, vaults
from strongroom.documents.principals import Caretakers
from strongroom.facts import names


class VaultLockArgs(TypedDict):
    """Mode of a vault's lock."""

    mode: NotRequired[LockMode]
    """Default: governance, which those with the right can lift."""
    grace_days: NotRequired[int]
    """Compliance only: days until nobody can lift the lock any more, 3 or more."""
    acknowledge: NotRequired[str]
    """Compliance only: the sentence that says that this is meant."""


class CentralVaultArgs(TypedDict):
    """What a caller decides about a central vault."""

    region: str
    """Region of the vault and its key."""
    account_id: str
    """Backup account, twelve digits."""
    source: OriginArgs
    """Source whose copies are let in."""
    tier: str
    """Tier of the copies: daily, weekly or monthly."""
    lock_min_days: int
    """Shortest retention accepted; a copy sent with less fails."""
    lock_max_days: int
    """Longest retention accepted."""
    lock: NotRequired[VaultLockArgs]
    """Mode of the lock. Default: governance."""
    disposable: NotRequired[bool]
    """Whether destroying the stack may destroy the points. Default: no."""


class _Bounds(Section):
    tier: Literal["daily", "weekly", "monthly"]
    lock_min_days: StrictInt
    lock_max_days: StrictInt

    @model_validator(mode="after")
    def _within_the_tier(self) -> Self:
        TIERS[self.tier].check(self.lock_min_days)
        return self


class CentralVault(pulumi.ComponentResource):
    """A locked vault under its own key, whose name says its source, tier and bounds."""

    vault_name: pulumi.Output[str]
    """Name of the vault."""
    vault_arn: pulumi.Output[str]
    """ARN that the source's copy actions name."""

    def __init__(self, name: str, args: CentralVaultArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        source = origin(args["source"])
        site = checked(OwnedSite, {"environment": source.environment, **_place(args)})
        bounds = _bounds(args)
        mode = checked(Lock, args.get("lock") or {})
        options = Options(self, args.get("disposable") or False)
        super().__init__("strongroom:index:CentralVault", name, {}, opts)

        caretakers = Caretakers(site.account_id)
        policy = keys.central_vault(keys.Place(site.region, caretakers), source)
        alias = names.key_alias(source.environment, args["tier"])
        sealing = key(name, KeyPlan(alias, f"Copies of {source.environment}", policy, site.region), options)
        vault = aws.backup.Vault(
            f"{name}-vault",
            region=site.region,
            name=names.central_vault(source.environment, args["tier"], bounds.min_days, bounds.max_days),
            kms_key_arn=sealing.arn,
            force_destroy=options.disposable,
            opts=options.kept(),
        )
        aws.backup.VaultPolicy(
            f"{name}-vault-policy",
            region=site.region,
            backup_vault_name=vault.name,
            policy=json.dumps(vaults.central(source, caretakers)),
            opts=options.kept(),
        )
        aws.backup.VaultLockConfiguration(
            f"{name}-lock",
            region=site.region,
            backup_vault_name=vault.name,
            min_retention_days=bounds.min_days,
            max_retention_days=bounds.max_days,
            changeable_for_days=mode.grace_days,
            opts=put_over(options.kept()),
        )

        self.vault_name = vault.name
        self.vault_arn = vault.arn
        self.register_outputs({"vault_name": self.vault_name, "vault_arn": self.vault_arn})


def _place(args: CentralVaultArgs) -> dict[str, str]:
    return {"region": args["region"], "account_id": args["account_id"]}


def _bounds(args: CentralVaultArgs) -> LockBounds:
    names_of = ("tier", "lock_min_days", "lock_max_days")
    bounds = checked(_Bounds, {part: args[part] for part in names_of})
    return LockBounds(bounds.lock_min_days, bounds.lock_max_days)
