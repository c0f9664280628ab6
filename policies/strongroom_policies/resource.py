"""A resource and a stack as rules see them: plain values, nothing of Pulumi's policy SDK."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from strongroom_policies.former import present
from strongroom_policies.properties import NotKnownError, Properties
from strongroom_policies.tokens import TypeToken


@dataclass(frozen=True)
class Options:
    """The resource options that a policy can see; `retain_on_delete` is not among them."""

    protect: bool = False
    delete_before_replace: bool = False
    ignore_changes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Resource:
    """One resource."""

    type: str
    """Token, such as aws:backup/vault:Vault."""
    name: str
    """Logical name."""
    urn: str
    properties: Properties
    options: Options = field(default_factory=Options)
    provider: Properties = field(default_factory=Properties)
    """Inputs of its provider; empty when it has none of its own."""
    waits_for: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    """urns that each property was computed from; known even where its value is not."""

    def __str__(self) -> str:
        return shown(self.type, self.name)

    @cached_property
    def tags(self) -> Mapping[str, object]:
        """Tags with the provider's default tags beneath."""
        found: dict[str, object] = {}
        for tags in (self.provider.json("defaultTags").json("tags"), self.properties.part("tags")):
            found.update({key: tags.said(key) for key in tags})
        return found

    def refers_to(self, other: "Resource", by: str, *names: str) -> bool:
        """Whether property `by` of this resource names the other, by dependency or by one of its `names`.

        The first of `names` is the one that a program may choose; the others, such as an id, say the same.

        Raises:
            NotKnownError: neither can be told; `Stack.refers` looks at what lies between as well.
        """
        if other.urn in self.waits_for.get(by, frozenset()):
            return True
        value = self.properties.text(by)
        if value is None:
            return False
        known = {name: other.properties.text(name) for name in names if other.properties.knows(name)}
        if value in known.values():
            return True
        if known.get(names[0]) is None and len(known) < len(names):
            # The first one is what a program can make known; of an id nobody can say it beforehand.
            raise NotKnownError(str(other), names[0])
        return False


def of_aws(kind: str) -> bool:
    """Whether a type is one of pulumi-aws: a resource, or its provider."""
    return kind.startswith("aws:") or kind == TypeToken.PROVIDER


def shown(kind: str, name: str) -> str:
    """A resource as sentences call it: dynamodb.Table 'receipts'."""
    if kind == TypeToken.PROVIDER:
        return f"aws.Provider {name!r}"
    module = kind.split(":")[1].split("/")[0]
    return f"{module}.{kind.rsplit(':', 1)[-1]} {name!r}"


class Stack:
    """All resources of a stack; each is read when a rule asks for its type, because most rules ask for few."""

    def __init__(self, resources: Iterable[tuple[str, Callable[[], Resource]]]) -> None:
        self._unread: defaultdict[str, list[Callable[[], Resource]]] = defaultdict(list)
        for kind, read in resources:
            self._unread[present(kind)].append(read)
        self._read: dict[str, list[Resource]] = {}

    def of(self, kind: str) -> list[Resource]:
        """Resources of one type."""
        if kind not in self._read:
            self._read[kind] = [read() for read in self._unread[kind]]
        return self._read[kind]

    def refers(self, resource: Resource, owner: Resource, by: str, *names: str) -> bool:
        """Whether property `by` of a resource names the owner, also by way of others that name it.

        Raises:
            NotKnownError: it cannot be told.
        """
        try:
            return resource.refers_to(owner, by, *names)
        except NotKnownError:
            waits_for = resource.waits_for.get(by, frozenset())
            # A bucket's policy hands the bucket's name on by the property that took it.
            if self._lead_to(owner, waits_for, {by, *names}):
                return True
            # What waits for the owner by another property, or gave the owner its name, could hand it on as well.
            sources = {urn for name in names for urn in owner.waits_for.get(name, ())}
            if not waits_for or waits_for & sources or self._lead_to(owner, waits_for):
                raise
            return False

    def _lead_to(self, owner: Resource, urns: Iterable[str], by: Collection[str] = ()) -> bool:
        """Whether one of these waits for the owner, step by step; `by` these properties, or by any."""
        ahead, seen = list(urns), set[str]()
        while ahead:
            urn = ahead.pop()
            if urn == owner.urn:
                return True
            kind = present(urn.split("::")[2].rpartition("$")[2])
            # Another one of the owner's type hands on its own name, whatever it waits for.
            if urn not in seen and kind != present(owner.type):
                for one in self.of(kind):
                    waited = one.waits_for.items() if one.urn == urn else ()
                    ahead.extend(other for key, others in waited if not by or key in by for other in others)
            seen.add(urn)
        return False

    def about(self, owner: Resource, kind: TypeToken, by: str, *names: str) -> list[Resource]:
        """Resources of one type whose property `by` names `owner`.

        One that cannot be told counts only when none can: then NotKnownError is raised.
        """
        found: list[Resource] = []
        unknown: NotKnownError | None = None
        for resource in self.of(kind):
            try:
                if self.refers(resource, owner, by, *names):
                    found.append(resource)
            except NotKnownError as error:
                unknown = error
        if not found and unknown:
            raise unknown
        return found
