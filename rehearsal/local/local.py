"""A local AWS that serves, and all that is needed to work with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rehearsal.local import pipeline
from rehearsal.local.administrators import Administrators
from rehearsal.local.control import Control
from rehearsal.local.engine import Engine, Operation
from rehearsal.local.parts import Parts
from rehearsal.local.patience import Patience
from rehearsal.local.pipeline import Mode
from rehearsal.local.place import Place
from rehearsal.local.world import World


@dataclass(frozen=True)
class Local:
    """The local AWS of one folder."""

    place: Place
    parts: Parts
    world: World
    control: Control
    administrators: Administrators
    engine: Engine
    patience: Patience = field(default_factory=Patience)

    def operation(self, stack: str, name: str, arguments: Sequence[str], mode: Mode = Mode.DEPLOY) -> Operation:
        """Return a run of `pulumi` on a stack, as one of its pipelines would start it.

        Args:
            stack: stack name.
            name: name of the logs.
            arguments: what follows `pulumi`.
            mode: which pipeline. Default: the one that deploys.
        """
        environment = {
            **pipeline.environment(self.place, self.control.endpoint, self.world.stacks[stack], stack, mode),
            **pipeline.engine_environment(self.place, self.parts),
        }
        return Operation(name, (*arguments, "--stack", stack), environment)


def opened(place: Place, parts: Parts, world: World, endpoint: str) -> Local:
    """Take up an emulator that serves; the organization is made when there is none yet."""
    control = Control(endpoint)
    key = control.organize(world.document())
    administrators = Administrators(endpoint, key, world.any.region, world.any.accounts.management)
    return Local(place, parts, world, control, administrators, Engine(place, parts.engine))
