"""Makes the organisation of a seed document in MiniStack's tables, with the ids that the document names."""

from dataclasses import asdict
from typing import Any, Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.authorization.memory import MEMORY
from rehearsal.emulator.seed import Account, Seed, Unit

ADMINISTRATOR_ROLE: Final = "OrganizationAccountAccessRole"
"""https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access.html (read 2026-11-22)."""
_ADMINISTRATOR_POLICY: Final = "arn:aws:iam::aws:policy/AdministratorAccess"
_SCP: Final = [{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}]
_FULL_ACCESS: Final[str] = door.organizations.FULL_ACCESS_POLICY_ID

TRUSTED: Final = door.AccountScopedDict()
"""Service principal -> since when the organisation trusts it, under the management account."""
DELEGATED: Final = door.AccountScopedDict()
"""Service principal -> member that administers it -> since when, under the management account."""


def found(seed: Seed) -> None:
    """Make the organisation, its units and the management account's place in it; members come by `admit`."""
    management = seed.management.id
    with door.request_scope(management, seed.region):
        tables = door.organizations
        tables._ensure_org()  # noqa: SLF001 - also makes the policy FullAWSAccess
        for table in (tables._roots, tables._accounts):  # noqa: SLF001 - the random root and its account give way
            for key in list(table):
                del table[key]
        # AWS attaches it to whatever comes into being; accounts get it by `admit`.
        tables._attachments[_FULL_ACCESS] = [seed.root, *(unit.id for unit in seed.units)]  # noqa: SLF001
        tables._orgs["self"] = _organization(seed)  # noqa: SLF001
        tables._roots[seed.root] = _root(seed)  # noqa: SLF001
        for unit in seed.units:
            tables._ous[unit.id] = _unit(seed, unit)  # noqa: SLF001
    admit(seed, seed.management, joined="INVITED")


def admit(seed: Seed, account: Account, *, joined: str = "CREATED") -> None:
    """Put an account into the organisation, in its unit or below the root."""
    units = {unit.name: unit.id for unit in seed.units}
    with door.request_scope(seed.management.id, seed.region):
        tables = door.organizations
        tables._accounts[account.id] = {  # noqa: SLF001
            "Id": account.id,
            "Arn": f"arn:aws:organizations::{seed.management.id}:account/{seed.id}/{account.id}",
            "Email": f"{account.name}@example.com",
            "Name": account.name,
            "Status": "ACTIVE",
            "JoinedMethod": joined,
            "JoinedTimestamp": int(clock.now().timestamp()),
            "Path": "/",
            "_ParentId": units[account.unit] if account.unit else seed.root,
        }
        MEMORY.forget()
        attached = tables._attachments[_FULL_ACCESS]  # noqa: SLF001
        tables._attachments[_FULL_ACCESS] = [*attached, account.id]  # noqa: SLF001


def open_to_administrators(account: str, management: str, role: str = ADMINISTRATOR_ROLE) -> None:
    """Make the role by which the management account's administrator gets into an account."""
    trust = (
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", '
        f'"Principal": {{"AWS": "arn:aws:iam::{management}:root"}}}}]}}'
    )
    door.iam_call(account, "CreateRole", RoleName=role, AssumeRolePolicyDocument=trust)
    door.iam_call(account, "AttachRolePolicy", RoleName=role, PolicyArn=_ADMINISTRATOR_POLICY)


def hire_administrator(management: str) -> dict[str, str]:
    """Make the management account's IAM user `administrator` and return its key and ARN."""
    door.iam_call(management, "CreateUser", UserName="administrator")
    door.iam_call(management, "AttachUserPolicy", UserName="administrator", PolicyArn=_ADMINISTRATOR_POLICY)
    door.iam_call(management, "CreateAccessKey", UserName="administrator")
    with door.request_scope(management, "us-east-1"):
        [key] = [key for key in door.iam._access_keys.values() if key["UserName"] == "administrator"]  # noqa: SLF001
    return {
        "access_key_id": key["AccessKeyId"],
        "secret_access_key": key["SecretAccessKey"],
        "arn": f"arn:aws:iam::{management}:user/administrator",
    }


def suspend(account: str, management: str) -> None:
    """List an account as AWS lists a closed one."""
    accounts = door.organizations._accounts  # noqa: SLF001
    with door.request_scope(management, "us-east-1"):
        if account in accounts:
            accounts[account] = {**accounts[account], "Status": "SUSPENDED"}


def is_delegated(management: str, account: str) -> bool:
    """Return whether a member administers any service for its organisation."""
    with door.request_scope(management, "us-east-1"):
        return any(account in accounts for accounts in DELEGATED.values())


def described(seed: Seed) -> dict[str, Any]:
    """Return the seed as the control path shows it."""
    return asdict(seed)


def _organization(seed: Seed) -> door.Record:
    management = seed.management.id
    return {
        "Id": seed.id,
        "Arn": f"arn:aws:organizations::{management}:organization/{seed.id}",
        "FeatureSet": "ALL",
        "MasterAccountArn": f"arn:aws:organizations::{management}:account/{seed.id}/{management}",
        "MasterAccountId": management,
        "MasterAccountEmail": f"{seed.management.name}@example.com",
        "AvailablePolicyTypes": _SCP,
    }


def _root(seed: Seed) -> door.Record:
    arn = f"arn:aws:organizations::{seed.management.id}:root/{seed.id}/{seed.root}"
    return {"Id": seed.root, "Arn": arn, "Name": "Root", "PolicyTypes": _SCP}


def _unit(seed: Seed, unit: Unit) -> door.Record:
    arn = f"arn:aws:organizations::{seed.management.id}:ou/{seed.id}/{unit.id}"
    return {"Id": unit.id, "Arn": arn, "Name": unit.name, "Path": f"/{unit.name}/", "_ParentId": seed.root}
