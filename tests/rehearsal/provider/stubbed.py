"""A world for a type's operations: boto3 clients that answer what was scripted, and time that only sleeping moves."""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.config import Config
from botocore.stub import Stubber

from rehearsal.provider.context import Context
from rehearsal.provider.waiting import Pace

ACCOUNT = "111111111111"
REGION = "eu-west-2"


@dataclass
class Clock:
    """A clock that only sleeping moves; it remembers the sleeps."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list[float])

    def read(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@dataclass
class World:
    """Scripted services; `expect` and `refuse` are played in order within a service and region."""

    clock: Clock = field(default_factory=Clock)
    _clients: dict[tuple[str, str], tuple[Any, Stubber]] = field(
        default_factory=dict[tuple[str, str], tuple[Any, Stubber]]
    )

    def expect(
        self, service: str, method: str, sent: dict[str, Any], answer: dict[str, Any], region: str = REGION
    ) -> None:
        """Script one call: boto3's method name, exactly what is sent, and the answer (checked against the model)."""
        # copied, because botocore decodes documents in place
        self._stub(service, region)[1].add_response(method, deepcopy(answer), sent)

    def refuse(self, service: str, method: str, code: str, message: str = "no", status: int = 400) -> None:
        """Script one refusal."""
        self._stub(service, REGION)[1].add_client_error(method, code, message, status)

    def client(self, service: Any, region: str) -> Any:
        return self._stub(service, region)[0]

    def context(self, region: str = REGION) -> Context:
        """What an operation gets."""
        pace = Pace(clock=self.clock.read, sleep=self.clock.sleep, scale=1.0, patience=1.0)
        return Context(clients=self, region=region, account=ACCOUNT, pace=pace)

    def done(self) -> None:
        """Fail when a scripted call was not made."""
        for _client, stub in self._clients.values():
            stub.assert_no_pending_responses()

    def _stub(self, service: str, region: str) -> tuple[Any, Stubber]:
        if (service, region) not in self._clients:
            config = Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1})
            client = boto3.client(
                service,
                region_name=region,
                endpoint_url="http://127.0.0.1:1",
                config=config,
                aws_access_key_id="test",
                aws_secret_access_key="test",
            )
            stub = Stubber(client)
            stub.activate()
            self._clients[service, region] = (client, stub)
        return self._clients[service, region]
