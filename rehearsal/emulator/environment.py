"""What the emulator's process may know of its surroundings: nothing of AWS, and where it listens."""

import os
from collections.abc import MutableMapping

_SCRUBBED = ("AWS_", "MINISTACK_", "LOCALSTACK_", "SERVICES", "USE_SSL", "S3_", "PERSIST_STATE", "STATE_DIR")

_SERVED = (
    "account,backup,cloudformation,cognito-idp,dynamodb,dynamodbstreams,events,iam,kms,logs,monitoring,organizations,s3,"
    "scheduler,secretsmanager,sns,sqs,ssm,states,sts,tagging"
)
"""What a rehearsal may call; to any other service MiniStack says that it is unsupported."""


def prepare(port: int, environment: MutableMapping[str, str] = os.environ) -> None:
    """Set MiniStack's switches, which it reads when it is imported.

    A key in AWS_ACCESS_KEY_ID would be a root credential of MiniStack's, so every AWS_* variable goes.

    Args:
        port: The port that serves; it stands in addresses that services hand out.
        environment: What to change. Default: this process's own.
    """
    for name in [name for name in environment if name.startswith(_SCRUBBED)]:
        del environment[name]
    environment.update(
        AUTH="true",
        SERVICES=_SERVED,
        GATEWAY_PORT=str(port),
        BIND_HOST="127.0.0.1",
        PERSIST_STATE="0",
        S3_PERSIST="0",
        IOT_MTLS_ENABLED="0",
        SFTP_ENABLED="0",
        DOCKER_HOST="unix:///nonexistent",
        LOG_LEVEL="ERROR",
    )
