"""Keys, objects and metrics of AWS in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from strongroom.aws.buckets import Bucket
from strongroom.aws.errors import DeniedError, FailedError, NotThereError
from strongroom.aws.keys import Key
from strongroom.aws.metrics import Measure
from strongroom.aws.objects import Version
from strongroom.documents.policy import Document
from strongroom.facts.limits import KEY_DELETION_WINDOW_DAYS
from tests.strongroom.aws.memory import MemoryAws
from tests.strongroom.aws.memory_accounts import REGION, MemoryAccount, MemoryKey, MemoryObject


@dataclass
class MemoryKeys:
    """Keys of one account."""

    aws: MemoryAws
    account: str

    def key(self, alias: str) -> Key | None:
        with self.aws.call(self.account, "keys.key", alias) as own:
            found = next((key for key in own.keys.values() if key.alias == alias), None)
            return found and Key(found.arn, found.deleted_at is None, True, found.policy)

    def create(self, policy: Document, description: str, tags: Mapping[str, str]) -> str:
        with self.aws.call(self.account, "keys.create", description) as own:
            arn = f"arn:aws:kms:{REGION}:{self.account}:key/{self.aws.new_id('key')}"
            own.keys[arn] = MemoryKey(arn, policy, description, dict(tags))
            return arn

    def tags(self, key_id: str) -> dict[str, str] | None:
        with self.aws.call(self.account, "keys.tags", key_id) as own:
            return dict(own.keys[key_id].tags) if key_id in own.keys else None

    def find(self, tags: Mapping[str, str]) -> list[str]:
        with self.aws.call(self.account, "keys.find") as own:
            alive = [key for key in own.keys.values() if key.deleted_at is None]
            return [key.arn for key in alive if tags.items() <= key.tags.items()]

    def schedule_deletion(self, key_id: str, days: int) -> datetime:
        with self.aws.call(self.account, "keys.schedule_deletion", key_id) as own:
            KEY_DELETION_WINDOW_DAYS.check(days)
            found = _key(own, key_id)
            if found.deleted_at is None:
                found.deleted_at = self.aws.clock.now() + timedelta(days=days)
            return found.deleted_at


@dataclass
class MemoryObjects:
    """Objects that one account sees, in any account's buckets."""

    aws: MemoryAws
    account: str

    def versions(self, bucket: str, key: str, owner: str) -> list[Version]:
        with self.aws.call(self.account, "objects.versions", f"{bucket}/{key}"):
            return [
                replace(
                    one.version, locked_until=None, replication_status=None, key_arn=None, is_latest=one is found[0]
                )
                for found in [self._found(bucket, key, owner)]
                for one in found
            ]

    def read(self, bucket: str, key: str, version_id: str, owner: str) -> bytes:
        with self.aws.call(self.account, "objects.read", f"{bucket}/{key}"):
            return self._one(bucket, key, version_id, owner).body

    def head(self, bucket: str, key: str, version_id: str, owner: str) -> Version:
        with self.aws.call(self.account, "objects.head", f"{bucket}/{key}"):
            return replace(self._one(bucket, key, version_id, owner).version, is_latest=False)

    def _one(self, bucket: str, key: str, version_id: str, owner: str) -> MemoryObject:
        found = self._found(bucket, key, owner)
        one = next((one for one in found if one.version.version_id == version_id), None)
        if one is None:
            raise NotThereError(f"reading version {version_id} of {key} in bucket {bucket}: NoSuchVersion: not there")
        if one.version.is_delete_marker:
            raise FailedError(f"reading version {version_id} of {key} in bucket {bucket}: MethodNotAllowed: a marker")
        return one

    def _found(self, bucket: str, key: str, owner: str) -> list[MemoryObject]:
        found = self.aws.buckets.get(bucket)
        if found is None:
            raise NotThereError(f"listing the versions of {key} in bucket {bucket}: NoSuchBucket: it does not exist")
        if found.owner != owner:
            raise DeniedError(f"listing the versions of {key} in bucket {bucket}: AccessDenied: Access Denied")
        return found.objects.get(key, [])


@dataclass
class MemoryBuckets:
    """Buckets that one account sees."""

    aws: MemoryAws
    account: str

    def lock(self, name: str, owner: str) -> Bucket | None:
        with self.aws.call(self.account, "buckets.lock", name):
            return self._setup(name, owner)

    def bucket(self, name: str, owner: str) -> Bucket | None:
        with self.aws.call(self.account, "buckets.bucket", name):
            return self._setup(name, owner)

    def _setup(self, name: str, owner: str) -> Bucket | None:
        found = self.aws.buckets.get(name)
        if found and found.owner != owner:
            raise DeniedError(f"reading bucket {name}: AccessDenied: Access Denied")
        return found and found.setup


@dataclass
class MemoryParameters:
    """Parameters of one account."""

    aws: MemoryAws
    account: str

    def value(self, name: str) -> str | None:
        with self.aws.call(self.account, "parameters.value", name) as own:
            return own.parameters.get(name)

    def put(self, name: str, value: str) -> None:
        with self.aws.call(self.account, "parameters.put", name) as own:
            own.parameters[name] = value


@dataclass
class MemoryQuotas:
    """Quotas of one account."""

    aws: MemoryAws
    account: str

    def copies(self) -> int:
        with self.aws.call(self.account, "quotas.copies") as own:
            return own.running_copies

    def restores(self) -> int:
        with self.aws.call(self.account, "quotas.restores") as own:
            return own.running_restores

    def tables(self) -> int:
        with self.aws.call(self.account, "quotas.tables") as own:
            return own.most_tables


@dataclass
class MemoryMetrics:
    """Metrics of one account."""

    aws: MemoryAws
    account: str

    def put(self, namespace: str, measures: Sequence[Measure]) -> None:
        with self.aws.call(self.account, "metrics.put", namespace) as own:
            own.measures += [(namespace, measure) for measure in measures]


def put_object(aws: MemoryAws, bucket: str, key: str, body: bytes | None) -> str:
    """Write a version of an object into a bucket that is there, or a delete marker for None; return its id."""
    id_, now = aws.new_id("version"), aws.clock.now()
    version = Version(id_, now, len(body or b""), is_delete_marker=body is None)
    aws.buckets[bucket].objects.setdefault(key, []).insert(0, MemoryObject(version, body or b""))
    return id_


def _key(own: MemoryAccount, key_id: str) -> MemoryKey:
    if key_id not in own.keys:
        raise NotThereError(f"key {key_id}: NotFoundException: Key does not exist")
    return own.keys[key_id]
