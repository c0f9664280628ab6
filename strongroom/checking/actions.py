"""AWS's own list of actions, as policy_sentry carries it; the tests of the documents use the same one."""

# policy_sentry is untyped; nothing of it leaves this module.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportMissingTypeStubs=false
# pyright: reportUnknownArgumentType=false

import functools

from strongroom.checking.errors import CheckingError


@functools.cache
def of_service(prefix: str) -> frozenset[str]:
    """Actions of a service in lower case, such as s3:getobject; none where there is no such service.

    Args:
        prefix: As it stands before the colon.

    Raises:
        CheckingError: policy_sentry is not installed.
    """
    try:
        # Here, because its list takes a second to be read, which only a check that got this far has to wait for.
        from policy_sentry.querying.actions import get_actions_for_service
    except ImportError:
        raise CheckingError(
            "policy documents cannot be checked without policy-sentry, which carries AWS's list of actions; run"
            " scripts/setup, and then .venv/bin/strongroom"
        ) from None
    return frozenset(str(action).lower() for action in get_actions_for_service(prefix))
