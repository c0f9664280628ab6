"""A role of the example accounts, as AWS judges it."""

from collections.abc import Mapping

from strongroom.documents.policy import Document
from tests.strongroom.documents.example import account
from tests.strongroom.documents.judge import Request, allowed


class Role:
    """A pipeline role as AWS judges it: all its policies, within its boundary."""

    def __init__(self, account_id: str, name: str, *, disposable: bool = False) -> None:
        made = account(account_id, disposable=disposable)
        role = next(role for role in made.roles if role.name == name)
        self._arn = f"arn:aws:iam::{account_id}:role/{name}"
        self._own: Document = {
            "Version": "2012-10-17",
            "Statement": [s for policy in role.policies for s in made.policies[policy]["Statement"]],
        }
        self._boundary = made.boundary

    def may(self, action: str, resource: str = "*", context: Mapping[str, str | list[str]] | None = None) -> bool:
        request = Request(self._arn, action, resource, context or {})
        return allowed(self._own, request) and allowed(self._boundary, request)
