"""The life of a resource: the type's calls in order, each failure told in the real provider's frame."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from rehearsal.provider import tags
from rehearsal.provider.context import Context
from rehearsal.provider.errors import GoneError, ProviderError, told
from rehearsal.provider.importing import split_region
from rehearsal.provider.schema import Properties, ResourceType, TagChange, Update
from rehearsal.provider.state import imported_flags, outputs, without_defaults


class HalfMadeError(ProviderError):
    """A create or an update failed after the resource was there: the engine keeps it with what is known of it."""

    def __init__(self, sentence: str, resource_id: str, state: Properties) -> None:
        super().__init__(sentence)
        self.resource_id = resource_id
        self.state = state


@dataclass(frozen=True)
class Found:
    """A resource that a read found."""

    id: str
    state: Properties


@dataclass(frozen=True)
class Life:
    """One type in one account, region and set of default tags."""

    kind: ResourceType
    context: Context
    default_tags: dict[str, str]

    def plan(self, state: Properties, inputs: Properties) -> None:
        """Look up what a plan needs to know.

        Raises:
            ProviderError: the plan cannot be carried out.
        """
        if self.kind.plan is None:
            return
        with self._telling("planning", str(state.get("name") or inputs.get("name") or "")):
            sentence = self.kind.plan(self.context, state, without_defaults(inputs))
        if sentence:
            raise ProviderError(sentence)

    def create(self, inputs: Properties) -> Found:
        """Make the resource.

        Raises:
            HalfMadeError: something failed after it was there.
            ProviderError: it was not made.
        """
        sent = self._sent(inputs)
        name = str(sent.get(self.kind.autoname.property, "") if self.kind.autoname else "")
        with self._telling("creating", name):
            resource_id = self.kind.operations.create(self.context, sent)
        try:
            if self.kind.operations.settle:
                with self._telling("creating", resource_id):
                    self.kind.operations.settle(self.context, resource_id, sent)
            return Found(resource_id, self._read_back(resource_id, sent))
        except ProviderError as error:
            raise HalfMadeError(str(error), resource_id, sent) from error

    def read(self, resource_id: str, state: Properties) -> Found | None:
        """What AWS holds of it now; None when it is gone."""
        try:
            with self._telling("reading", resource_id):
                read = self.kind.operations.read(self.context, resource_id, state)
        except GoneError:
            return None
        return Found(resource_id, outputs(self.kind, read, state, self.default_tags))

    def update(self, resource_id: str, state: Properties, inputs: Properties, changed: frozenset[str]) -> Properties:
        """Change it: its tags first, then the rest.

        Raises:
            HalfMadeError: a call failed; the state is then what was before.
        """
        new = self._sent(inputs)
        try:
            if self.kind.operations.tag and "tagsAll" in changed:
                with self._telling("updating tags for", resource_id):
                    self.kind.operations.tag(self.context, _tag_change(resource_id, state, new))
            with self._telling("updating", resource_id):
                change = Update(id=resource_id, old=state, new=new, changed=changed - {"tags", "tagsAll"})
                self.kind.operations.update(self.context, change)
            return self._read_back(resource_id, _prior_of_update(self.kind, state, new))
        except ProviderError as error:
            raise HalfMadeError(str(error), resource_id, state) from error

    def delete(self, resource_id: str, state: Properties) -> None:
        """Remove it; a resource that is gone already is removed."""
        ignored = self.kind.delete_ignores or self.kind.gone
        with self._telling("deleting", resource_id):
            try:
                self.kind.operations.delete(self.context, resource_id, state)
            except GoneError:
                return
            except ClientError as error:
                if not ignored(error):
                    raise

    def _read_back(self, resource_id: str, prior: Properties) -> Properties:
        found = self.read(resource_id, prior)
        if found is None:
            raise ProviderError(f"reading {self.kind.label} ({resource_id}): couldn't find resource")
        return found.state

    def _sent(self, inputs: Properties) -> Properties:
        sent: Properties = without_defaults(inputs)
        if self.kind.tagged:
            sent["tagsAll"] = tags.known(self.default_tags, sent.get("tagsAll"), sent.get("tags"))
        return sent

    @contextmanager
    def _telling(self, doing: str, name: str) -> Generator[None]:
        """Put the frame around the service's error; while reading, some errors mean that the resource is gone."""
        frame = f"{doing} {self.kind.label} ({name})"
        try:
            yield
        except ClientError as error:
            if doing == "reading" and self.kind.gone(error):
                raise GoneError from error
            between = "\n\n" if self.kind.framework else ": "
            raise ProviderError(f"{frame}{between}{told(error)}") from error
        except BotoCoreError as error:
            raise ProviderError(f"{frame}: {error}") from error


def _tag_change(resource_id: str, state: Properties, new: Properties) -> TagChange:
    before: dict[str, str] = state.get("tagsAll") or {}
    after: dict[str, str] = new["tagsAll"]
    put = {key: value for key, value in after.items() if before.get(key) != value}
    return TagChange(id=resource_id, state=state, put=put, remove=[key for key in before if key not in after])


def _prior_of_update(kind: ResourceType, state: Properties, new: Properties) -> Properties:
    """What the read after an update starts from: the new inputs over what only the state knows."""
    kept: dict[str, Any] = {name: state[name] for name in kind.outputs if name in state}
    return {**kept, **new}


def imported(kind: ResourceType, text: str, region: str) -> tuple[str, Properties]:
    """The id and the first state of an import.

    Raises:
        ProviderError: the id is no id of this type, or names two regions.
    """
    bare, named_region = split_region(text) if kind.regional else (text, None)
    imported_id = kind.import_id(bare)
    if named_region and imported_id.region and named_region != imported_id.region:
        raise ProviderError(
            f"the import id names region {imported_id.region} in itself and {named_region} after '@': give one of them"
        )
    state: Properties = {**imported_flags(kind), **imported_id.known}
    if kind.regional:
        state["region"] = imported_id.region or named_region or region
    return imported_id.id, state
