"""Providers of the stand-in in accounts of the local AWS, for tests that need a real answer."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.provider.driver import Driver, driving


@dataclass(frozen=True)
class AccountClients:
    """Clients of an account's administrator."""

    emulator: Emulator
    account: str

    def client(self, service: Any, region: str) -> Any:
        return self.emulator.client(service, account=self.account, region=region)


@contextmanager
def provider_in(emulator: Emulator, account: str = PROD, **arguments: Any) -> Generator[Driver]:
    """A configured provider that works as the account's administrator."""
    clients = AccountClients(emulator, account)
    with driving(lambda _profile, _region: clients, region=REGION, allowedAccountIds=[account], **arguments) as driver:
        yield driver
