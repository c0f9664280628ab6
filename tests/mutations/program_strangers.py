"""Edits of the program that let a stranger's account in by its name."""

from typing import Final

from tests.mutations.edits import central, edit

_STRANGER: Final = '{"AWS": "arn:aws:iam::999999999999:root"}'
_COPIES_IN: Final = f'resource_statement("In", "Allow", {_STRANGER}, ["backup:CopyIntoBackupVault"])'
_PUBLISHES: Final = f'resource_statement("In", "Allow", {_STRANGER}, ["sns:Publish"])'
_TAKES: Final = f'{{"Sid": "In", "Effect": "Allow", "Principal": {_STRANGER}, "Action": ["sts:AssumeRole"]}}'
_REPLICATES: Final = f'resource_statement("In", "Allow", {_STRANGER}, ["s3:ReplicateObject"])'

MUTATIONS: Final = (
    edit(
        "a stranger copies into the local vault",
        "strongroom/documents/vaults",
        "return document(*_kept(caretakers))",
        f"return document(*_kept(caretakers), {_COPIES_IN})",
    ),
    central(
        "a stranger copies into the central vaults",
        "strongroom/documents/vaults",
        "        *copy_in(origin),\n",
        f"        *copy_in(origin),\n        {_COPIES_IN},\n",
    ),
    edit(
        "a stranger publishes alarms",
        "strongroom/documents/topics",
        "[services.EVENTS]), plain)",
        f"[services.EVENTS]), plain, {_PUBLISHES})",
    ),
    edit(
        "a stranger takes the backup role",
        "strongroom/documents/roles",
        "return document(_service(services.BACKUP,",
        f"return document({_TAKES}, _service(services.BACKUP,",
    ),
    central(
        "a stranger replicates into the archive",
        "strongroom/documents/buckets",
        "        *replicas,\n",
        f"        *replicas,\n        {_REPLICATES},\n",
    ),
)
