"""SNS: topics and their subscriptions."""

from rehearsal.emulator.rules import differs

differs(
    "SNS",
    "The dead-letter queues of a topic's subscriptions are MiniStack's.",
)
