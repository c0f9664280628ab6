"""The provider's door to boto3: sessions by profile, one client for each service and region, local addresses only."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# boto3's untyped factory ends here: `context.Clients` gives each client its type.

import os
import threading
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from rehearsal.provider.errors import ProviderError

_CONNECT_SECONDS: Final = 5
_READ_SECONDS: Final = 60
_ATTEMPTS: Final = 3
_CONNECTIONS: Final = 50


def local_endpoint(environ: Mapping[str, str]) -> str:
    """The address of the local AWS.

    Raises:
        ProviderError: AWS_ENDPOINT_URL, or one of its variants for a single service, is absent or no loopback address.
    """
    for name, value in environ.items():
        if name.startswith("AWS_ENDPOINT_URL_") and not _is_loopback(value):
            raise ProviderError(f"{name} must be a loopback address, got '{value}': unset it")
    endpoint = environ.get("AWS_ENDPOINT_URL", "")
    if not _is_loopback(endpoint):
        raise ProviderError(
            "this stand-in for the aws plugin serves a local AWS only: AWS_ENDPOINT_URL must name a loopback address "
            f"such as http://127.0.0.1:4566, got '{endpoint}'"
        )
    return endpoint


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class SessionClients:
    """Clients of one profile; made when first asked for, kept, safe for many threads."""

    def __init__(self, endpoint: str, profile: str | None, region: str) -> None:
        # Both cost most of a second; they are loaded when the first call comes, while the engine is at work elsewhere.
        import boto3
        from botocore.config import Config

        self._endpoint = endpoint
        self._session: Any = boto3.Session(profile_name=profile, region_name=region)
        self._config = Config(
            s3={"addressing_style": "path"},
            retries={"total_max_attempts": _ATTEMPTS, "mode": "standard"},
            connect_timeout=_CONNECT_SECONDS,
            read_timeout=_READ_SECONDS,
            max_pool_connections=_CONNECTIONS,
        )
        self._made: dict[tuple[str, str], Any] = {}
        self._lock = threading.Lock()

    def client(self, service: str, region: str) -> Any:
        """One client for each service and region."""
        with self._lock:
            if (service, region) not in self._made:
                made = self._session.client(
                    service, region_name=region, endpoint_url=self._endpoint, config=self._config
                )
                made.meta.events.register("after-call", _note_service)
                self._made[service, region] = made
            return self._made[service, region]


def _note_service(parsed: dict[str, Any], model: Any, **_: object) -> None:
    """Keep beside an error what its text needs and botocore drops: the service, and whether its model has the code."""
    if "Error" in parsed:
        service = model.service_model
        known = {shape.metadata.get("error", {}).get("code", shape.name) for shape in service.error_shapes}
        meta = parsed.setdefault("ResponseMetadata", {})
        meta["ServiceId"] = str(service.service_id)
        meta["Modelled"] = parsed["Error"].get("Code") in known


def environment() -> Mapping[str, str]:
    """This process's environment."""
    return os.environ
