import re

import pytest

from strongroom.config.retention import Retention
from strongroom.config.tiers import TIERS
from strongroom.facts import names

LONGEST = "e" * 16
REGION = "ap-southeast-2"
ACCOUNT = "1" * 12


@pytest.mark.parametrize(
    "bucket",
    [
        names.exports_bucket(LONGEST, ACCOUNT, REGION),
        names.archive_bucket(LONGEST, ACCOUNT, REGION),
        names.state_bucket(ACCOUNT, REGION),
    ],
)
def test_the_longest_environment_still_gives_a_bucket_name(bucket: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]", bucket)


@pytest.mark.parametrize("tier", TIERS)
def test_the_longest_environment_still_gives_a_vault_name(tier: str) -> None:
    lock = Retention().lock(TIERS[tier])
    vault = names.central_vault(LONGEST, tier, lock.min_days, lock.max_days)
    assert re.fullmatch(r"[0-9A-Za-z_-]{2,50}", vault)


@pytest.mark.parametrize(
    "role",
    [
        names.reader_role(LONGEST),
        names.provisioner_role(LONGEST),
        names.state_role(LONGEST),
        names.backup_role(LONGEST),
        names.replication_role(LONGEST),
    ],
)
def test_the_longest_environment_still_gives_a_role_name(role: str) -> None:
    assert re.fullmatch(r"[\w+=,.@-]{1,64}", role)


def test_other_bounds_are_another_vault() -> None:
    assert names.central_vault("prod", "daily", 35, 90) != names.central_vault("prod", "daily", 36, 90)
