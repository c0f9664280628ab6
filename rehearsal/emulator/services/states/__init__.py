"""Step Functions: state machines that act with the rights of their role."""

from rehearsal.emulator.rules import differs

differs(
    "Step Functions",
    "An execution under way does not survive a restart, and a reset ends one that waits.",
    "A synchronous execution does not wait, and a task that waits for a token or a worker does not hold the clock.",
    "What state machines call inside this process is not in the list of calls.",
)
