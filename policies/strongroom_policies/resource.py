"""A resource and a stack as rules see them: plain values, nothing of Pulumi's policy SDK."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

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

        Raises:
            NotKnownError: neither can be told.
        """
        if other.urn in self.waits_for.get(by, frozenset()):
            return True
        if self.waits_for.get(by):
            return False
        value = self.properties.text(by)
        return value is not None and value in {other.properties.text(name) for name in names}


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
            self._unread[kind].append(read)
        self._read: dict[str, list[Resource]] = {}

    def of(self, kind: TypeToken) -> list[Resource]:
        """Resources of one type."""
        if kind not in self._read:
            self._read[kind] = [read() for read in self._unread[kind]]
        return self._read[kind]

    def about(self, owner: Resource, kind: TypeToken, by: str, *names: str) -> list[Resource]:
        """Resources of one type whose property `by` names `owner`.

        One that cannot be told counts only when none can: then NotKnownError is raised.
        """
        found: list[Resource] = []
        unknown: NotKnownError | None = None
        for resource in self.of(kind):
            try:
                if resource.refers_to(owner, by, *names):
                    found.append(resource)
            except NotKnownError as error:
                unknown = error
        if not found and unknown:
            raise unknown
        return found
