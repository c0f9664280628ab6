"""The account of a stack is lost; every other stack can still be deployed, and without naming what to deploy."""

from botocore.exceptions import ClientError

from rehearsal.local.control import Account
from rehearsal.local.pipeline import Mode
from rehearsal.report.findings import LossFinding, Moment
from rehearsal.scenarios import deploying
from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import CheckError, expect


def account_is_lost(scene: Scene, stack: str) -> None:
    """Lose everything in the account of a stack, and find that nobody can sign in any more."""
    settings = scene.local.world.stacks[stack]
    scene.ledger.lost = scene.local.control.now()
    scene.local.control.lose_account(settings.environment)
    scene.findings.loss(LossFinding(settings.environment, settings.accounts.own))
    scene.findings.moment(Moment(scene.ledger.lost, f"the account of {settings.environment} is lost"))
    it_is_gone(scene.local.control.accounts(), settings.accounts.own)
    nobody_gets_in(scene, settings.accounts.own)


def nobody_gets_in(scene: Scene, account: str) -> None:
    """Hold when not even the administrator of an account may list its tables."""
    try:
        listed = scene.local.administrators.dynamodb(account).list_tables()
    except ClientError:
        return
    raise CheckError(f"answer to the administrator of {account}", expected="a refusal", got=listed.get("TableNames"))


def it_is_gone(accounts: tuple[Account, ...], account: str) -> None:
    """Hold when an account is lost, and no other one."""
    expect("accounts that are lost", expected=[account], got=[one.id for one in accounts if one.lost])


def others_go_on(scene: Scene, stack: str) -> None:
    """Preview, deploy and compare a stack that is not lost, all of it."""
    deploying.unchanged(scene.pulumi(stack, "preview", "--expect-no-changes", mode=Mode.PREVIEW))
    deploying.again(scene, stack)
    deploying.refresh(scene, stack)
