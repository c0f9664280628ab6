"""The identity of a pipeline: its token, its AWS config file and the environment that it starts `pulumi` with."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime

from rehearsal.local import tokens
from rehearsal.local.parts import Parts
from rehearsal.local.place import Place
from strongroom.config import profiles
from strongroom.config.profiles import Mode
from strongroom.config.settings import Settings
from strongroom.documents.bootstrap import subjects
from strongroom.facts import names


def environment(place: Place, endpoint: str, settings: Settings, stack: str, mode: Mode) -> dict[str, str]:
    """Return what makes a process this pipeline, towards AWS and towards Pulumi's state; files are written for it.

    Args:
        place: where the files go.
        endpoint: of the local AWS.
        settings: of the stack.
        stack: stack name.
        mode: which of the stack's pipelines.
    """
    token = place.aws / f"{stack}-{mode}.token"
    config = place.aws / f"{stack}-{mode}.config"
    # Any of a mode's subjects will do: its roles let all of them in.
    subject = subjects.of(settings, mode)[0]
    tokens.write(token, tokens.claims(settings.pipeline, subject, datetime.now(UTC)))
    config.write_text(profiles.render(settings, mode, token), encoding="utf-8")
    bucket = names.state_bucket(settings.accounts.pipeline, settings.region)
    return {
        "AWS_CONFIG_FILE": str(config),
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_REGION": settings.region,
        "AWS_ENDPOINT_URL": endpoint,
        # The engine's AWS SDK takes the role of a profile before it reads the variable above, and reads this one then.
        "AWS_ENDPOINT_URL_STS": endpoint,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "127.0.0.1,localhost",
        "PULUMI_BACKEND_URL": f"s3://{bucket}/{settings.environment}?region={settings.region}&profile={names.STATE_PROFILE}",
        # A checkpoint is written after every resource; this makes it a tenth.
        "PULUMI_DIY_BACKEND_GZIP": "true",
        "PULUMI_HOME": str(place.pulumi_home),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_PYTHON_NO_REQUIRED_PACKAGES": "1",
    }


def engine_environment(place: Place, parts: Parts) -> Mapping[str, str]:
    """Return what else `pulumi` needs when nothing of the user's environment is handed down."""
    return {
        "HOME": str(place.pulumi_home),
        "PATH": os.pathsep.join((str(parts.engine), os.defpath)),
        "LANG": "C.UTF-8",
        # Without it the engine does not know --event-log.
        "PULUMI_DEBUG_COMMANDS": "true",
    }
