"""boto3's clients by profile, each of them made once.

A session of its own for each door would take its role anew each time that a door is opened, and ask for the code of a
device as often where the profile wants one.
"""

from threading import RLock
from typing import Any, Final

import boto3
from botocore.config import Config

from strongroom.aws.calls import Calls
from strongroom.aws.errors import translated

CONFIG: Final = Config(
    connect_timeout=5,
    read_timeout=30,
    retries={"mode": "standard", "total_max_attempts": 5},
    user_agent_extra="strongroom",
)
"""Seconds to wait for an answer, and tries with a growing pause between them."""


class Clients:
    """Clients of one region; several threads may ask for them and use them."""

    def __init__(self, region: str) -> None:
        self.calls = Calls()
        """Requests that all clients have sent."""
        self._region = region
        self._lock = RLock()
        self._sessions: dict[str | None, boto3.Session] = {}
        self._made: dict[tuple[str | None, str], Any] = {}

    def of(self, profile: str | None, service: str) -> Any:
        """The client of a service, with the credentials that the profile had when it was first asked for.

        Args:
            profile: Name of the profile; None is whoever the environment says.
            service: boto3's name of it.

        Raises:
            DeniedError: there is no such profile.
            AwsError: its entry cannot be used.
        """
        with self._lock, translated(f"opening profile {profile or '(default)'}"):
            if (profile, service) not in self._made:
                self._made[profile, service] = self._session(profile).client(service, config=CONFIG)
            return self._made[profile, service]

    def _session(self, profile: str | None) -> boto3.Session:
        if profile not in self._sessions:
            session = boto3.Session(profile_name=profile, region_name=self._region)
            self.calls.watch(session, profile)
            self._sessions[profile] = session
        return self._sessions[profile]
