"""The environment of whoever runs the program against the local AWS."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from rehearsal.local.tokens import claims, unsigned
from strongroom.config.profiles import Mode, render
from strongroom.config.settings import Settings
from strongroom.documents.bootstrap import subjects
from tests.emulator_process import Emulator

_FOREIGN: Final = ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_ACCESS_KEY_ID")


def administrator(monkeypatch: pytest.MonkeyPatch, aws: Emulator, account: str) -> None:
    """Put the keys of an account's administrator at hand."""
    _plain(monkeypatch, aws)
    keys = aws.administrator_of(account)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", keys.access_key_id)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", keys.secret_access_key)
    if keys.session_token:
        monkeypatch.setenv("AWS_SESSION_TOKEN", keys.session_token)


@dataclass(frozen=True)
class Run:
    """One run of a stack's pipeline."""

    settings: Settings
    mode: Mode
    subject: str | None = None
    """Who its token says it is. Default: who the pipeline is."""


def pipeline(monkeypatch: pytest.MonkeyPatch, aws: Emulator, ran: Run, folder: Path) -> None:
    """Put a pipeline's config file and identity token at hand; both are written in `folder`."""
    _plain(monkeypatch, aws)
    token, config = folder / "token", folder / "config"
    who = ran.subject or subjects.of(ran.settings, ran.mode)[0]
    token.write_text(unsigned(claims(ran.settings.pipeline, who, datetime.now(UTC))))
    config.write_text(render(ran.settings, ran.mode, token))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))


def _plain(monkeypatch: pytest.MonkeyPatch, aws: Emulator) -> None:
    for name in _FOREIGN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ENDPOINT_URL", aws.endpoint)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, "/dev/null")
