"""Recovery points, copies, restores, vaults and backup jobs of AWS in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from strongroom.aws.backups import BackupJob
from strongroom.aws.copies import Copy
from strongroom.aws.errors import DeniedError, FailedError, NotThereError
from strongroom.aws.jobs import Job, JobState
from strongroom.aws.points import Point
from strongroom.aws.restores import Restore
from strongroom.aws.vaults import Vault
from strongroom.documents.policy import Document
from strongroom.facts import arns
from tests.strongroom.aws.memory import MemoryAws, Start
from tests.strongroom.aws.memory_accounts import REGION, MemoryAccount, MemoryJob, MemoryTable, MemoryVault, Outcome

_GOOD = ("COMPLETED", "AVAILABLE")


@dataclass
class MemoryPoints:
    """Points of one account."""

    aws: MemoryAws
    account: str

    def in_vault(self, vault: str) -> list[Point]:
        with self.aws.call(self.account, "points.in_vault", vault) as own:
            if vault not in own.vaults and self.aws.absent_vaults_are_denied:
                raise DeniedError(f"listing the recovery points of vault {vault}: AccessDeniedException: Insufficient")
            return [replace(point, storage_class=None) for point in _vault(own, vault).points.values()]

    def point(self, vault: str, arn: str) -> Point | None:
        with self.aws.call(self.account, "points.point", arn) as own:
            found = own.vaults[vault].points.get(arn) if vault in own.vaults else None
            return found and replace(found, storage_class="COLD" if self._cold(found) else "WARM")

    def delete(self, vault: str, arn: str) -> None:
        with self.aws.call(self.account, "points.delete", arn) as own:
            if _vault(own, vault).bounds is not None:
                raise FailedError(f"deleting recovery point {arn}: InvalidRequestException: the vault is locked")
            own.vaults[vault].points.pop(arn, None)

    def _cold(self, point: Point) -> bool:
        return point.storage_class == "COLD" or (point.cold_at is not None and point.cold_at <= self.aws.clock.now())


@dataclass
class MemoryCopies:
    """Copy jobs of one account."""

    aws: MemoryAws
    account: str

    def start(self, copy: Copy) -> str:
        with self.aws.call(self.account, "copies.start", copy.point_arn) as own:
            point = _vault(own, copy.from_vault).points.get(copy.point_arn)
            known = next((job for job in own.copies.values() if job.token == copy.token), None)
            if known is None:
                point = _usable(point, copy.point_arn)
                if point.storage_class == "COLD" or (point.cold_at and point.cold_at <= self.aws.clock.now()):
                    raise FailedError(
                        f"starting the copy of {point.arn}: InvalidRequestException: it is in cold storage"
                    )
            table = point.table if point else known.table if known else ""
            job = self.aws.start(Start("copy", self.account, table, copy.token, copy, self._ends))
            if job is not known:
                self._let_in(copy, job)
            return job.id

    def job(self, id_: str) -> Job:
        with self.aws.call(self.account, "copies.job", id_) as own:
            return self.aws.look(_known(own.copies, id_))

    def _let_in(self, copy: Copy, job: MemoryJob) -> None:
        target = self._target(copy)
        if target is None or target.policy is None:
            denied = "Access Denied trying to call AWS Backup service"
            job.outcome = replace(job.outcome, state=JobState.FAILED, message=denied, never=False)
            job.due = job.created
        job.made = f"arn:aws:backup:{REGION}:{_account(copy.to_vault_arn)}:recovery-point:{job.id}"

    def _ends(self, job: MemoryJob) -> None:
        copy, source = job.asked, self.aws.account(self.account)
        if not isinstance(copy, Copy) or not job.well or job.made is None:
            return
        vault, point = self._target(copy), source.vaults[copy.from_vault].points.get(copy.point_arn)
        if vault is None or point is None:
            job.outcome = Outcome(JobState.FAILED, "The recovery point or the destination vault is gone")
            return
        days = point.days if copy.days is None else copy.days
        vault.points[job.made] = replace(
            point,
            arn=job.made,
            vault=vault.name,
            key_arn=vault.key_arn,
            days=days,
            deleted_at=None if days is None else point.created + timedelta(days=days),
        )
        self.aws.contents[job.made] = self.aws.contents[copy.point_arn]

    def _target(self, copy: Copy) -> MemoryVault | None:
        account = self.aws.accounts.get(_account(copy.to_vault_arn))
        return account.vaults.get(copy.to_vault_arn.rsplit(":", 1)[-1]) if account else None


@dataclass
class MemoryRestores:
    """Restore jobs of one account."""

    aws: MemoryAws
    account: str

    def start(self, restore: Restore) -> str:
        with self.aws.call(self.account, "restores.start", restore.point_arn) as own:
            known = next((job for job in own.restores.values() if job.token == restore.token), None)
            points = {arn: point for vault in own.vaults.values() for arn, point in vault.points.items()}
            table = known.table if known else _usable(points.get(restore.point_arn), restore.point_arn).table
            job = self.aws.start(Start("restore", self.account, table, restore.token, restore, self._ends))
            if job is not known:
                self._make(own, restore, job)
            return job.id

    def job(self, id_: str) -> Job:
        with self.aws.call(self.account, "restores.job", id_) as own:
            return self.aws.look(_known(own.restores, id_))

    def _make(self, own: MemoryAccount, restore: Restore, job: MemoryJob) -> None:
        if restore.table in own.tables:
            job.outcome = Outcome(JobState.FAILED, f"Table already exists: {restore.table}")
            job.due, job.settled = job.created, True
            return
        arn = arns.table(REGION, own.id, restore.table)
        job.made = arn
        until = datetime.max.replace(tzinfo=job.due.tzinfo) if job.outcome.never else job.due
        own.tables[restore.table] = MemoryTable(
            restore.table,
            arn,
            self.aws.contents[restore.point_arn],
            kms_key_arn=restore.kms_key_arn,
            busy=("CREATING", until),
            created=job.created,
        )

    def _ends(self, job: MemoryJob) -> None:
        if isinstance(job.asked, Restore) and not job.well:
            self.aws.account(self.account).tables.pop(job.asked.table, None)


@dataclass
class MemoryBackups:
    """Backup jobs of one account."""

    aws: MemoryAws
    account: str

    def recent(self, since: datetime) -> list[BackupJob]:
        with self.aws.call(self.account, "backups.recent") as own:
            return [job for job in own.backups if job.created > since]


@dataclass
class MemoryVaults:
    """Vaults of one account: the door that reads them and the one that makes and unmakes them."""

    aws: MemoryAws
    account: str

    def vault(self, name: str) -> Vault | None:
        with self.aws.call(self.account, "vaults.vault", name) as own:
            found = own.vaults.get(name)
            if found is None and self.aws.absent_vaults_are_denied:
                raise DeniedError(f"reading vault {name}: AccessDeniedException: Insufficient privileges")
            low, high = found.bounds if found and found.bounds else (None, None)
            if found is None:
                return None
            return Vault(name, found.bounds is not None, low, high, found.key_arn or None, found.created)

    def policy(self, name: str) -> Document | None:
        with self.aws.call(self.account, "vaults.policy", name) as own:
            return own.vaults[name].policy if name in own.vaults else None

    def create(self, name: str, key_arn: str, tags: Mapping[str, str], token: str) -> str:
        with self.aws.call(self.account, "landing.create", name) as own:
            found = own.vaults.get(name)
            if found and not tags.items() <= found.tags.items():
                raise FailedError(f"creating vault {name}: a vault of this name exists and was not made by this run")
            if found is None:
                found = own.vault(name)
                found.key_arn, found.tags, found.token = key_arn, dict(tags), token
                found.created = self.aws.clock.now()
            return found.arn

    def put_policy(self, name: str, document: Document) -> None:
        with self.aws.call(self.account, "landing.put_policy", name) as own:
            _vault(own, name).policy = document

    def tags(self, name: str) -> dict[str, str] | None:
        with self.aws.call(self.account, "landing.tags", name) as own:
            return dict(own.vaults[name].tags) if name in own.vaults else None

    def delete(self, name: str) -> None:
        with self.aws.call(self.account, "landing.delete", name) as own:
            if name in own.vaults and own.vaults[name].points:
                raise FailedError(f"deleting vault {name}: InvalidRequestException: it holds recovery points")
            own.vaults.pop(name, None)


def _vault(own: MemoryAccount, name: str) -> MemoryVault:
    if name not in own.vaults:
        raise NotThereError(f"vault {name}: ResourceNotFoundException: Backup vault {name} does not exist")
    return own.vaults[name]


def _usable(point: Point | None, arn: str) -> Point:
    if point is None:
        raise NotThereError(f"recovery point {arn}: ResourceNotFoundException: Cannot find recovery point {arn}.")
    if point.status not in _GOOD:
        raise FailedError(f"recovery point {arn}: InvalidRequestException: it is {point.status}")
    return point


def _known(jobs: Mapping[str, MemoryJob], id_: str) -> MemoryJob:
    if id_ not in jobs:
        raise NotThereError(f"job {id_}: ResourceNotFoundException: there is no such job")
    return jobs[id_]


def _account(vault_arn: str) -> str:
    return vault_arn.split(":")[4]
