"""S3: who makes a request, and what it may do besides what the request is named after."""

from typing import Any, Final

from rehearsal.emulator import judgement
from rehearsal.emulator.request import CALL

_CONTEXT: Final = {"aws:SecureTransport": "true"}


def caller() -> str | None:
    """Return the ARN of who asks S3; None when nobody does, or it is a service of AWS that writes in its own name."""
    call = CALL.get()
    return call.principal if call and call.service == "s3" and call.principal else None


def is_anonymous() -> bool:
    """Return whether S3 is asked by somebody who does not sign."""
    call = CALL.get()
    return call is not None and call.service == "s3" and call.kind == "anonymous"


def account_of_caller(otherwise: str) -> str:
    """Return the account of who asks, in which names of keys are looked up."""
    call = CALL.get()
    return call.account if call and call.account else otherwise


def denial(action: str, bucket: str, key: str, **keys: Any) -> str | None:
    """Return AWS's sentence when the caller may not do something to an object; None when it may.

    Args:
        action: IAM action.
        bucket: Name.
        key: Of the object.
        **keys: Condition keys of S3's, with underscores for what follows `s3:`.
    """
    principal = caller()
    if principal is None:
        return None
    context = {f"s3:{name.replace('_', '-')}": value for name, value in keys.items()}
    return judgement.refusal(principal, action, f"arn:aws:s3:::{bucket}/{key}", {**_CONTEXT, **context})
