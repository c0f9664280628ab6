"""Parameters that programs read to find their table: where a cut-over becomes theirs."""

from typing import TYPE_CHECKING, Protocol

from strongroom.aws.answers import there
from strongroom.aws.errors import FailedError, translated

if TYPE_CHECKING:
    from mypy_boto3_ssm.client import SSMClient


class Parameters(Protocol):
    """Parameters of one account and region."""

    def value(self, name: str) -> str | None:
        """What a parameter holds; None where there is none.

        Raises:
            AwsError: it cannot be read.
        """
        ...

    def put(self, name: str, value: str) -> None:
        """Let a parameter hold a value, whatever it held; AWS keeps the older values as its history."""
        ...


class SsmParameters:
    """Parameters of the Systems Manager."""

    def __init__(self, client: "SSMClient") -> None:
        self._client = client

    def value(self, name: str) -> str | None:
        """See `Parameters.value`."""
        # GetParameters names what it does not find in an answer of its own; GetParameter makes it an error.
        what = f"reading parameter {name}"
        with translated(what):
            said = self._client.get_parameters(Names=[name])
        found = there(said.get("Parameters"), "Parameters", what)
        if found:
            return there(found[0].get("Value"), "Value", what)
        if name in there(said.get("InvalidParameters"), "InvalidParameters", what):
            return None
        raise FailedError(f"{what}: AWS gave an answer that neither holds it nor says that it is not there; try again")

    def put(self, name: str, value: str) -> None:
        """See `Parameters.put`."""
        with translated(f"writing parameter {name}"):
            self._client.put_parameter(Name=name, Value=value, Type="String", Overwrite=True)
