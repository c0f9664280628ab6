"""EventBridge Scheduler: schedules on the emulator's clock."""

from rehearsal.emulator.rules import differs

differs(
    "EventBridge Scheduler",
    "A flexible time window's moment is the same each time that a schedule runs at one time.",
    "Templated targets are SQS, SNS, buses and state machines; a Lambda function is taken and fails when "
    "it is invoked.",
    "An at() in the past never runs.",
    "What schedules call inside this process is not in the list of calls.",
)
