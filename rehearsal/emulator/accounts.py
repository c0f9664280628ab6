"""The accounts of the local AWS: of the seed, opened later in or outside the organisation, closed, and lost."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from rehearsal.emulator import clock, door, holdings, organization, seed
from rehearsal.emulator.refusal import ControlRefusedError
from rehearsal.emulator.stores import Keeping, Store

_POST_CLOSURE: Final = timedelta(days=90)
"""How long a closed account keeps its contents, locked or not.

https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-closing.html, read 2026-11-22.
"""


class Accounts:
    """Every account by name; kept like any service's resources."""

    def __init__(self) -> None:
        self.seeds = door.AccountScopedDict()
        """The seed document and its answer, under the management account."""
        self.accounts = door.AccountScopedDict()
        """One entry an account, under itself."""

    def found(self, document: dict[str, Any]) -> dict[str, Any]:
        """Make the organisation of a seed document.

        Returns:
            The organisation and the administrator's key; the same again when called again with the same document.

        Raises:
            ControlRefusedError: 400 for a document that is none, 409 when there is another organisation already.
        """
        kept = self._seeded()
        if kept:
            if kept["document"] != document:
                raise ControlRefusedError(
                    409, "there is an organisation already, and it was made from another document; reset first"
                )
            return kept["answer"]
        plan = seed.parse(document)
        organization.found(plan)
        self._enter(plan.management, inside=True)
        for account in plan.accounts:
            organization.admit(plan, account)
            organization.open_to_administrators(account.id, plan.management.id)
            self._enter(account, inside=True)
        answer = {
            "organization": organization.described(plan),
            "administrator": organization.hire_administrator(plan.management.id),
        }
        with door.request_scope(plan.management.id, plan.region):
            self.seeds["self"] = {"document": document, "answer": answer}
        return answer

    def add(self, name: str, account_id: str | None, unit: str | None, *, outside: bool) -> dict[str, Any]:
        """Open an account.

        Args:
            name: Its name.
            account_id: 12 digits; None derives them from the name.
            unit: Name of its unit; None puts it below the root.
            outside: Whether it stays out of the organisation.

        Raises:
            ControlRefusedError: 409 when the name or the id is taken, 400 when the id or the unit is wrong.
        """
        plan = self._plan()
        account = seed.Account(name, account_id or _derived(name), unit)
        for taken in self.listed():
            if name == taken["name"] or account.id == taken["id"]:
                raise ControlRefusedError(
                    409, f"account {taken['name']} ({taken['id']}) exists; give another name or id"
                )
        seed.parse({**self._document(), "accounts": [{"name": name, "id": account.id, "unit": unit}]})
        if not outside:
            organization.admit(plan, account)
        organization.open_to_administrators(account.id, plan.management.id)
        self._enter(account, inside=not outside)
        return self.named(name)

    def lose(self, name: str, every: dict[str, Keeping]) -> dict[str, Any]:
        """Take everything out of an account, its credentials included, and close it.

        Args:
            name: The account's name.
            every: All stores.

        Raises:
            ControlRefusedError: 404 when there is no such account, 409 for the management account.
        """
        account = self.named(name)
        plan = self._plan()
        if account["id"] == plan.management.id:
            raise ControlRefusedError(
                409, "the management account cannot be lost here: the organisation would go with it"
            )
        self.empty(account["id"], every)
        organization.suspend(account["id"], plan.management.id)
        self._change(account["id"], lost=True)
        return self.named(name)

    def enter_created(self, account_id: str, name: str, role_name: str) -> None:
        """Take in an account that Organizations made, with the role that its management account may assume."""
        self._enter(seed.Account(name, account_id, None), inside=True)
        self._change(account_id, administrator_role_arn=f"arn:aws:iam::{account_id}:role/{role_name}")

    def put_outside(self, account_id: str) -> None:
        """Note that an account has left the organisation; it keeps what it has."""
        self._change(account_id, inside=False)

    def close(self, account_id: str) -> None:
        """Let nobody into an account any more; its contents go when the time after a closure is over."""
        self._change(account_id, lost=True, closed=clock.now().timestamp())

    def listed(self) -> list[dict[str, Any]]:
        """Return every account, by id."""
        return [entry for _, entry in sorted(self.accounts.to_dict().items())]

    def named(self, name: str) -> dict[str, Any]:
        """Return one account.

        Raises:
            ControlRefusedError: 404 when there is none of that name.
        """
        for entry in self.listed():
            if entry["name"] == name:
                return entry
        raise ControlRefusedError(
            404, f"no account is named {name!r}; there are {[entry['name'] for entry in self.listed()]}"
        )

    def is_lost(self, account_id: str) -> bool:
        """Whether an account is lost."""
        entry = self.accounts.get_scoped(account_id, None, "self")
        return bool(entry and entry["lost"])

    def closures(self) -> dict[str, datetime]:
        """Return when the contents of each closed account go."""
        return {
            entry["id"]: datetime.fromtimestamp(entry["closed"], UTC) + _POST_CLOSURE
            for entry in self.listed()
            if entry.get("closed")
        }

    def empty(self, account_id: str, every: dict[str, Keeping]) -> None:
        """Take everything out of an account that will not be used again.

        Args:
            account_id: The account's id.
            every: All stores.
        """
        entry = self.accounts.get_scoped(account_id, None, "self")
        own = {name: store for name, store in every.items() if isinstance(store, Store)}
        for store_name, store in own.items():
            for key, value in list(store.items()):
                if holdings.owner(store_name, key, value) == account_id:
                    del store[key]
        self.accounts.set_scoped(account_id, None, "self", {**entry, "closed": None})

    def _change(self, account_id: str, **members: object) -> None:
        entry = self.accounts.get_scoped(account_id, None, "self")
        self.accounts.set_scoped(account_id, None, "self", {**entry, **members})

    def _enter(self, account: seed.Account, *, inside: bool, lost: bool = False) -> None:
        self.accounts.set_scoped(
            account.id,
            None,
            "self",
            {
                "name": account.name,
                "id": account.id,
                "inside": inside,
                "lost": lost,
                "unit": account.unit,
                "administrator_role_arn": f"arn:aws:iam::{account.id}:role/{organization.ADMINISTRATOR_ROLE}",
            },
        )

    def _seeded(self) -> dict[str, Any] | None:
        for kept in self.seeds.to_dict().values():
            return kept
        return None

    def _document(self) -> dict[str, Any]:
        kept = self._seeded()
        if not kept:
            raise ControlRefusedError(409, "there is no organisation yet; PUT /_rehearsal/organization first")
        return kept["document"]

    def _plan(self) -> seed.Seed:
        return seed.parse(self._document())


ACCOUNTS = Accounts()
"""The accounts of this process."""


class Closures:
    """Empties closed accounts when their time is over; an agenda of the timeline.

    Args:
        accounts: All of them.
        every: All stores.
    """

    def __init__(self, accounts: Accounts, every: dict[str, Keeping]) -> None:
        self._accounts = accounts
        self._every = every

    def next_due(self) -> datetime | None:
        """Return when the next account is emptied."""
        return min(self._accounts.closures().values(), default=None)

    def run_due(self, now: datetime) -> None:
        """Empty the accounts whose time is over."""
        for account_id, due in self._accounts.closures().items():
            if due <= now:
                self._accounts.empty(account_id, self._every)

    def renew(self) -> None:
        """Nothing is remembered beside the accounts themselves."""


def _derived(name: str) -> str:
    return f"{int(sha256(name.encode()).hexdigest(), 16) % 10**12:012d}"
