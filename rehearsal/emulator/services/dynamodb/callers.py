"""Who asked: DynamoDB does what takes a while with the rights of whoever asked for it."""

from rehearsal.emulator import door
from rehearsal.emulator.request import CALL


def caller() -> str:
    """Return the ARN of whoever sent the request that is being answered."""
    call = CALL.get()
    return call.principal if call and call.principal else f"arn:aws:iam::{door.account()}:root"
