"""`strongroom status` as the command line knows it: options parsed, doors opened, the command run."""

from strongroom.cli import status_tell
from strongroom.cli.exits import Exit
from strongroom.cli.verify import Environment, Json, Region, Written, doors
from strongroom.cli.verify_look import Form, Options


def status(environment: Environment, region: Region = None, form: Written = Form.TEXT, as_json: Json = False) -> Exit:
    """See `status_tell`."""
    return status_tell.run(Options(environment, region, Form.JSON if as_json else form), doors())
