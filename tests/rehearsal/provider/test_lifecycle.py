from dataclasses import dataclass, field
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from rehearsal.provider.context import Context
from rehearsal.provider.errors import GoneError, ProviderError, codes, during
from rehearsal.provider.importing import from_arn, parts
from rehearsal.provider.lifecycle import HalfMadeError, Life, imported
from rehearsal.provider.schema import Operations, Properties, ResourceType, TagChange, Update
from tests.rehearsal.provider.fakes import client_error
from tests.rehearsal.provider.stubbed import World
from tests.rehearsal.provider.tables import inputs, state, thing

DEFAULTS = {"owner": "platform"}


@dataclass
class Things:
    """An AWS that keeps one thing, notes its calls and fails on demand."""

    calls: list[tuple[str, Any]] = field(default_factory=list[tuple[str, Any]])
    failures: dict[str, Exception] = field(default_factory=dict[str, Exception])
    held: Properties | None = None

    def _called(self, name: str, what: Any) -> None:
        self.calls.append((name, what))
        if name in self.failures:
            raise self.failures[name]

    def create(self, _context: Context, sent: Properties) -> str:
        self._called("create", sent)
        self.held = {"name": "n", "size": sent["size"], "mode": "soft", "arn": "a", "tagsAll": sent.get("tagsAll", {})}
        return "the-id"

    def settle(self, _context: Context, resource_id: str, _sent: Properties) -> None:
        self._called("settle", resource_id)

    def read(self, _context: Context, resource_id: str, _prior: Properties) -> Properties:
        self._called("read", resource_id)
        if self.held is None:
            raise GoneError
        return self.held

    def update(self, _context: Context, update: Update) -> None:
        self._called("update", update)
        self.held = {**(self.held or {}), "size": update.new["size"]}

    def tag(self, _context: Context, change: TagChange) -> None:
        self._called("tag", change)
        self.held = {**(self.held or {}), "tagsAll": change.put}

    def delete(self, _context: Context, resource_id: str, _state: Properties) -> None:
        self._called("delete", resource_id)

    def life(self, **changes: Any) -> Life:
        return Life(self.kind(**changes), World().context(), DEFAULTS)

    def kind(self, **changes: Any) -> ResourceType:
        operations = Operations(
            create=self.create,
            settle=self.settle,
            read=self.read,
            update=self.update,
            tag=self.tag,
            delete=self.delete,
        )
        return thing(operations, **changes)

    def names(self) -> list[str]:
        return [name for name, _ in self.calls]


def test_a_create_settles_and_reads_back() -> None:
    aws = Things()
    found = aws.life().create(inputs())
    assert aws.names() == ["create", "settle", "read"]
    assert (found.id, found.state["arn"], found.state["tags"]) == ("the-id", "a", {})


def test_a_create_is_sent_no_notes_of_the_engine_and_all_tags() -> None:
    aws = Things()
    aws.life().create(inputs(tagsAll={"owner": "platform", "aws:x": "y"}, rules=[{"name": "r", "__defaults": []}]))
    sent = aws.calls[0][1]
    assert sent["tagsAll"] == {"owner": "platform"}
    assert sent["rules"] == [{"name": "r"}]
    assert "__defaults" not in sent


def test_tags_that_check_could_not_tell_are_merged_at_apply() -> None:
    aws = Things()
    aws.life().create(inputs(tags={"a": "b"}, tagsAll=None))
    assert aws.calls[0][1]["tagsAll"] == {"owner": "platform", "a": "b"}


def test_fails_when_nothing_was_made() -> None:
    aws = Things(failures={"create": client_error("Limit", "too many", "CreateThing")})
    with pytest.raises(ProviderError) as failed:
        aws.life().create(inputs())
    assert not isinstance(failed.value, HalfMadeError)
    assert str(failed.value) == (
        "creating Test Thing (n): operation error CreateThing, "
        "https response error StatusCode: 400, RequestID: , Limit: too many"
    )


@pytest.mark.parametrize("step", ["settle", "read"])
def test_a_thing_that_fails_after_its_create_is_kept_half_made(step: str) -> None:
    aws = Things(failures={step: client_error("Broken")})
    with pytest.raises(HalfMadeError) as failed:
        aws.life().create(inputs())
    assert (failed.value.resource_id, failed.value.state["size"]) == ("the-id", 3)


def test_fails_when_the_new_thing_cannot_be_found() -> None:
    aws = Things(failures={"read": client_error("NotThere")})
    with pytest.raises(HalfMadeError, match=r"reading Test Thing \(the-id\): couldn't find resource"):
        aws.life().create(inputs())


@pytest.mark.parametrize("failure", [GoneError(), client_error("NotThere")])
def test_a_read_that_finds_nothing_says_gone(failure: Exception) -> None:
    assert Things(failures={"read": failure}).life().read("the-id", state()) is None


def test_fails_when_a_read_is_refused() -> None:
    aws = Things(failures={"read": client_error("AccessDenied", "no", "GetThing", 403)})
    with pytest.raises(ProviderError, match=r"reading Test Thing \(the-id\): operation error GetThing.*403"):
        aws.life().read("the-id", state())


def test_an_update_changes_tags_before_the_rest() -> None:
    aws = Things(held={"name": "n", "size": 3, "mode": "soft", "arn": "a", "tagsAll": {}})
    before = state(tagsAll={"old": "1", "same": "2", "moved": "3"})
    new = inputs(size=4, tagsAll={"same": "2", "moved": "4", "new": "5"})
    after = aws.life().update("the-id", before, new, frozenset({"size", "tags", "tagsAll"}))
    assert aws.names() == ["tag", "update", "read"]
    assert aws.calls[0][1] == TagChange(id="the-id", state=before, put={"moved": "4", "new": "5"}, remove=["old"])
    assert aws.calls[1][1].changed == {"size"}
    assert after["size"] == 4


def test_an_update_of_other_things_leaves_the_tags_alone() -> None:
    aws = Things(held={"name": "n", "size": 3, "mode": "soft", "arn": "a", "tagsAll": {}})
    aws.life().update("the-id", state(), inputs(size=4), frozenset({"size"}))
    assert aws.names() == ["update", "read"]


def test_a_failed_update_keeps_the_state_that_was() -> None:
    aws = Things(held={}, failures={"update": client_error("Broken", operation="UpdateThing")})
    with pytest.raises(HalfMadeError, match=r"updating Test Thing \(the-id\): operation error UpdateThing") as failed:
        aws.life().update("the-id", state(), inputs(size=4), frozenset({"size"}))
    assert failed.value.state == state()


def test_a_failed_tag_call_says_so() -> None:
    aws = Things(held={}, failures={"tag": client_error("Broken")})
    with pytest.raises(HalfMadeError, match=r"updating tags for Test Thing \(the-id\): "):
        aws.life().update("the-id", state(), inputs(tagsAll={"a": "b"}), frozenset({"tagsAll"}))


@pytest.mark.parametrize("failure", [GoneError(), client_error("NotThere")])
def test_a_thing_that_is_gone_is_deleted(failure: Exception) -> None:
    Things(failures={"delete": failure}).life().delete("the-id", state())


def test_what_a_delete_ignores_may_differ_from_what_a_read_takes_for_gone() -> None:
    Things(failures={"delete": client_error("Odd")}).life(delete_ignores=codes("Odd")).delete("the-id", state())
    with pytest.raises(ProviderError, match="deleting Test Thing"):
        Things(failures={"delete": client_error("NotThere")}).life(delete_ignores=codes("Odd")).delete("i", state())


def test_a_framework_type_tells_the_services_part_apart() -> None:
    aws = Things(failures={"create": client_error("Limit", "too many")})
    with pytest.raises(ProviderError, match=r"creating Test Thing \(n\)\n\noperation error"):
        aws.life(framework=True).create(inputs())


def test_a_step_may_have_a_frame_of_its_own() -> None:
    def put(_context: Context, _sent: Properties) -> str:
        with during("putting Test Thing (n)"):
            raise client_error("Limit")

    kind = thing(Operations(create=put, read=Things().read, delete=Things().delete))
    with pytest.raises(ProviderError, match=r"^putting Test Thing \(n\): operation error Call"):
        Life(kind, World().context(), {}).create(inputs())


def test_an_aws_that_does_not_answer_is_told_in_the_same_frame() -> None:
    aws = Things(failures={"delete": EndpointConnectionError(endpoint_url="http://127.0.0.1:1")})
    with pytest.raises(ProviderError, match=r"deleting Test Thing \(i\): Could not connect"):
        aws.life().delete("i", state())


def test_a_plan_may_look_things_up_and_refuse() -> None:
    def refuse(_context: Context, _state: Properties, sent: Properties) -> str | None:
        return None if sent["size"] < 5 else "too large for what AWS holds"

    life = Things().life(plan=refuse)
    life.plan({}, inputs(size=4))
    with pytest.raises(ProviderError, match="too large"):
        life.plan({}, inputs(size=5))
    Things().life().plan({}, inputs())


def test_an_import_id_may_name_the_region() -> None:
    assert imported(thing(), "n", "eu-west-2") == ("n", {"force": False, "region": "eu-west-2"})
    assert imported(thing(), "n@eu-west-1", "eu-west-2")[1]["region"] == "eu-west-1"
    assert imported(thing(), "n@nowhere", "eu-west-2")[0] == "n@nowhere"
    assert imported(thing(regional=False), "n@eu-west-1", "eu-west-2") == ("n@eu-west-1", {"force": False})


def test_an_arn_as_import_id_names_the_region_itself() -> None:
    kind, arn = thing(import_id=from_arn), "arn:aws:sns:eu-west-1:111111111111:alarms"
    assert imported(kind, arn, "eu-west-2") == (arn, {"force": False, "region": "eu-west-1"})
    assert imported(kind, f"{arn}@eu-west-1", "eu-west-2")[0] == arn
    with pytest.raises(ProviderError, match="names region eu-west-1 in itself and eu-west-3 after '@'"):
        imported(kind, f"{arn}@eu-west-3", "eu-west-2")
    with pytest.raises(ProviderError, match="import id must be an ARN, got 'alarms'"):
        imported(kind, "alarms", "eu-west-2")


def test_a_composite_import_id_comes_apart() -> None:
    kind = thing(import_id=parts("|", "plan", "selection", resource_id=lambda found: found.pop("selection")))
    assert imported(kind, "p|s", "eu-west-2") == ("s", {"force": False, "plan": "p", "region": "eu-west-2"})
    for wrong in ("p", "p|", "|s"):
        with pytest.raises(ProviderError, match=r"import id must be <plan>\|<selection>, got"):
            imported(kind, wrong, "eu-west-2")
