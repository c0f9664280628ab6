"""Where a provider instance sits once it is configured: account, region and default tags, clients and clock."""

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from rehearsal.provider.check import Standing
from rehearsal.provider.configure import Configuration, MakeClients, account_of, is_known, parsed, refusals, unpacked
from rehearsal.provider.context import Clients, Context
from rehearsal.provider.errors import ProviderError
from rehearsal.provider.lifecycle import Life
from rehearsal.provider.schema import Properties, ResourceType
from rehearsal.provider.types import find
from rehearsal.provider.waiting import Pace


@dataclass(frozen=True)
class Configured:
    """What Configure made sure of."""

    configuration: Configuration
    clients: Clients
    account: str


@dataclass
class Seat:
    """One provider instance."""

    make_clients: MakeClients
    cancelled: threading.Event = field(default_factory=threading.Event)
    configured: Configured | None = None
    _seen: Configured | None = None
    """What the last check of the arguments found, so that Configure need not ask again."""

    def check_config(self, args: dict[str, Any]) -> list[tuple[str, str]]:
        """What is wrong with the provider's arguments, the guard of accounts included when they are known.

        The real provider asks for the account in Configure alone; here both do, because the engine writes a provider's
        new inputs to the state before it configures it.
        """
        wrong = refusals(args)
        if wrong or not is_known(args):
            return wrong
        try:
            self._seated(args)
        except ProviderError as error:
            return [("", str(error))]
        return []

    def configure(self, args: dict[str, Any]) -> None:
        """Take the arguments.

        Raises:
            ProviderError: an argument is unknown, credentials are missing, or the account is not allowed.
        """
        for _name, sentence in refusals(args):
            raise ProviderError(sentence)
        self.configured = self._seated(args)

    @property
    def standing(self) -> Standing:
        """What every resource gets from the configuration."""
        configuration = self._ready.configuration
        return Standing(region=configuration.region, default_tags=configuration.default_tags)

    def life(self, kind: ResourceType, properties: Properties) -> Life:
        """The life of one resource, in the region that its properties name."""
        ready = self._ready
        region = properties.get("region") if kind.regional else None
        context = Context(
            clients=ready.clients,
            region=region or ready.configuration.region,
            account=ready.account,
            pace=Pace(clock=time.monotonic, sleep=self._sleep),
        )
        return Life(kind, context, ready.configuration.default_tags)

    def kind(self, token: str) -> ResourceType:
        """The type of a token.

        Raises:
            ProviderError: the stand-in does not know it.
        """
        found = find(token)
        if found is None:
            raise ProviderError(
                f"the stand-in for the aws plugin does not know the type {token}: "
                "add its table under rehearsal/provider/types"
            )
        return found

    def _seated(self, args: dict[str, Any]) -> Configured:
        configuration = parsed(unpacked(args))
        if self._seen and self._seen.configuration == configuration:
            return self._seen
        clients = self.make_clients(configuration.profile, configuration.region)
        self._seen = Configured(configuration, clients, account_of(configuration, clients))
        return self._seen

    @property
    def _ready(self) -> Configured:
        if self.configured is None:
            raise ProviderError("the provider is not configured yet")
        return self.configured

    def _sleep(self, seconds: float) -> None:
        if self.cancelled.wait(seconds):
            raise ProviderError("cancelled")
