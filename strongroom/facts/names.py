"""Physical names that another account or stack must be able to spell out, built here and nowhere else.

Nothing here asks AWS or Pulumi: a stack that is gone does not take the names of its things with it.
"""

from typing import Final

ROLE_PREVIEW: Final = "strongroom-preview"
ROLE_DEPLOY: Final = "strongroom-deploy"
ROLE_OPERATE: Final = "strongroom-operate"
ROLE_RECOVER: Final = "strongroom-recover"
ROLE_RECOVERY_SERVICE: Final = "strongroom-recovery-service"
"""Role of AWS Backup that copies out and restores in a disaster; bootstrap makes it, so that it is there before."""
BOUNDARY: Final = "strongroom-boundary"
"""Managed policy that bounds every role of this program in an account."""
BOOTSTRAP_STACK: Final = "strongroom-bootstrap"
"""CloudFormation stack of an account's day-one template."""
STATE_KEY_ALIAS: Final = "alias/strongroom/state"
"""Alias of the key under which Pulumi's secrets lie, in the pipeline account."""
STATE_PROFILE: Final = "strongroom-state"
"""AWS profile of the state bucket and its key."""

TAG_DATA_CLASS: Final = "strongroom:data-class"
TAG_ENVIRONMENT: Final = "strongroom:environment"
TAG_RUN: Final = "strongroom:run"
"""Tag of whatever a recovery makes for itself: the run's id."""
METRICS_NAMESPACE: Final = "Strongroom"
"""CloudWatch namespace of this program's own measurements."""


def profile(environment: str) -> str:
    """AWS profile of the account that `environment` lives in."""
    return f"strongroom-{environment}"


def reader_role(environment: str) -> str:
    """Role in the backup account with which a source looks at its central side, and changes nothing."""
    return f"strongroom-reader-{environment}"


def provisioner_role(environment: str) -> str:
    """Role in the backup account that makes a source's archive, and nothing else (single-pipeline mode)."""
    return f"strongroom-provisioner-{environment}"


def state_role(environment: str) -> str:
    """Role in the pipeline account that may read and write one environment's Pulumi state."""
    return f"strongroom-state-{environment}"


def backup_role(environment: str) -> str:
    """Role of AWS Backup in a source account; central vaults let in this name."""
    return f"strongroom-backup-{environment}"


def replication_role(environment: str) -> str:
    """Role of S3 replication in a source account; the archive's policies let in this name."""
    return f"strongroom-replication-{environment}"


def local_vault(environment: str) -> str:
    """Vault in the source account."""
    return f"strongroom-{environment}"


def landing_vault(environment: str, run: str) -> str:
    """Vault in a fresh account that a recovery's copies land in; run is the recovery's id."""
    return f"strongroom-{environment}-landing-{run}"


def backup_plan(environment: str, data_class: str) -> str:
    """Backup plan of one data class in a source account; its selection has the same name."""
    return f"strongroom-{environment}-{data_class}"


def central_vault(source: str, tier: str, min_days: int, max_days: int) -> str:
    """Vault in the backup account for one source and tier.

    The bounds are part of the name because a lock's bounds cannot be changed once it is armed: other bounds are
    another vault, and the old one keeps what it holds.
    """
    return f"strongroom-{source}-{tier}-{min_days}-{max_days}"


def exports_bucket(environment: str, account: str, region: str) -> str:
    """Bucket in the source account that table exports and the settings manifest are written to."""
    return f"strongroom-{environment}-exports-{account}-{region}"


def archive_bucket(environment: str, backup_account: str, region: str) -> str:
    """Locked bucket in the backup account that the exports bucket replicates to."""
    return f"strongroom-{environment}-archive-{backup_account}-{region}"


def state_bucket(pipeline_account: str, region: str) -> str:
    """Bucket in the pipeline account that holds every stack's Pulumi state, one prefix a stack."""
    return f"strongroom-state-{pipeline_account}-{region}"


def key_alias(environment: str, purpose: str) -> str:
    """Alias of a key: purpose is vault, exports, archive, alarms or the name of a tier."""
    return f"alias/strongroom/{environment}/{purpose}"


def alarm_topic(environment: str) -> str:
    """Topic that a stack's alarms are sent to."""
    return f"strongroom-{environment}-alarms"


def watch(environment: str, purpose: str) -> str:
    """Event rule or alarm of a stack; pipelines may touch those of their own environment alone."""
    return f"strongroom-{environment}-{purpose}"


def manifest_key(environment: str) -> str:
    """Object in the exports bucket that holds the settings manifest."""
    return f"manifest/{environment}/settings.json"


def table_pointer(environment: str, table: str) -> str:
    """Parameter that holds the present physical name of a table, for programs that are moved to a restored one."""
    return f"/strongroom/{environment}/tables/{table}"
