"""What a step of a rehearsal works with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from rehearsal.local.engine import Outcome
from rehearsal.local.local import Local
from rehearsal.local.pipeline import Mode
from rehearsal.report.findings import Findings
from rehearsal.scenarios.ledger import Ledger
from rehearsal.scenarios.recorder import Recorder

_NUMBERS: Final = count(1)


@dataclass(frozen=True)
class Scene:
    """The local AWS, seen from one step."""

    local: Local
    recorder: Recorder
    before: str
    """State of the checkout before the rehearsal, as `checkout.state` gives it."""
    says: Callable[[str], None]
    """Tells the user how the step comes along."""
    ledger: Ledger
    findings: Findings

    def pulumi(self, stack: str, *arguments: str, mode: Mode = Mode.DEPLOY) -> Outcome:
        """Run `pulumi` on a stack as one of its pipelines; what its exit code means is the step's to say."""
        operation = self.local.operation(stack, _log_name(stack, arguments), arguments, mode)
        return self.local.engine.run(replace(operation, says=self.says))


def _log_name(stack: str, arguments: Sequence[str]) -> str:
    words = "-".join(word.strip("-") for word in arguments if word not in _SAID_ANYWAY)
    return f"{next(_NUMBERS):02d}-{stack}-{words}"


_SAID_ANYWAY: Final = frozenset({"--yes", "--skip-preview", "--run-program"})
