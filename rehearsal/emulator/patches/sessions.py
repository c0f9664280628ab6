"""STS: a session lasts as long as its role and chaining allow, and a web identity needs its provider."""

import base64
from typing import Any, Final
from urllib.parse import parse_qs

from rehearsal.emulator import door
from rehearsal.emulator.objects import json_object
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, differs, rule
from rehearsal.emulator.seed import ACCOUNT_ID

_ASSUME: Final = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html"
_WEB: Final = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html"
_CHAINED_SECONDS: Final = 3600
_STATUS: Final = {"AccessDenied": 403}

differs(
    "STS",
    "A session lasts by the machine's time: moving the clock does not end it.",
    "The signature and the expiry of a web identity token are not checked; its issuer, audience and subject are.",
)


@replaces("services.sts:handle_request", read="f2d7c72d01d64950")
async def handle_request(original: Any, method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
    """Refuse what STS refuses before a session is made."""
    form = {**query, **parse_qs(body.decode(errors="replace"))}
    try:
        _judge(
            {name: values[0] for name, values in form.items()}, door.router.extract_access_key_id(headers, query) or ""
        )
    except Refused as refused:
        return door.iam._error(_STATUS.get(refused.code, 400), refused.code, str(refused), ns="sts")  # noqa: SLF001
    return await original(method, path, headers, body, query)


def _judge(form: dict[str, str], access_key: str) -> None:
    if form.get("Action") not in ("AssumeRole", "AssumeRoleWithWebIdentity"):
        return
    arn = form.get("RoleArn", "")
    role = _role(arn)
    if not role:
        return
    seconds = int(form.get("DurationSeconds", "0"))
    refuse_another_path(arn, role["Arn"], form["Action"])
    refuse_longer_than_the_role_allows(seconds, role["MaxSessionDuration"])
    if form["Action"] == "AssumeRole":
        refuse_the_root_of_an_account(access_key)
        refuse_a_long_chained_session(seconds, chained=_is_role_session(access_key))
    else:
        claims = _claims(form.get("WebIdentityToken", ""))
        refuse_an_unknown_provider(_provider(arn, claims), str(claims.get("iss", "")))
        refuse_a_foreign_audience(_provider(arn, claims), claims)


@rule(_ASSUME, read="2026-11-22")
def refuse_another_path(asked: str, arn: str, action: str) -> None:
    """A role is only found by its whole ARN, path included."""
    if asked != arn:
        raise Refused("AccessDenied", f"Not authorized to perform: sts:{action} on resource: {asked}")


@rule(_ASSUME, read="2026-11-22")
def refuse_the_root_of_an_account(access_key: str) -> None:
    """The root of an account assumes no role."""
    if ACCOUNT_ID.fullmatch(access_key):
        raise Refused("AccessDenied", "Roles may not be assumed by root accounts.")


@rule(_ASSUME, read="2026-11-22")
def refuse_longer_than_the_role_allows(seconds: int, longest: int) -> None:
    """A session may not last longer than its role's MaxSessionDuration."""
    if seconds > longest:
        raise Refused(
            "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
        )


@rule(_ASSUME, read="2026-11-22")
def refuse_a_long_chained_session(seconds: int, *, chained: bool) -> None:
    """A role assumed by the session of another role lasts one hour at most."""
    if chained and seconds > _CHAINED_SECONDS:
        raise Refused(
            "ValidationError",
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
        )


@rule(_WEB, read="2026-11-22")
def refuse_an_unknown_provider(provider: door.Record | None, issuer: str) -> None:
    """The issuer of a web identity must be an OIDC provider of the role's account."""
    if provider is None:
        raise Refused("InvalidIdentityToken", f"No OpenIDConnect provider found in your account for {issuer}")


@rule(_WEB, read="2026-11-22")
def refuse_a_foreign_audience(provider: door.Record | None, claims: dict[str, Any]) -> None:
    """The token's audience must be one of the provider's client ids."""
    if provider is not None and claims.get("aud") not in provider.get("ClientIDList", []):
        raise Refused("InvalidIdentityToken", "Incorrect token audience")


def _role(arn: str) -> door.Record | None:
    parts = arn.split(":", 5)
    if len(parts) < len(("arn", "aws", "iam", "", "account", "resource")):
        return None
    return door.iam._roles.get_scoped(parts[4], None, parts[5].rpartition("/")[2])  # noqa: SLF001


def _is_role_session(access_key: str) -> bool:
    session = door.sts._sessions.get(access_key)  # noqa: SLF001
    return bool(session and session["PrincipalType"] == "AssumedRole")


def _claims(token: str) -> dict[str, Any]:
    """Read a token's claims; its signature is not checked, which the documentation says."""
    payload = [*token.split("."), "", ""][1]
    try:
        return json_object(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except ValueError:
        return {}


def _provider(role_arn: str, claims: dict[str, Any]) -> door.Record | None:
    account = role_arn.split(":")[4]
    host = str(claims.get("iss", "")).partition("://")[2]
    arn = f"arn:aws:iam::{account}:oidc-provider/{host}"
    return door.iam._oidc_providers.get_scoped(account, None, arn)  # noqa: SLF001
