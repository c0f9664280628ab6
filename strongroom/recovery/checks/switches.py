"""Switches that are off on the day of an account's making, and stay off until somebody needs them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from strongroom.aws.opt_ins import ACROSS_ACCOUNTS, TYPE
from strongroom.recovery.checks.findings import Finding, stops, warns
from strongroom.recovery.checks.scene import Declared, Scene

_SKEW: Final = timedelta(minutes=1)
"""AWS refuses requests whose time is five minutes off; sooner than that a clock runs wrong.

https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html, read 2026-11-22.
"""


def across_accounts(scene: Scene) -> Iterator[Finding]:
    """Copies between accounts are on."""
    if not scene.doors.opt_ins(scene.backup_side.profile).across_accounts():
        yield stops(
            "cross-account",
            "the organization does not let AWS Backup copy between its accounts",
            "the organization's management account",
            "every copy out of the backup account would fail",
            f"aws backup update-global-settings --global-settings {ACROSS_ACCOUNTS}=true (as the management account)",
        )


def opt_ins(scene: Scene) -> Iterator[Finding]:
    """AWS Backup works with tables in the target region, with its advanced features."""
    side = scene.fresh_side
    found = scene.doors.opt_ins(side.profile).tables()
    if not found.protects:
        yield stops(
            "opt-ins",
            "AWS Backup is not opted in for DynamoDB",
            side.where,
            "the tables that come back would not be backed up by their plans",
            f"aws backup update-region-settings --resource-type-opt-in-preference {TYPE}=true {side.options}",
        )
    if not found.manages:
        yield stops(
            "opt-ins",
            "the advanced features of AWS Backup for DynamoDB are off",
            side.where,
            "points could be neither copied into another account nor restored from such a copy",
            f"aws backup update-region-settings --resource-type-management-preference {TYPE}=true {side.options}",
        )


def organization(scene: Scene) -> Iterator[Finding]:
    """Both accounts belong to one organization."""
    found = {side.account: scene.doors.organizations(side.profile).id() for side in scene.sides}
    ids = set(found.values())
    if len(ids) > 1 or None in ids:
        said = " and ".join(f"{account} to {id_ or 'none'}" for account, id_ in found.items())
        yield stops(
            "organization",
            f"the accounts belong to different organizations: {said}",
            f"account {scene.target.account}",
            "AWS Backup copies between accounts of one organization only",
            f"aws organizations invite-account-to-organization --target Id={scene.target.account},Type=ACCOUNT"
            " (as the management account)",
        )


def unit(declared: Declared) -> Iterator[Finding]:
    """The target account stands in the unit that the central side lets in."""
    scene, wanted = declared.scene, declared.settings.organization.sources_path
    target = scene.target.account
    found = scene.doors.organizations(scene.backup_side.profile).path(target)
    unit_id = wanted.rstrip("/").rpartition("/")[2]
    why = "vaults, keys and archive of the backup account let in accounts of that unit alone"
    if found is None:
        yield warns(
            "unit",
            f"AWS tells members nothing of units, so whether account {target} stands in {unit_id} was not seen",
            f"account {target}",
            why,
            f"aws organizations list-parents --child-id {target} (as the management account)",
        )
    elif not found.startswith(wanted):
        parent = found.rstrip("/").rpartition("/")[2]
        yield stops(
            "unit",
            f"account {target} stands in {found}, not in {wanted}",
            f"account {target}",
            why,
            f"aws organizations move-account --account-id {target} --source-parent-id {parent}"
            f" --destination-parent-id {unit_id} (as the management account)",
        )


def clock(scene: Scene) -> Iterator[Finding]:
    """This computer's clock is AWS's."""
    skew = scene.local_now - scene.backup.at
    if abs(skew) > _SKEW:
        way = "ahead of" if skew > timedelta() else "behind"
        yield warns(
            "clock",
            f"this computer's clock is {abs(skew).total_seconds():.0f} s {way} AWS's",
            "this computer",
            "AWS refuses requests that are signed more than five minutes off; ages are told by AWS's clock",
            "sudo timedatectl set-ntp true",
        )
