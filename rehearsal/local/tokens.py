"""The identity tokens of a pipeline, as the emulator takes them: with the claims of a real one, and no signature.

The emulator judges subject, audience and issuer, and not the signature; so a rehearsal shows what the roles' trust lets
in, and nothing about the issuer's keys.
"""

import base64
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from strongroom.config.accounts import Pipeline

_LIFE: Final = timedelta(days=3650)
"""Longer than the virtual clock is ever turned in one rehearsal."""


def claims(pipeline: Pipeline, subject: str, now: datetime) -> dict[str, object]:
    """Return the claims of a token.

    Args:
        pipeline: names issuer, audience and repository.
        subject: who the pipeline is, such as repo:example/strongroom:environment:prod.
        now: when the token is issued.
    """
    return {
        "iss": pipeline.issuer,
        "aud": pipeline.audience,
        "sub": subject,
        "repository": pipeline.repository,
        "iat": int(now.timestamp()),
        "exp": int((now + _LIFE).timestamp()),
    }


def unsigned(content: Mapping[str, object]) -> str:
    """Return a JSON Web Token without a signature (RFC 7519, section 6)."""
    return ".".join((_part({"alg": "none", "typ": "JWT"}), _part(content), ""))


def write(file: Path, content: Mapping[str, object]) -> None:
    """Write a token that only its owner may read."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(unsigned(content), encoding="ascii")


def _part(content: Mapping[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()
