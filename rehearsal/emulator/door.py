"""The only door to MiniStack, which is untyped: whatever the emulator takes from it is named here."""

# MiniStack ships no types; behind this module its values are `Any` by declaration, never by accident.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false

from importlib import import_module
from importlib.metadata import version
from typing import Any, Final

VERSION: Final = "1.5.33"
"""The MiniStack whose source was read."""

Record = dict[str, Any]
"""A resource as MiniStack keeps it."""


def module(name: str) -> Any:
    """Return the MiniStack module `name`, given without the leading `ministack.`."""
    return import_module(f"ministack.{name}")


def installed() -> str:
    """Return the version of the MiniStack that is installed."""
    return version("ministack")


app: Any = module("app")
responses: Any = module("core.responses")
evaluator: Any = module("core.iam_evaluator")
actions: Any = module("core.iam_actions")
router: Any = module("core.router")

AccountScopedDict: Any = responses.AccountScopedDict
"""A dictionary that shows each request the entries of its own account."""
AccountRegionScopedDict: Any = responses.AccountRegionScopedDict
"""A dictionary that shows each request the entries of its own account and region."""
request_scope: Any = responses.request_scope
"""`with request_scope(account, region)`: act as if the request came from there."""


def account() -> str:
    """Return the account of the request that is being answered."""
    return responses.get_account_id()


def region() -> str:
    """Return the region of the request that is being answered."""
    return responses.get_region()


iam: Any = module("services.iam")
organizations: Any = module("services.organizations")
sts: Any = module("services.sts")
s3: Any = module("services.s3")
kms: Any = module("services.kms")


def load_services() -> None:
    """Import every service that is served, and with them all that hold state."""
    for name in app.SERVICE_HANDLERS:
        app._get_module(app.SERVICE_REGISTRY[name]["module"])  # noqa: SLF001


def iam_call(account_id: str, action: str, **parameters: str) -> None:
    """Call IAM inside this process, with nobody's permissions.

    Raises:
        ValueError: IAM refused.
    """
    form = {"Action": [action], **{name: [value] for name, value in parameters.items()}}
    with request_scope(account_id, "us-east-1"):
        status, _, body = iam._IAM_HANDLERS[action](form)  # noqa: SLF001 - IAM's own table of operations
    if status != 200:
        raise ValueError(f"{action} in {account_id}: {body.decode()}")
