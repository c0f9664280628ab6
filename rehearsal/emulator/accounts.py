"""The accounts of the local AWS: of the seed, opened later in or outside the organisation, and lost."""

from hashlib import sha256
from typing import Any

from rehearsal.emulator import door, holdings, organization, seed
from rehearsal.emulator.refusal import ControlRefusedError
from rehearsal.emulator.stores import Keeping, Store


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
        own = {name: store for name, store in every.items() if isinstance(store, Store)}
        for store_name, store in own.items():
            for key, value in list(store.items()):
                if holdings.owner(store_name, key, value) == account["id"]:
                    del store[key]
        organization.suspend(account["id"], plan.management.id)
        self._enter(seed.Account(name, account["id"], account["unit"]), inside=account["inside"], lost=True)
        return self.named(name)

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


def _derived(name: str) -> str:
    return f"{int(sha256(name.encode()).hexdigest(), 16) % 10**12:012d}"
