"""Examples of the rules about replication."""

import pulumi_aws as aws
from strongroom_policies import replication

from tests.policies.example import Broken, Example
from tests.policies.examples.buckets import KEY
from tests.policies.judging import GONE, Made

REPLICATION = Made(
    aws.s3.BucketReplicationConfig,
    {
        "bucket": "exports",
        "rules": [
            {
                "id": "archive",
                "status": "Enabled",
                "filter": {"prefix": ""},
                "deleteMarkerReplication": {"status": "Disabled"},
                "sourceSelectionCriteria": {"sseKmsEncryptedObjects": {"status": "Enabled"}},
                "destination": {
                    "bucket": "arn:aws:s3:::archive",
                    "account": "333333333333",
                    "accessControlTranslation": {"owner": "Destination"},
                    "encryptionConfiguration": {"replicaKmsKeyId": KEY},
                    "metrics": {"status": "Enabled"},
                },
            }
        ],
    },
)

EXAMPLES = [
    Example(
        replication.RULES,
        REPLICATION,
        [
            Broken(
                "rules",
                [],
                "s3.BucketReplicationConfig 'it' has no rule and replicates nothing; one is required: add it to rules",
            ),
            Broken(
                "rules.0.status",
                "Disabled",
                (
                    "rule 'archive' of s3.BucketReplicationConfig 'it' has status Disabled; Enabled is required: set"
                    " status to Enabled"
                ),
            ),
            Broken(
                "rules.0.sourceSelectionCriteria",
                GONE,
                (
                    "rule 'archive' of s3.BucketReplicationConfig 'it' leaves out every object under a KMS key"
                    " (sse_kms_encrypted_objects is not set); they are required: set source_selection_criteria with"
                    " sse_kms_encrypted_objects status Enabled"
                ),
            ),
            Broken(
                "rules.0.destination.encryptionConfiguration",
                GONE,
                (
                    "rule 'archive' of s3.BucketReplicationConfig 'it' names no key for replicas; one is required, or"
                    " objects under a KMS key are not replicated: set encryption_configuration with replica_kms_key_id"
                ),
            ),
            Broken(
                "rules.0.deleteMarkerReplication.status",
                "Enabled",
                (
                    "rule 'archive' of s3.BucketReplicationConfig 'it' has delete_marker_replication Enabled; Disabled"
                    " is required, so that what is deleted here stays there: set its status to Disabled"
                ),
            ),
            Broken(
                "rules.0.destination.metrics",
                GONE,
                (
                    "rule 'archive' of s3.BucketReplicationConfig 'it' has no metrics (status not set), and fails"
                    " unseen; they are required: set metrics status Enabled"
                ),
            ),
            Broken(
                "rules.0.destination.account",
                GONE,
                (
                    "rule 'archive' of s3.BucketReplicationConfig 'it' names no account for replicas; another account"
                    " is required: set account of its destination, or allowSameAccount of s3-replication"
                ),
            ),
            Broken(
                "rules.0.destination.accessControlTranslation",
                GONE,
                (
                    "rule 'archive' of s3.BucketReplicationConfig 'it' leaves replicas to the source's account; the"
                    " archive's account must own them: set access_control_translation with owner Destination"
                ),
            ),
            Broken(
                "rules.0.filter.prefix",
                "some/",
                (
                    "rule 'archive' of s3.BucketReplicationConfig 'it' replicates only what its filter chooses"
                    " (prefix); everything is required: use an empty prefix, or set allowFilters of s3-replication"
                ),
            ),
        ],
        [("rules.0.filter", GONE)],
    ),
]
