"""What bootstrap makes in one account, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from strongroom.documents import buckets, keys
from strongroom.documents.policy import Document
from strongroom.facts import names


@dataclass(frozen=True)
class PipelineRole:
    """A role that a pipeline takes with its identity token."""

    name: str
    subjects: tuple[str, ...]
    """Who the tokens that may take it say they are."""
    trust: Document
    policies: tuple[str, ...]
    """Names of the managed policies that are attached to it."""
    session_seconds: int = 3_600
    """How long a session may last."""


@dataclass(frozen=True)
class ServiceRole:
    """A role that an AWS service takes."""

    name: str
    trust: Document
    managed: tuple[str, ...]
    """ARNs of AWS's own managed policies that are attached to it."""
    policies: tuple[str, ...] = ()
    """Names of the account's managed policies that are attached to it."""


@dataclass(frozen=True)
class StateStore:
    """Bucket and key of Pulumi's state, one prefix and one encryption context for each environment."""

    account: str
    region: str
    environments: tuple[str, ...]

    @property
    def bucket(self) -> str:
        """Name of the bucket."""
        return names.state_bucket(self.account, self.region)

    @property
    def key_policy(self) -> Document:
        """Policy of the key."""
        return keys.state(self.region, self.account, self.environments)

    def bucket_policy(self, key_arn: str) -> Document:
        """Policy of the bucket, whose objects lie under `key_arn`."""
        return buckets.state(self.bucket, key_arn)


@dataclass(frozen=True)
class Account:
    """Everything of one account's day one."""

    id: str
    region: str
    """Region that the template is applied in."""
    issuers: Mapping[str, tuple[str, ...]]
    """Audiences by token issuer."""
    boundary: Document
    policies: Mapping[str, Document]
    """Managed policies by name."""
    roles: tuple[PipelineRole, ...]
    services: tuple[ServiceRole, ...] = ()
    """Roles that must be there before a stack is: those of a recovery into an account that has none yet."""
    store: StateStore | None = None
    stacks: tuple[str, ...] = field(default=())
    """Environments whose stack files name this account."""
