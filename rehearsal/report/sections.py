"""The findings of a rehearsal as JSON, for other programs."""

from datetime import datetime, timedelta

from rehearsal.report.findings import Attempt, RecoveryFinding, TableFinding, VaultFinding
from rehearsal.report.story import Story


def render(story: Story) -> dict[str, object]:
    """Return every section; one that no step told of is an empty list, or null."""
    found = story.found
    return {
        "moments": [{"at": _instant(one.at), "what": one.what} for one in found.moments],
        "losses": [
            {"environment": one.environment, "lostAccount": one.lost_account, "freshAccount": one.fresh_account}
            for one in found.losses
        ],
        "vaults": [_vault(one) for one in found.vaults],
        "tables": [_table(one, story) for one in found.tables],
        "recovery": _recovery(story.recovery) if story.recovery else None,
        "attempts": [_attempt(one, story) for one in found.attempts],
    }


def _vault(one: VaultFinding) -> dict[str, object]:
    return {
        "account": one.account,
        "name": one.name,
        "tier": one.tier,
        "points": one.points,
        "newest": _instant(one.newest),
        "locked": one.locked,
    }


def _table(one: TableFinding, story: Story) -> dict[str, object]:
    return {
        "table": one.table,
        "tier": one.tier,
        "pointCreated": _instant(one.point_created),
        "expectedItems": one.expected_items,
        "recoveredItems": one.recovered_items,
        "equal": one not in story.unequal,
        "rpoSeconds": _seconds(one.rpo),
    }


def _recovery(one: RecoveryFinding) -> dict[str, object]:
    return {
        "virtual": {"rtoSeconds": _seconds(one.virtual_rto), "durations": dict(one.durations)},
        "measured": {"operatorSeconds": round(one.operator_seconds, 1), "apiCalls": dict(one.api_calls)},
    }


def _attempt(one: Attempt, story: Story) -> dict[str, object]:
    return {
        "who": one.who,
        "action": one.action,
        "target": one.target,
        "mechanism": one.mechanism,
        "expectedCodes": list(one.expected_codes),
        "gotCode": one.got_code,
        "stopped": one not in story.unstopped,
    }


def _instant(when: datetime | None) -> str | None:
    return when.isoformat(timespec="seconds") if when else None


def _seconds(length: timedelta | None) -> int | None:
    return round(length.total_seconds()) if length is not None else None
