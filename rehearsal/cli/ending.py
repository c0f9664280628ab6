"""How a command ends when it could not do what it was asked: one sentence, one exit code, no traceback."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer
from botocore.exceptions import BotoCoreError, ClientError

from rehearsal.cli import output
from rehearsal.local.errors import RehearsalError
from strongroom.aws.errors import AwsError
from strongroom.cli.exits import Exit

P = ParamSpec("P")


def told(command: Callable[P, None]) -> Callable[P, None]:
    """Turn what a command raises for reasons outside this program into a sentence and an exit code."""

    @wraps(command)
    def telling(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except RehearsalError as failed:
            raise _ended(failed, failed.exit) from None
        except (AwsError, ClientError, BotoCoreError) as refused:
            raise _ended(f"the local AWS refused: {refused}", Exit.FAILED) from None
        except KeyboardInterrupt:
            raise _ended("interrupted; nothing is left running", Exit.INTERRUPTED) from None

    return telling


def _ended(sentence: object, code: Exit) -> typer.Exit:
    output.failure(sentence)
    return typer.Exit(code)
