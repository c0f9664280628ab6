"""The part of an account that a role's policies are bound to."""

from dataclasses import dataclass

from strongroom.config.settings import CentralSettings, SourceSettings
from strongroom.documents.policy import Condition
from strongroom.facts import arns, names


@dataclass(frozen=True)
class Scope:
    """One environment's things in one account and region."""

    account: str
    region: str
    environment: str
    disposable: bool = False
    """Whether the pipeline may delete what holds data. Default: no."""

    @property
    def vault(self) -> str:
        """ARN of the local vault."""
        return arns.vault(self.region, self.account, names.local_vault(self.environment))

    @property
    def central_vaults(self) -> str:
        """Pattern of the ARNs of the environment's central vaults."""
        return arns.vault(self.region, self.account, f"{names.local_vault(self.environment)}-*")

    @property
    def landing_vaults(self) -> str:
        """Pattern of the ARNs of the vaults that the environment's recoveries land in."""
        return arns.vault(self.region, self.account, names.landing_vault(self.environment, "*"))

    @property
    def pointers(self) -> str:
        """Pattern of the ARNs of the parameters that say which table is the present one."""
        return self._arn("ssm", f"parameter{names.table_pointer(self.environment, '*')}")

    @property
    def plans(self) -> str:
        """Pattern of backup plans; AWS chooses their ids."""
        return self._arn("backup", "backup-plan:*")

    @property
    def points(self) -> list[str]:
        """Patterns of recovery points: AWS Backup's own, and DynamoDB's where advanced backup is off."""
        return [self._arn("backup", "recovery-point:*"), self._arn("dynamodb", "table/*/backup/*")]

    @property
    def keys(self) -> str:
        """Pattern of keys; AWS chooses their ids."""
        return self._arn("kms", "key/*")

    @property
    def aliases(self) -> str:
        """Pattern of the environment's key aliases."""
        return arns.alias(self.region, self.account, names.key_alias(self.environment, "*"))

    @property
    def topic(self) -> str:
        """ARN of the alarm topic."""
        return arns.topic(self.region, self.account, names.alarm_topic(self.environment))

    @property
    def rules(self) -> str:
        """Pattern of event rules."""
        return self._arn("events", f"rule/{names.watch(self.environment, '*')}")

    @property
    def alarms(self) -> str:
        """Pattern of alarms."""
        return self._arn("cloudwatch", f"alarm:{names.watch(self.environment, '*')}")

    @property
    def exports(self) -> str:
        """Name of the exports bucket."""
        return names.exports_bucket(self.environment, self.account, self.region)

    @property
    def archive(self) -> str:
        """Name of the archive bucket, when `account` is the backup account."""
        return names.archive_bucket(self.environment, self.account, self.region)

    @property
    def tagged(self) -> Condition:
        """Condition on a thing that carries the environment's tag."""
        return {"StringEquals": {f"aws:ResourceTag/{names.TAG_ENVIRONMENT}": self.environment}}

    @property
    def tagging(self) -> Condition:
        """Condition on a request that gives the environment's tag."""
        return {"StringEquals": {f"aws:RequestTag/{names.TAG_ENVIRONMENT}": self.environment}}

    @property
    def of_a_run(self) -> Condition:
        """Condition on a thing that a recovery of the environment made: it carries both tags."""
        return {**self.tagged, "Null": {f"aws:ResourceTag/{names.TAG_RUN}": "false"}}

    @property
    def for_a_run(self) -> Condition:
        """Condition on a request that gives both tags of a recovery."""
        return {**self.tagging, "Null": {f"aws:RequestTag/{names.TAG_RUN}": "false"}}

    def role(self, name: str) -> str:
        """ARN of a role of this account."""
        return arns.role(self.account, name)

    def via(self, service: str) -> Condition:
        """Condition that a service of this region asks KMS."""
        return {"StringEquals": {"kms:ViaService": f"{service}.{self.region}.amazonaws.com"}}

    def _arn(self, service: str, rest: str) -> str:
        return f"arn:{arns.PARTITION}:{service}:{self.region}:{self.account}:{rest}"


def own(settings: SourceSettings | CentralSettings) -> Scope:
    """Scope of a stack in its own account."""
    return Scope(settings.accounts.own, settings.region, settings.environment, settings.disposable)


def in_backup_account(settings: SourceSettings) -> Scope:
    """Scope of what belongs to a source in the backup account."""
    return Scope(settings.accounts.backup, settings.region, settings.environment, settings.disposable)
