"""A fresh account joins the organization, with day one behind it, and an operator sits down with nothing but access."""

from rehearsal.local import fresh
from rehearsal.local.fresh import Fresh
from rehearsal.local.operator import Desk, Operator
from rehearsal.local.pipeline import Mode
from rehearsal.local.world import central
from rehearsal.report.findings import LossFinding, Moment
from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import CheckError, expect


def fresh_account_joins(scene: Scene, stack: str) -> None:
    """Open an account in the unit of the sources, bootstrapped for the stack whose account is lost."""
    lost = scene.local.world.sources[stack]
    joined = fresh.join(scene.local, stack, scene.says)
    scene.ledger.fresh = joined
    own = joined.settings.accounts.own
    scene.findings.loss(LossFinding(lost.environment, lost.accounts.own, own))
    scene.findings.moment(Moment(scene.local.control.now(), f"the fresh account {own} has joined"))
    tables = scene.local.administrators.dynamodb(own).list_tables()["TableNames"]
    expect("tables of the fresh account", expected=[], got=tables)


def operator_of(scene: Scene) -> Operator:
    """Return the operator in a folder that was empty when they sat down: no state, no checkout, no file from before."""
    if scene.ledger.operator is None:
        joined = fresh_of(scene)
        keeping = [settings for settings in scene.local.world.stacks.values() if central(settings)]
        desk = Desk(scene.local.place, "operator", scene.local.control.endpoint)
        children = scene.local.engine.children
        scene.ledger.operator = desk.take([joined.settings, *keeping], Mode.RECOVER, children)
    return scene.ledger.operator


def fresh_of(scene: Scene) -> Fresh:
    """Return the fresh account.

    Raises:
        CheckError: none has joined.
    """
    if scene.ledger.fresh is None:
        raise CheckError("a fresh account that has joined", expected="one", got="none")
    return scene.ledger.fresh
