"""Every edit that must be refused, by what it is an edit of."""

from typing import Final

from tests.mutations import (
    judging_files,
    pipelines,
    program_additions,
    program_archives,
    program_backups,
    program_rights,
    program_strangers,
    settings,
)
from tests.mutations.mutation import Mutation

MUTATIONS: Final[tuple[Mutation, ...]] = (
    *settings.MUTATIONS,
    *program_backups.MUTATIONS,
    *program_archives.MUTATIONS,
    *program_strangers.MUTATIONS,
    *program_rights.MUTATIONS,
    *program_additions.MUTATIONS,
    *judging_files.MUTATIONS,
    *pipelines.MUTATIONS,
)
