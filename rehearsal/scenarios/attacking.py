"""The account of a source has fallen into wrong hands, or the backup account has a bad administrator: both attack."""

from rehearsal.scenarios import attempts, insider, intruder, prey
from rehearsal.scenarios.prey import Prey
from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import expect


def the_sources_administrator_is_stopped(scene: Scene, stack: str) -> None:
    """Attack as the administrator of a source's account, who may do anything there."""
    known = prey.found(scene.local, stack)
    attempts.all_are_stopped(intruder.attacks(scene.local, known), scene.findings)
    everything_is_there(scene, known)


def the_backup_accounts_administrator_is_stopped(scene: Scene, stack: str) -> None:
    """Attack as the administrator of the backup account: policies of vault, key and bucket, and the lock, stop it."""
    known = prey.found(scene.local, stack)
    attempts.all_are_stopped(insider.attacks(scene.local, known), scene.findings)
    with insider.opened(scene.local, known) as attack:
        attempts.all_are_stopped([attack], scene.findings)
    everything_is_there(scene, known)


def everything_is_there(scene: Scene, known: Prey) -> None:
    """Hold when nothing that was attacked has changed: an error alone does not show that nothing was done."""
    expect("what is there after the attacks", expected=known, got=prey.found(scene.local, known.stack))
