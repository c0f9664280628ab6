"""What a type of the AWS provider is: a table of facts and a few plain functions, so that the core is written once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Final

from botocore.exceptions import ClientError

from rehearsal.provider.context import Context
from rehearsal.provider.equality import as_is

Properties = dict[str, Any]
"""Property values by their wire names (camelCase); plain: no secrets in them, and at apply nothing unknown."""

Check = Callable[[Any], str | None]
"""Given a known value: what is wrong with it (no name in front), or None. See `validation.py` for the usual ones."""

READ_ON: Final = "2026-11-22"
"""The day on which every source named in a table was read."""


class Kind(Enum):
    """The shape of a property's value."""

    STRING = auto()
    INTEGER = auto()
    NUMBER = auto()
    BOOLEAN = auto()
    OBJECT = auto()
    MAP = auto()
    LIST = auto()
    SET = auto()
    """A list on the wire whose order means nothing."""
    ASSET = auto()
    """A `wire.Asset`; only as an input."""


@dataclass(frozen=True, kw_only=True)
class Property:
    """One input of a type (a computed output is a `Computed`)."""

    kind: Kind = Kind.STRING
    required: bool = False
    replaces: bool | Callable[[Any, Any], bool] = False
    """Whether a change needs a new resource; a function is asked with the old and the new value (None: absent)."""
    default: Any = None
    """What Check fills in when the program says nothing; listed in `__defaults`. None: nothing."""
    optional_computed: bool = False
    """Whether AWS or the provider chooses a value when absent; removing it from the program then gives no diff."""
    unreadable: bool = False
    """Whether AWS never tells it: a read keeps what the state says, an import finds `imported`."""
    imported: Any = None
    """The value of an unreadable property after an import."""
    secret: bool = False
    accepts_object: bool = False
    """Whether a program may give an object for this JSON text; Check serialises it."""
    canonical: Callable[[Any], Any] = as_is
    """Two values are the same when their canonical forms are (`equality.py`); a read then keeps the state's."""
    checks: tuple[Check, ...] = ()
    conflicts_with: tuple[str, ...] = ()
    """Sibling properties that must be absent when this one is given."""
    item: "Property | None" = None
    """What a LIST, SET or MAP holds; None means plain strings."""
    fields: "Mapping[str, Property]" = field(default_factory=dict[str, "Property"])
    """What an OBJECT holds."""
    source: str | None = None
    """Address of the page or file that says so, where it is another than the type's."""

    def is_replaced_by(self, old: Any, new: Any) -> bool:
        """Whether going from `old` to `new` (None: absent), which differ, needs a new resource."""
        return self.replaces(old, new) if callable(self.replaces) else self.replaces


@dataclass(frozen=True, kw_only=True)
class Computed:
    """One output that only AWS decides."""

    secret: bool = False
    changes_with: tuple[str, ...] = ()
    """Inputs whose change makes this output unknown in the preview of an update; otherwise it is kept."""


@dataclass(frozen=True, kw_only=True)
class Autoname:
    """How a name is made when the program gives none: `<logical name>-<7 hex>`."""

    property: str = "name"
    max_length: int = 255
    lower: bool = False
    random_suffix: bool = True
    """False for BucketObjectv2 alone, whose key is the logical name."""


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import id says."""

    id: str
    known: Properties = field(default_factory=dict[str, Any])
    """Inputs that the id carries and that the read needs (Selection: `planId`)."""
    region: str | None = None
    """Region that the id itself carries (an ARN)."""


@dataclass(frozen=True, kw_only=True)
class Update:
    """One change of an existing resource; `changed` holds the top-level names that differ (may be empty)."""

    id: str
    old: Properties
    new: Properties
    changed: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class TagChange:
    """What the tag call of a type sends; either part may be empty."""

    id: str
    state: Properties
    put: dict[str, str]
    remove: list[str]


def id_alone(text: str) -> Imported:
    """Take an import id as the resource's id."""
    return Imported(id=text)


def no_update(_context: Context, _update: Update) -> None:
    """Serve as the update of types of which every change replaces, or only tags change."""


def no_codes(_error: ClientError) -> bool:
    """Ignore no error."""
    return False


@dataclass(frozen=True, kw_only=True)
class Operations:
    """The calls of a type, in the real provider's order.

    `create` makes the thing and returns its id. `settle` does whatever follows (waits, further settings): when it fails
    the resource is kept in the state as half made. `read` returns *every* readable property and output (absent ones
    left out) and raises `errors.GoneError` when there is none; its third argument is the state (after create: the
    inputs), from which only identities may be taken. For a tagged type it returns `tagsAll`, all that AWS holds; the
    core derives `tags`. `delete` may raise what `ResourceType.delete_ignores` calls success.
    """

    create: Callable[[Context, Properties], str]
    read: Callable[[Context, str, Properties], Properties]
    delete: Callable[[Context, str, Properties], None]
    update: Callable[[Context, Update], None] = no_update
    settle: Callable[[Context, str, Properties], None] | None = None
    tag: Callable[[Context, TagChange], None] | None = None


@dataclass(frozen=True, kw_only=True)
class ResourceType:
    """One type of the provider."""

    type: str
    """As the engine spells it: `aws:kms/alias:Alias`."""
    label: str
    """Service and type as the provider's error texts spell them: `KMS Alias`."""
    source: str
    """Address of the file or page that the table repeats."""
    properties: Mapping[str, Property]
    """Inputs, without `region`, `tags` and `tagsAll`, which the core adds."""
    outputs: Mapping[str, Computed]
    operations: Operations
    regional: bool = True
    tagged: bool = False
    autoname: Autoname | None = None
    delete_before_replace: bool = False
    """True only where the real provider sets it; a name given by the program does it anyway."""
    framework: bool = False
    """Whether the upstream type is a framework type: its error has the SDK's part in a detail of its own."""
    import_id: Callable[[str], Imported] = id_alone
    gone: Callable[[ClientError], bool] = no_codes
    """Which errors of `read` mean that the resource is no more (`errors.codes(...)`)."""
    delete_ignores: Callable[[ClientError], bool] | None = None
    """Which errors of `delete` mean success; None: the same as `gone`."""
    check: Callable[[Properties], list[str]] | None = None
    """Checks over several properties at Check; gets the inputs, in which values may be `wire.UNKNOWN`."""
    refuse_change: Callable[[Properties, Properties], str | None] | None = None
    """At Diff: why the change from state to inputs is impossible, or None."""
    plan: Callable[[Context, Properties, Properties], str | None] | None = None
    """What a plan looks up in AWS: gets the state (empty before a create) and the inputs, in which values may be
    unknown; returns what is wrong, or None."""
    dropped_changes: Callable[[Properties, Properties, frozenset[str]], frozenset[str]] | None = None
    """From state, inputs and the names that differ: those names that count as unchanged all the same."""
