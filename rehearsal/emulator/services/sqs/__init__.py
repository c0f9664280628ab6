"""SQS: messages that AWS services send."""

from rehearsal.emulator.rules import differs

differs(
    "SQS",
    "Queues live in the machine's time: visibility, delay and retention do not follow the clock.",
)
