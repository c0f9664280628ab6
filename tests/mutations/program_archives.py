"""Edits of the program that weaken archives, alarms and rights."""

from typing import Final

from tests.mutations.edits import NOTHING, central, checked, edit, gated
from tests.mutations.mutation import Judge

_ARCHIVES: Final = (
    central("the archive has no Object Lock", "components/archive_end", "locked=True", "locked=False"),
    central(
        "the archive keeps objects for a day",
        "components/archive_end",
        '"days": self.keeping.retention_days',
        '"days": 1',
    ),
    central(
        "old versions end before their lock",
        "components/archive_end",
        "noncurrent_days=self.keeping.retention_days",
        "noncurrent_days=1",
    ),
    central(
        "old versions move to a dearer class at once",
        "components/buckets",
        '"noncurrent_version_expiration"',
        '"noncurrent_version_transitions": [{"noncurrent_days": 1, "storage_class": "ONEZONE_IA"}],'
        ' "noncurrent_version_expiration"',
    ),
    central(
        "the archive ends on a date",
        "components/buckets",
        '"noncurrent_version_expiration"',
        '"expiration": {"date": "2040-01-01T00:00:00Z"}, "noncurrent_version_expiration"',
    ),
    central(
        "only a part of the old versions ends",
        "components/buckets",
        '"filter": {"prefix": _EVERYTHING},\n                    "noncurrent',
        '"filter": {"prefix": "none/"},\n                    "noncurrent',
    ),
    edit(
        "plain requests are denied to one organization only",
        "strongroom/documents/buckets",
        'plain["Condition"] = {',
        'plain["Condition"] = {"StringEquals": {"aws:PrincipalOrgID": "o-none"}, ',
    ),
    edit(
        "replication reads no version",
        "strongroom/documents/roles",
        '"s3:GetObjectVersionForReplication", ',
        "",
    ),
    edit(
        "replicas go to a stranger",
        "components/exports_end",
        '"account": self.destination.account,',
        '"account": "999999999999",',
    ),
    edit(
        "replication is disabled",
        "components/exports_end",
        '"id": RULE,\n                    "status": "Enabled"',
        '"id": RULE,\n                    "status": "Disabled"',
    ),
    edit(
        "replication passes encrypted objects over",
        "components/exports_end",
        '"source_selection_criteria": {"sse_kms_encrypted_objects": {"status": "Enabled"}},',
        "",
    ),
    edit(
        "replication takes part of the bucket",
        "components/exports_end",
        '"filter": {"prefix": ""}',
        '"filter": {"prefix": "none/"}',
    ),
    edit(
        "deletions are replicated",
        "components/exports_end",
        '"delete_marker_replication": {"status": "Disabled"}',
        '"delete_marker_replication": {"status": "Enabled"}',
    ),
    edit(
        "replicas belong to the source",
        "components/exports_end",
        '"access_control_translation": {"owner": "Destination"},',
        "",
    ),
    edit(
        "replication role may anything",
        "strongroom/documents/roles",
        '"s3:ObjectOwnerOverrideToBucketOwner", "s3:ReplicateObject"',
        '"s3:*", "s3:ReplicateObject"',
        Judge.CHECK,
    ),
    edit(
        "replication role may anything of S3 anywhere",
        "strongroom/documents/roles",
        '"s3:ReplicateObject", "s3:ReplicateTags"],\n            f"{destination}/*"',
        '"s3:*"],\n            "arn:aws:s3*"',
    ),
    checked("an action is misspelt", "strongroom/documents/roles", '"s3:ReplicateTags"', '"s3:ReplicateTag"'),
    edit(
        "versions are suspended",
        "components/buckets",
        'configuration={"status": "Enabled"}',
        'configuration={"status": "Suspended"}',
    ),
    edit("buckets can be made public", "components/buckets", "block_public_policy=True", "block_public_policy=False"),
    edit("objects belong to whoever writes them", "components/buckets", "BucketOwnerEnforced", "ObjectWriter"),
    edit(
        "objects lie under S3's own key",
        "components/buckets",
        '"sse_algorithm": "aws:kms",\n            "kms_master_key_id": key_arn,',
        '"sse_algorithm": "AES256",',
    ),
    edit(
        "objects lie under what is no key",
        "components/buckets",
        "part.encryption(sealing.arn)",
        "part.encryption(bucket.arn)",
    ),
    edit("buckets are emptied to be deleted", "components/buckets", "options.disposable and not plan.locked", "True"),
    edit("a bucket answers without TLS", "strongroom/documents/buckets", "_encrypted_on_the_way(bucket), ", ""),
)
_WATCH: Final = (
    edit("alarms tell nobody", "components/backup_alarms", "alarm_actions=[self.topic_arn],", ""),
    edit(
        "silence is good",
        "components/backup_alarms",
        'treat_missing_data="breaching"',
        'treat_missing_data="notBreaching"',
    ),
    edit(
        "no alarm waits for a backup",
        "components/backup_alarms",
        'watch.absence("missing-backups", MISSING_BACKUPS, _Metrics(NAMESPACE, {VAULT: vault}))',
        "pass",
    ),
    edit(
        "expired backups are seen by nobody",
        "components/watched_metrics",
        "NumberOfBackupJobsExpired",
        "NumberOfBackupJobsCreated",
    ),
    edit("the topic has no key", "components/backup_alarms", "kms_master_key_id=sealing.arn,", ""),
    edit(
        "event rules are off",
        "components/backup_alarms",
        "event_pattern=json.dumps(pattern),",
        'event_pattern=json.dumps(pattern), state="DISABLED",',
    ),
    gated(
        "failures are seen from the millionth on",
        "components/watched_metrics",
        "threshold: float = 0",
        "threshold: float = 1000000",
    ),
    edit(
        "nobody hears of an object that is not replicated",
        "components/watched_metrics",
        '"OperationsFailedReplication"',
        '"BytesPendingReplication"',
    ),
    edit(
        "nobody hears of late replicas",
        "components/watched_metrics",
        '"ReplicationLatency"',
        '"BytesPendingReplication"',
    ),
    edit("alarms watch another vault", "stacks/source", '"vault_name": written.vaults.local', '"vault_name": "none"'),
    edit("alarms watch another replication", "components/backup_alarms", "{SOURCE: exports,", '{SOURCE: "none",'),
    gated(
        "failures are counted by the week",
        "components/backup_alarms",
        "evaluation_periods=1,",
        "evaluation_periods=7,",
    ),
    gated(
        "failures are those of another vault",
        "components/backup_alarms",
        "dimensions=where.dimensions,",
        'dimensions={VAULT: "none"},',
    ),
    gated(
        "ages are watched that nobody publishes",
        "components/backup_alarms",
        "namespace=names.METRICS_NAMESPACE,",
        'namespace="None",',
    ),
    gated(
        "event rules hear of another account",
        "components/backup_alarms",
        "event_pattern=json.dumps(pattern),",
        'event_pattern=json.dumps({**pattern, "account": ["000000000000"]}),',
    ),
    edit("event rules have no target", "components/backup_alarms", "aws.cloudwatch.EventTarget(", NOTHING),
    edit(
        "alarms may not publish",
        "strongroom/documents/topics",
        "[services.CLOUDWATCH, services.BACKUP, services.S3])",
        "[services.BACKUP, services.S3])",
    ),
    edit(
        "event rules may not publish",
        "strongroom/documents/topics",
        'document(senders, _publish("SentByEventBridge", topic_arn, [services.EVENTS]), plain)',
        "document(senders, plain)",
    ),
    edit(
        "alarms may not use the topic's key",
        "strongroom/documents/keys",
        "senders = [services.CLOUDWATCH, services.BACKUP, services.S3]",
        "senders = [services.BACKUP, services.S3]",
    ),
    edit(
        "a vault may not use the topic's key",
        "strongroom/documents/keys",
        "senders = [services.CLOUDWATCH, services.BACKUP, services.S3]",
        "senders = [services.CLOUDWATCH, services.S3]",
    ),
    edit(
        "anybody may publish alarms",
        "strongroom/documents/topics",
        'Allow", {"Service": senders}',
        'Allow", {"AWS": "*"}',
    ),
    edit(
        "any account's service may take the role",
        "strongroom/documents/roles",
        '_service(services.BACKUP, {"StringEquals": {"aws:SourceAccount": account}})',
        "_service(services.BACKUP, {})",
    ),
    edit("the provider works in any account", "stacks/providers", "allowed_account_ids=[account],", ""),
)

MUTATIONS: Final = (*_ARCHIVES, *_WATCH)
