"""A resource and a stack as rules see them: plain values, nothing of Pulumi's policy SDK."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
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
        """Whether property `by` of this resource names the other, by one of its `names` or, until known, by dependency.

        The first of `names` is the one that a program may choose; the others, such as an id, say the same.

        Raises:
            NotKnownError: neither can be told; `Stack.refers` looks at what lies between as well.
        """
        linked = other.urn in self.waits_for.get(by, frozenset())
        value = self.properties.text(by) if self.properties.knows(by) or not linked else None
        if value is None:
            return linked
        known = {name: other.properties.text(name) for name in names if other.properties.knows(name)}
        if value in known.values():
            return True
        if known.get(names[0]) is None and len(known) < len(names):
            # The first one is what a program can make known; of an id nobody can say it beforehand.
            raise NotKnownError(str(other), names[0])
        return False


def component(kind: str, *, provided: bool) -> bool:
    """Whether a resource is a component: a program's own, which no provider makes, and what Pulumi has is none."""
    return not (provided or of_aws(kind) or kind.startswith("pulumi:"))


def of_aws(kind: str) -> bool:
    """Whether a type is one of pulumi-aws: a resource, or its provider."""
    return kind.startswith("aws:") or kind == TypeToken.PROVIDER


def shown(kind: str, name: str) -> str:
    """A resource as sentences call it: dynamodb.Table 'receipts'."""
    if kind == TypeToken.PROVIDER:
        return f"aws.Provider {name!r}"
    package, *rest = kind.split(":")
    module = rest[0].split("/")[0] if rest else package
    return f"{module}.{kind.rsplit(':', 1)[-1]} {name!r}"


@dataclass(frozen=True)
class Member:
    """One of the resources of a stack, which is read when a rule asks for its type, because most rules ask for few."""

    type: str
    urn: str
    parent: str
    """urn; empty where it has none."""
    component: bool
    read: Callable[[], Resource]

    @cached_property
    def resource(self) -> Resource:
        """What it was asked to be."""
        return self.read()


def alone(resource: Resource) -> Member:
    """A resource that is looked at as if there were no other."""
    return Member(resource.type, resource.urn, parent="", component=False, read=lambda: resource)


class Stack:
    """All resources of a stack."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._by_urn: dict[str, Member] = {}
        self._of_type: defaultdict[str, list[Member]] = defaultdict(list)
        self._children: defaultdict[str, set[str]] = defaultdict(set)
        for one in members:
            self._by_urn[one.urn] = one
            self._of_type[present(one.type)].append(one)
            self._children[one.parent].add(one.urn)

    def of(self, kind: str) -> list[Resource]:
        """Resources of one type."""
        return [one.resource for one in self._of_type.get(kind, ())]

    def named(self, urn: str) -> Resource | None:
        """The resource with this urn, if the stack has it."""
        member = self._by_urn.get(urn)
        return member.resource if member else None

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

    def lists(self, resource: Resource, owner: Resource, by: str, *names: str) -> bool:
        """Whether a list was computed from the owner, also by way of others that take one of its `names`.

        What lies between is not asked where the list is known, because then its values tell more.

        Raises:
            NotKnownError: it cannot be told.
        """
        waits_for = resource.waits_for.get(by, frozenset())
        if owner.urn in waits_for:
            return True
        try:
            resource.properties.texts(by)
        except NotKnownError:
            if self._lead_to(owner, waits_for, {by, *names}):
                return True
            raise
        return False

    def leads_to_any(self, kinds: Collection[str], urns: Iterable[str], by: Collection[str]) -> bool:
        """Whether one of these is of one of the types, or holds one as a component, or took one by a property `by`."""
        return any(present(one.type) in kinds for one in self._handing_on(urns, by))

    def _lead_to(self, owner: Resource, urns: Iterable[str], by: Collection[str] = ()) -> bool:
        """Whether one of these could hand the owner on; with `by`, whether they hand on this one and no other."""
        kind = present(owner.type)
        alike = {one.urn for one in self._handing_on(urns, by, kind) if present(one.type) == kind}
        return alike == {owner.urn} if by else owner.urn in alike

    def _handing_on(self, urns: Iterable[str], by: Collection[str], end: str = "") -> Iterator[Member]:
        """These, what components among them hold, and step by step what they wait for by these properties, or by any.

        Another one of the type `end` hands on its own name, whatever it waits for.
        """
        ahead, seen = list(urns), set[str]()
        while ahead:
            member = self._by_urn.get(urn := ahead.pop())
            if member is None or urn in seen:
                continue
            seen.add(urn)
            yield member
            if member.component:
                ahead.extend(self._held(member))
            # What a component took for itself it hands on under names of its own, if at all.
            if present(member.type) != end and not (by and member.component):
                waited = member.resource.waits_for.items()
                ahead.extend(other for key, others in waited if not by or key in by for other in others)

    def _held(self, member: Member) -> set[str]:
        """The urns of all that a component consists of."""
        found: set[str] = set()
        ahead = [member.urn]
        while ahead:
            new = self._children.get(ahead.pop(), set()) - found
            found |= new
            ahead.extend(new)
        return found

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
