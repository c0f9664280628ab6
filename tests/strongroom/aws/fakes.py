"""An AWS account in memory, behind the same narrow doors as the real one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from strongroom.aws.buckets import Bucket, Buckets
from strongroom.aws.errors import DeniedError
from strongroom.aws.identity import Identity
from strongroom.aws.keys import Key
from strongroom.aws.roles import Role
from strongroom.aws.vaults import Vault, Vaults
from strongroom.documents.policy import Document


@dataclass
class FakeVaults:
    """Vaults and their policies, by name; those of `hidden` may not be seen."""

    vaults: dict[str, Vault] = field(default_factory=dict[str, Vault])
    policies: dict[str, Document] = field(default_factory=dict[str, Document])
    hidden: set[str] = field(default_factory=set[str])

    def vault(self, name: str) -> Vault | None:
        if name in self.hidden:
            raise DeniedError(f"reading vault {name}: AccessDeniedException: insufficient privileges")
        return self.vaults.get(name)

    def policy(self, name: str) -> Document | None:
        return self.policies.get(name)


@dataclass
class FakeBuckets:
    """Buckets by name, all of one owner."""

    owner: str
    buckets: dict[str, Bucket] = field(default_factory=dict[str, Bucket])

    def lock(self, name: str, owner: str) -> Bucket | None:
        return self.bucket(name, owner)

    def bucket(self, name: str, owner: str) -> Bucket | None:
        if owner != self.owner:
            raise DeniedError(f"reading bucket {name}: AccessDenied: not the owner")
        return self.buckets.get(name)


@dataclass
class FakeRoles:
    """IAM of one account."""

    roles: dict[str, Role] = field(default_factory=dict[str, Role])
    policies: dict[str, Document] = field(default_factory=dict[str, Document])
    """By ARN."""
    providers: dict[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    """Audiences by ARN."""

    def role(self, name: str) -> Role | None:
        return self.roles.get(name)

    def policy(self, arn: str) -> Document | None:
        return self.policies.get(arn)

    def audiences(self, provider_arn: str) -> Sequence[str] | None:
        return self.providers.get(provider_arn)


@dataclass
class FakeKeys:
    """Keys by alias."""

    keys: dict[str, Key] = field(default_factory=dict[str, Key])

    def key(self, alias: str) -> Key | None:
        return self.keys.get(alias)


@dataclass
class FakeStacks:
    """One stack that goes through the given states, one at each look."""

    states: list[str | None]
    changed: bool = True
    reasons: list[str] = field(default_factory=list[str])
    asked: list[str] = field(default_factory=list[str])
    applied: Callable[[], None] = lambda: None
    """Called when a stack is made or changed."""

    def status(self, name: str) -> str | None:
        self.asked.append(f"status {name}")
        return self.states.pop(0) if len(self.states) > 1 else self.states[0]

    def create(self, name: str, template: str) -> None:
        self.asked.append(f"create {name} {len(template)}")
        self.applied()

    def update(self, name: str, template: str) -> bool:
        self.asked.append(f"update {name} {len(template)}")
        if self.changed:
            self.applied()
        return self.changed

    def failures(self, name: str) -> list[str]:
        self.asked.append(f"failures {name}")
        return self.reasons


@dataclass
class FakeSessions:
    """Profiles by name; None is whoever is at hand."""

    identities: dict[str | None, Identity] = field(default_factory=dict[str | None, Identity])
    seen_vaults: FakeVaults = field(default_factory=FakeVaults)
    seen_buckets: FakeBuckets = field(default_factory=lambda: FakeBuckets("333333333333"))
    profiles: list[str | None] = field(default_factory=list[str | None])
    """Profiles that doors were opened with."""

    def identity(self, profile: str | None) -> Identity:
        return self.identities[profile]

    def vaults(self, profile: str | None) -> Vaults:
        self.profiles.append(profile)
        return self.seen_vaults

    def buckets(self, profile: str | None) -> Buckets:
        self.profiles.append(profile)
        return self.seen_buckets


@dataclass
class Clock:
    """Seconds that pass only by sleeping."""

    seconds: float = 0.0

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds
