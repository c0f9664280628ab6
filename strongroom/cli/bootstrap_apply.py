"""`strongroom bootstrap apply`: make or change one account's day one, and read it back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from strongroom.aws import cloudformation, identity, readback
from strongroom.aws.cloudformation import Waiting
from strongroom.cli import stackfiles
from strongroom.cli.exits import Exit
from strongroom.cli.faults import RefusedError
from strongroom.cli.output import Output, Progress
from strongroom.config.settings import Settings
from strongroom.documents.bootstrap import duties, sizes
from strongroom.documents.bootstrap.account import Account
from strongroom.documents.bootstrap.template import template
from strongroom.facts import names

if TYPE_CHECKING:
    from strongroom.aws.sessions import Administration

HELP = """Make or change an account's day one by CloudFormation, then read it back.

Run it with an administrator's credentials of that account: --profile, or whatever the AWS tools take. It prints what it
is about to do, asks for the account's id, applies the template that `bootstrap template` prints, waits for it,
and compares every role, policy, key and bucket with what they should be. Applied again it changes nothing."""

EXITS = (
    Exit.OK,
    Exit.FAILED,
    Exit.USAGE,
    Exit.MISMATCH,
    Exit.REFUSED,
    Exit.DENIED,
    Exit.TIMEOUT,
    Exit.INTERRUPTED,
)


@dataclass(frozen=True)
class Options:
    """What the user asked for."""

    account: str
    """backup, pipeline, management, the name of a stack or an id."""
    profile: str | None = None
    """AWS profile of an administrator. Absent: whatever credentials the environment gives."""
    dry_run: bool = False
    """Print the plan and stop."""
    yes: bool = False
    """Go ahead without the account's id being typed."""
    as_json: bool = False


@dataclass(frozen=True)
class Doors:
    """What the command reads, asks, changes and writes."""

    stacks: Mapping[str, Settings]
    aws: "Callable[[str], Administration]"
    """Opens a region."""
    ask: Callable[[str], str]
    """Puts a question and returns what was typed; empty where nobody can answer."""
    now: Callable[[], float]
    sleep: Callable[[float], None]
    output: Output


@dataclass(frozen=True)
class Plan:
    """What is about to be done."""

    account: Account
    caller: str
    """ARN of whoever does it."""
    exists: bool
    template: str

    def lines(self) -> list[str]:
        """The plan as people read it."""
        deed = "update" if self.exists else "create"
        size = len(self.template.encode())
        roles = [
            f"  role {role.name}, taken by {', '.join(role.subjects)}: {', '.join(role.policies)}"
            for role in self.account.roles
        ]
        roles += [f"  role {role.name}, taken by AWS in a recovery" for role in self.account.services]
        store = self.account.store
        kept = [f"  bucket {store.bucket} and key {names.STATE_KEY_ALIAS}, kept when the stack goes"] if store else []
        return [
            f"account {self.account.id} in {self.account.region}, as {self.caller}:",
            f"  {deed} stack {names.BOOTSTRAP_STACK} ({size} bytes) for {', '.join(self.account.stacks)}",
            *(f"  OpenID Connect provider {url}" for url in self.account.issuers),
            *roles,
            *kept,
        ]

    def document(self) -> dict[str, object]:
        """The plan as scripts read it."""
        return {
            "account": self.account.id,
            "region": self.account.region,
            "caller": self.caller,
            "stack": names.BOOTSTRAP_STACK,
            "action": "update" if self.exists else "create",
            "stacks": list(self.account.stacks),
            "roles": [role.name for role in (*self.account.roles, *self.account.services)],
        }


def run(options: Options, doors: Doors) -> Exit:
    """Plan, ask, apply, read back.

    Raises:
        UsageError: the option means no account, or several.
        RefusedError: the account's id was not typed.
        AwsError: AWS refused, or was not done in time.
    """
    id_ = stackfiles.account(doors.stacks, options.account)
    account = duties.account(id_, list(doors.stacks.values()))
    text = sizes.text(template(account))
    aws = doors.aws(account.region)
    caller = identity.confirm(options.profile, id_, aws)
    plan = Plan(account, caller.arn, aws.stacks(options.profile).status(names.BOOTSTRAP_STACK) is not None, text)
    _show(plan, options, doors)
    if options.dry_run:
        return Exit.OK
    _confirm(plan, options, doors)
    return _carry_out(plan, options, doors, aws)


def _show(plan: Plan, options: Options, doors: Doors) -> None:
    if options.as_json and options.dry_run:
        doors.output.document(plan.document())
    else:
        for line in plan.lines():
            (doors.output.note if options.as_json else doors.output.result)(line)


def _confirm(plan: Plan, options: Options, doors: Doors) -> None:
    if options.yes:
        return
    typed = doors.ask(f"Type the account's id ({plan.account.id}) to go ahead: ").strip()
    if typed != plan.account.id:
        raise RefusedError(f"nothing was changed: {plan.account.id} had to be typed, got {typed!r}; or add --yes")


def _carry_out(plan: Plan, options: Options, doors: Doors, aws: "Administration") -> Exit:
    progress = Progress(doors.output, doors.now)
    waiting = Waiting(doors.now, doors.sleep, progress.told)
    who = options.profile
    outcome = cloudformation.apply(aws.stacks(who), names.BOOTSTRAP_STACK, plan.template, waiting)
    found = readback.differences(plan.account, readback.Doors(aws.roles(who), aws.keys(who), aws.buckets(who)))
    if options.as_json:
        doors.output.document({**plan.document(), "outcome": outcome.value, "differences": found})
    else:
        doors.output.result(f"stack {names.BOOTSTRAP_STACK} in account {plan.account.id}: {outcome.value}")
        for sentence in found:
            doors.output.note(f"error: {sentence}; somebody changed it, or CloudFormation did not apply it")
    return Exit.MISMATCH if found else Exit.OK
