"""Runs stacks without an engine or a cloud, and writes down what they ask for: this is what `strongroom check` judges.

`python -m stacks.recording` reads from standard input the folder of the stack files and the names of the stacks, and
writes each stack twice: as a first preview sees it, with what only AWS knows unknown, and as `pulumi up` would make it.
"""

# What programs ask for is untyped; nothing of that is looked into here.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

import json
import sys
import traceback
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from pulumi.output import Unknown
from pulumi.runtime import rpc

from stacks import program
from stacks.recorder import Recording, Resource, Stack, record
from strongroom.aws.buckets import Buckets
from strongroom.aws.identity import Identity
from strongroom.aws.sessions import Sessions
from strongroom.aws.vaults import Vaults
from strongroom.config import stackfile
from strongroom.config.problems import NAMESPACE
from strongroom.config.profiles import BACKUP_PROFILE
from strongroom.config.settings import Settings, parse
from strongroom.facts import names

_TOLD_BY_AWS: Final = ("id", "arn")
_NOT_LOOKED_AT: Final = {"check": "off"}
"""The central side is compared by its settings; the deployed one is out of reach here."""

_NO_TIME: Final = datetime.fromtimestamp(0, UTC)
"""Nothing that a stack asks for depends on when it is asked for."""
_PREVIEW: Final = "preview"
FORMS: Final = (_PREVIEW, "up")
"""As a first preview sees a stack, and as `pulumi up` would make it."""

Document = dict[str, Any]


class _Assumed:
    """Accounts that are taken to be those which the settings say."""

    def __init__(self, settings: Settings) -> None:
        own = {names.profile(settings.environment): settings.accounts.own}
        self._accounts = {BACKUP_PROFILE: settings.accounts.backup, **own}

    def identity(self, profile: str | None) -> Identity:
        """See `Callers.identity`."""
        account = self._accounts[profile or ""]
        return Identity(account, f"arn:aws:iam::{account}:assumed", _NO_TIME)

    def vaults(self, profile: str | None) -> Vaults:
        """See `Sessions.vaults`."""
        raise AssertionError(f"the program asked {profile} for vaults, although it was told not to look")

    def buckets(self, profile: str | None) -> Buckets:
        """See `Sessions.buckets`."""
        raise AssertionError(f"the program asked {profile} for buckets, although it was told not to look")


def recorded(stack: str, values: Mapping[str, object], forms: Sequence[str] = FORMS) -> Document:
    """What a stack asks for.

    Args:
        stack: Its name.
        values: Its settings as the stack file has them, without the namespace.
        forms: Of `FORMS`, those that are wanted.

    Returns:
        A list of resources for each form; or `error`, the sentences that the program ended with.
    """
    found: Document = {}
    for form in forms:
        seen, preview = Recording(), form == _PREVIEW
        try:
            _record(stack, values, seen, preview=preview)
        except SystemExit:
            return {"error": seen.errors or ["the program ended without saying why"]}
        # A program may raise anything; whatever it is, it is told in one sentence and fails the check.
        except Exception as raised:  # noqa: BLE001
            return {"error": [_sentence(raised)]}
        found[form] = resources(seen, preview=preview)
    return found


def _record(stack: str, values: Mapping[str, object], into: Recording, *, preview: bool) -> None:
    looked = {**values, "central": _NOT_LOOKED_AT} if values.get("role") == "source" else values
    sessions: Sessions = _Assumed(parse(looked, file=f"Pulumi.{stack}.yaml"))
    said = {f"{NAMESPACE}:{key}": _handed(value) for key, value in looked.items()}
    record(partial(program.run, lambda _: sessions), into, Stack(stack, said, preview))


def resources(seen: Recording, *, preview: bool) -> list[Document]:
    """Resources as text can hold them; what is unknown is the word that Pulumi sends for it."""
    providers = {one.name: one.urn for one in seen.resources if one.type.startswith("pulumi:providers:")}
    return [_resource(one, providers, preview=preview) for one in seen.resources]


def _resource(one: Resource, providers: Mapping[str, str], *, preview: bool) -> Document:
    told = {key: rpc.UNKNOWN if preview else f"{one.name}-{key}" for key in _TOLD_BY_AWS}
    inputs = _sent(one.inputs)
    return {
        "type": one.type,
        "name": one.name,
        "urn": one.urn,
        "parent": one.parent,
        "provider": providers.get(one.provider, ""),
        "inputs": inputs,
        "outputs": {**told, "name": rpc.UNKNOWN if preview else one.name, **inputs},
        "protect": one.protect,
        "retainOnDelete": one.retain_on_delete,
        "deleteBeforeReplace": one.delete_before_replace,
        "ignoreChanges": list(one.ignore_changes),
        "plugin": list(one.plugin),
        "waitsFor": {key: list(urns) for key, urns in one.property_dependencies.items() if urns},
    }


def _sent(value: Any) -> Any:
    match value:
        case Unknown():
            return rpc.UNKNOWN
        case Mapping():
            return {key: _sent(part) for key, part in value.items()}
        case list():
            return [_sent(part) for part in value]
        case _:
            return value


def _handed(value: object) -> str:
    """A value as the engine hands it over: JSON where it is more than a text."""
    return value if isinstance(value, str) else json.dumps(value)


def _sentence(raised: Exception) -> str:
    """What was raised, and the line that raised it."""
    where = traceback.extract_tb(raised.__traceback__)[-1]
    said = " ".join(str(raised).split())
    return f"the program raised {type(raised).__name__} in {Path(where.filename).name}, line {where.lineno}: {said}"


def _stacks(folder: Path, stacks: Sequence[str]) -> Document:
    return {name: recorded(name, stackfile.values(folder / f"Pulumi.{name}.yaml")) for name in stacks}


def main() -> None:
    """Answer the question that stands on standard input."""
    asked: Document = json.load(sys.stdin)
    # Standard output is the answer's alone: what a program prints goes to the other stream.
    answer, sys.stdout = sys.stdout, sys.stderr
    json.dump(_stacks(Path(asked["folder"]), asked["stacks"]), answer)


if __name__ == "__main__":
    main()
