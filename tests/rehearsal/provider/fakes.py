"""A service that fakes AWS in memory for tests of the provider's core: named things with settings and tags."""

from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

ACCOUNT = "111111111111"


def client_error(code: str, message: str = "no", operation: str = "Call", status: int = 400) -> ClientError:
    """An error as botocore raises it."""
    answer: Any = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(answer, operation)


@dataclass
class FakeSts:
    """Tells who calls."""

    account: str = ACCOUNT

    def get_caller_identity(self) -> dict[str, str]:
        return {"Account": self.account, "Arn": f"arn:aws:iam::{self.account}:role/strongroom-deploy"}


@dataclass
class FakeClients:
    """Clients by service; each is asked for in a region, which is noted."""

    services: dict[str, Any] = field(default_factory=dict[str, Any])
    regions: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def client(self, service: Any, region: str) -> Any:
        self.regions.append((service, region))
        return self.services[service]


def clients(**services: Any) -> FakeClients:
    """Clients of the example account's STS and of these services."""
    return FakeClients({"sts": FakeSts(), **services})
