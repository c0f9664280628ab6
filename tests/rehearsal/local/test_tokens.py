import base64
import json
from datetime import UTC, datetime
from pathlib import Path

from rehearsal.local import tokens
from strongroom.config.accounts import Pipeline

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def decoded(part: str) -> dict[str, object]:
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def test_a_token_carries_the_claims_that_the_roles_trust() -> None:
    claims = tokens.claims(Pipeline(repository="example/strongroom"), "repo:example/strongroom:environment:prod", NOON)
    assert claims["sub"] == "repo:example/strongroom:environment:prod"
    assert claims["aud"] == "sts.amazonaws.com"
    assert claims["iss"] == "https://token.actions.githubusercontent.com"
    assert claims["iat"] == NOON.timestamp()


def test_a_token_is_three_parts_and_says_that_it_is_unsigned() -> None:
    head, body, signature = tokens.unsigned({"sub": "someone?>"}).split(".")
    assert decoded(head) == {"alg": "none", "typ": "JWT"}
    assert decoded(body) == {"sub": "someone?>"}
    assert signature == ""
    assert "=" not in head + body


def test_only_its_owner_reads_a_token(tmp_path: Path) -> None:
    tokens.write(tmp_path / "aws" / "prod.token", {"sub": "x"})
    assert (tmp_path / "aws" / "prod.token").stat().st_mode & 0o077 == 0
