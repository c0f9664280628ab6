"""A resource's whole life against the local AWS, as every type must be able to live it."""

from dataclasses import dataclass, field

from rehearsal.provider.wire import plain
from tests.rehearsal.provider.driver import Driver, Resource, Values


@dataclass(frozen=True)
class Journey:
    """What one type goes through."""

    token: str
    given: Values
    """The first inputs."""
    changes: tuple[Values, ...] = ()
    """Updates, each over the inputs before it; None takes a property away."""
    import_id: str = "{id}"
    """How the import id is made of the state; `{id}` is the resource's id."""
    unreadable: frozenset[str] = field(default_factory=frozenset[str])
    """Inputs that an import cannot find."""
    survives_delete: bool = False
    """Whether a delete leaves something that a read still finds."""

    def travel(self, provider: Driver) -> None:
        """Create, read, find no difference, change, read back, import, delete."""
        given = self.given
        made = self._settled(provider, provider.create(self.token, "journey", given), given)
        for change in self.changes:
            given = {name: value for name, value in {**given, **change}.items() if value is not None}
            found = provider.diff(made, given)
            given_anew = {name for name, value in change.items() if value is not None}
            assert found.diffs, f"changing {sorted(change)} shows as nothing"
            assert given_anew <= set(found.diffs), f"changing {sorted(given_anew)} shows as {found.diffs}"
            assert not found.replaces
            made = self._settled(provider, provider.update(made, given), given)
        self._import(provider, made, given)
        provider.delete(made)
        assert (provider.refresh(made) is not None) is self.survives_delete

    def _settled(self, provider: Driver, made: Resource, given: Values) -> Resource:
        """Nothing differs, neither at once nor after a refresh, and the state says what the program said."""
        assert provider.diff(made, given).diffs == []
        read = provider.refresh(made)
        assert read is not None
        assert read.state == made.state
        assert provider.diff(read, given).diffs == []
        return made

    def _import(self, provider: Driver, made: Resource, given: Values) -> None:
        found = provider.adopt(self.token, "journey", self.import_id.format(id=made.id, **plain(made.state)))
        assert found is not None
        assert found.id == made.id
        assert set(provider.diff(found, given).diffs) == self.unreadable
