"""The doors of `bootstrap apply` onto an account in memory."""

import io
from dataclasses import dataclass, field
from datetime import UTC, datetime

from strongroom.aws.buckets import Buckets
from strongroom.aws.cloudformation import Stacks
from strongroom.aws.identity import Identity
from strongroom.aws.keys import Keys
from strongroom.aws.roles import Roles
from strongroom.cli.bootstrap_apply import Doors
from strongroom.cli.output import Output
from tests.strongroom.aws.accounts import applied
from tests.strongroom.aws.fakes import Clock, FakeBuckets, FakeKeys, FakeRoles, FakeStacks
from tests.strongroom.documents.example import account, stack

ADMINISTRATOR = "arn:aws:sts::{}:assumed-role/OrganizationAccountAccessRole/me"


@dataclass
class FakeAccount:
    """An account that holds what bootstrap means it to as soon as the stack is applied, unless told otherwise."""

    id: str
    states: list[str | None] = field(default_factory=lambda: [None, None, "CREATE_IN_PROGRESS", "CREATE_COMPLETE"])
    changed: bool = True
    forgets: bool = False
    """Whether CloudFormation says that all is done, and does nothing."""
    profile: str | None = None
    """The only profile that opens it."""
    asked_for: list[str] = field(default_factory=list[str])
    """Regions that were opened."""

    def __post_init__(self) -> None:
        self.fake_stacks = FakeStacks(list(self.states), changed=self.changed, applied=self._apply)
        self._held: tuple[FakeRoles, FakeKeys, FakeBuckets] = (FakeRoles(), FakeKeys(), FakeBuckets(self.id))
        if self.states[0] is not None:
            self._apply()

    def _apply(self) -> None:
        if not self.forgets:
            self._held = applied(account(self.id))

    def open(self, region: str) -> "FakeAccount":
        self.asked_for.append(region)
        return self

    def identity(self, profile: str | None) -> Identity:
        assert profile == self.profile
        return Identity(self.id, ADMINISTRATOR.format(self.id), datetime(2026, 11, 22, tzinfo=UTC))

    def stacks(self, profile: str | None) -> Stacks:
        assert profile == self.profile
        return self.fake_stacks

    def roles(self, profile: str | None) -> Roles:
        assert profile == self.profile
        return self._held[0]

    def keys(self, profile: str | None) -> Keys:
        assert profile == self.profile
        return self._held[1]

    def buckets(self, profile: str | None) -> Buckets:
        assert profile == self.profile
        return self._held[2]


@dataclass
class Screen:
    """What a command wrote, and what somebody types."""

    typed: str = ""
    questions: list[str] = field(default_factory=list[str])
    out: io.StringIO = field(default_factory=io.StringIO)
    err: io.StringIO = field(default_factory=io.StringIO)
    clock: Clock = field(default_factory=Clock)

    def ask(self, question: str) -> str:
        self.questions.append(question)
        return self.typed

    def doors(self, account: FakeAccount) -> Doors:
        stacks = {name: stack(name) for name in ("backup", "ci", "prod")}
        return Doors(stacks, account.open, self.ask, self.clock.now, self.clock.sleep, Output(self.out, self.err))
