"""EventBridge: rules and buses."""

from rehearsal.emulator.rules import differs

differs(
    "EventBridge",
    "A retry waits 1, 2, 4 and up to 512 seconds, without jitter.",
    "Events reach SNS, SQS, buses, log groups and state machines; any other target is undelivered with "
    "SDK_CLIENT_ERROR.",
    "PutEvents ignores the time that an entry names.",
)
