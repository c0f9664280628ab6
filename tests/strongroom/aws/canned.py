"""AWS's answers without AWS: clients whose requests are answered from memory, below all of botocore's own work."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

import boto3
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.config import Config

_SESSION: Final[Any] = boto3.Session("AKIAEXAMPLE", "secret", region_name="eu-west-2")

Asked = Mapping[str, Any]
"""Parameters of a request."""


@dataclass(frozen=True)
class Answer:
    """An HTTP answer."""

    body: bytes = b"{}"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


class _Raw:
    """A body as urllib3 has it, as far as botocore asks."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self) -> Iterator[bytes]:
        yield self._body

    def read(self, *_: object, **__: object) -> bytes:
        body, self._body = self._body, b""
        return body


@dataclass
class Canned:
    """Answers the requests of one service."""

    service: str
    answer: Callable[[str, Asked], Answer]
    """Called with the operation and its parameters."""
    asked: list[tuple[str, Asked]] = field(default_factory=list[tuple[str, Asked]])
    """What was sent, oldest first."""

    session: Any = _SESSION
    tries: int = 1

    def __post_init__(self) -> None:
        retries = Config(retries={"total_max_attempts": self.tries})
        self.client: Any = self.session.client(self.service, config=retries)
        self.client.meta.events.register("before-parameter-build", self._built)
        self.client.meta.events.register("before-send", self._sent)

    def operations(self) -> list[str]:
        """Names of the operations that were asked for, oldest first."""
        return [operation for operation, _ in self.asked]

    def _built(self, params: dict[str, Any], model: Any, **_: object) -> None:
        self.asked.append((model.name, dict(params)))

    def _sent(self, **_: object) -> AWSResponse:
        answer, headers = self.answer(*self.asked[-1]), HTTPHeaders()
        for name, value in answer.headers.items():
            headers[name] = value
        return AWSResponse("https://example.amazonaws.com/", answer.status, headers, cast("Any", _Raw(answer.body)))


def said(**members: object) -> Answer:
    """An answer in JSON."""
    return Answer(json.dumps(members).encode())


def always(answer: Answer) -> Callable[[str, Asked], Answer]:
    """The same answer to everything."""

    def answered(_operation: str, _asked: Asked) -> Answer:
        return answer

    return answered


def refused(code: str, message: str = "no", status: int = 400) -> Answer:
    """AWS's refusal, in JSON."""
    return Answer(json.dumps({"__type": code, "message": message}).encode(), status, {"x-amzn-errortype": code})


@dataclass(frozen=True)
class Listing:
    """A list that is answered one member a page; members of a map are maps of one name."""

    name: str
    """Name of the list."""
    members: list[Any]
    token: str = "NextToken"
    """Name of where the next page begins, in the request."""
    next: str | None = None
    """The same in the answer. Default: as in the request."""
    is_map: bool = False
    cut: int | None = None
    """Number of the page that comes without its list. Default: none does."""

    def page(self, asked: Asked) -> Answer:
        """The page that is asked for."""
        number = int(asked.get(self.token, "page0").removeprefix("page"))
        if number == self.cut:
            return said()
        shown = self.members[number] if self.is_map else self.members[number : number + 1]
        more = number + 1 < len(self.members)
        after = {self.next or self.token: f"page{number + 1}", "Truncated": True} if more else {}
        return said(**{self.name: shown, **after})
