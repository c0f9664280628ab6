"""What tests of replication need: a bucket of prod that is replicated into the backup account, and how it ended."""

import json
from dataclasses import dataclass, field
from typing import Any, Final

from tests.emulator_people import allow, document, make_role
from tests.emulator_process import BACKUP, PROD, Emulator
from tests.rehearsal.emulator.services.asking import BUCKET, make_bucket, policy, trust

ARCHIVE: Final = "strongroom-test-archive"
ROLE: Final = f"arn:aws:iam::{PROD}:role/replication"
KEY: Final = "exports/part-1"
READS: Final = (
    "s3:GetReplicationConfiguration",
    "s3:ListBucket",
    "s3:GetObjectVersionForReplication",
    "s3:GetObjectVersionAcl",
    "s3:GetObjectVersionTagging",
    "s3:GetObjectRetention",
    "s3:GetObjectLegalHold",
)
WRITES: Final = ("s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags", "s3:ObjectOwnerOverrideToBucketOwner")
_QUEUE: Final = "replication-events"


def rule(**changes: object) -> dict[str, Any]:
    """Return a rule that replicates everything and shows its metrics, with changes."""
    return {
        "ID": "everything",
        "Priority": 1,
        "Status": "Enabled",
        "Filter": {},
        "DeleteMarkerReplication": {"Status": "Disabled"},
        "Destination": destination(),
    } | changes


def destination(bucket: str = ARCHIVE, **changes: object) -> dict[str, Any]:
    """Return a destination with metrics, with changes."""
    return {"Bucket": f"arn:aws:s3:::{bucket}", "Metrics": {"Status": "Enabled"}} | changes


@dataclass
class Pair:
    """A bucket of prod and the bucket of the backup account that it is replicated into."""

    emulator: Emulator
    source: Any = field(init=False)
    """S3 of prod."""
    archive: Any = field(init=False)
    """S3 of the backup account."""

    def __post_init__(self) -> None:
        self.source = self.emulator.client("s3")
        self.archive = self.emulator.client("s3", account=BACKUP)

    def make(self, *, locked: bool = False) -> None:
        """Make both buckets, the role with all rights, and the destination's policy."""
        asked: dict[str, Any] = {"ObjectLockEnabledForBucket": True} if locked else {}
        make_bucket(self.source, **asked)
        make_bucket(self.archive, ARCHIVE, **asked)
        make_role(self.emulator, "replication", allow([*READS, *WRITES, "kms:*"]), trusts=trust("s3.amazonaws.com"))
        self.let_in(*WRITES)

    def let_in(self, *actions: str) -> None:
        """Let the role do this on the archive, and no more."""
        statement = policy(Principal={"AWS": ROLE}, Action=list(actions), Resource=f"arn:aws:s3:::{ARCHIVE}/*")
        self.archive.put_bucket_policy(Bucket=ARCHIVE, Policy=statement)

    def give_role(self, *actions: str) -> None:
        """Let the role have these rights, and no more."""
        iam = self.emulator.client("iam")
        iam.put_role_policy(RoleName="replication", PolicyName="test", PolicyDocument=document(allow(list(actions))))

    def replicate(self, *rules: dict[str, Any]) -> None:
        """Put a replication configuration."""
        asked = {"Role": ROLE, "Rules": list(rules) or [rule()]}
        self.source.put_bucket_replication(Bucket=BUCKET, ReplicationConfiguration=asked)

    def put(self, key: str = KEY, body: bytes = b"receipts", **asked: object) -> str:
        """Put an object and return its version id."""
        return self.source.put_object(Bucket=BUCKET, Key=key, Body=body, **asked)["VersionId"]

    def status(self, key: str = KEY, **asked: object) -> str | None:
        """Return the replication status of an object of the source."""
        return self.source.head_object(Bucket=BUCKET, Key=key, **asked).get("ReplicationStatus")

    def replicas(self, bucket: str = ARCHIVE, client: Any = None) -> list[tuple[str, str]]:
        """Return key and version id of all that is in a destination, delete markers too, the newest first."""
        found = (client or self.archive).list_object_versions(Bucket=bucket)
        both = [*found.get("Versions", []), *found.get("DeleteMarkers", [])]
        return [(one["Key"], one["VersionId"]) for one in sorted(both, key=lambda one: one["IsLatest"], reverse=True)]

    def listen(self, event: str = "s3:Replication:*") -> None:
        """Have the bucket's events sent to a queue."""
        _, arn = self._make_queue(_QUEUE, "s3.amazonaws.com")
        self.source.put_bucket_notification_configuration(
            Bucket=BUCKET, NotificationConfiguration={"QueueConfigurations": [{"QueueArn": arn, "Events": [event]}]}
        )
        self.heard()

    def heard(self) -> list[dict[str, Any]]:
        """Return the events that came to the queue since the last call."""
        url = self.emulator.client("sqs").get_queue_url(QueueName=_QUEUE)["QueueUrl"]
        return [record for message in self.heard_on(url) for record in message.get("Records", [])]

    def listen_on_the_bus(self, source: str) -> str:
        """Have the events of a service sent from the bus to a queue, and return its address."""
        url, arn = self._make_queue("bus-events", "events.amazonaws.com")
        events = self.emulator.client("events")
        events.put_rule(Name="all", EventPattern=json.dumps({"source": [source]}))
        events.put_targets(Rule="all", Targets=[{"Id": "queue", "Arn": arn}])
        return url

    def heard_on(self, url: str) -> list[dict[str, Any]]:
        """Return what came to a queue since the last call."""
        sqs = self.emulator.client("sqs")
        found: list[dict[str, Any]] = []
        while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
            for message in messages:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                found.append(json.loads(message["Body"]))
        return found

    def _make_queue(self, name: str, service: str) -> tuple[str, str]:
        sqs = self.emulator.client("sqs")
        url = sqs.create_queue(QueueName=name)["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        let_in = policy(Principal={"Service": service}, Action="sqs:SendMessage", Resource=arn)
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": let_in})
        return url, arn

    def reasons(self) -> list[str]:
        """Return the reasons of the failures that came to the queue since the last call."""
        return [one["replicationEventData"]["failureReason"] for one in self.heard()]

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.emulator.advance(seconds)
