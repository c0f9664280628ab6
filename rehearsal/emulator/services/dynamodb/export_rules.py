"""What DynamoDB refuses of a request for an export."""

from datetime import timedelta
from typing import Final

from rehearsal.emulator import door
from rehearsal.emulator.rules import Refused, rule

_GUIDE: Final = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide"
_API: Final = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportTableToPointInTime.html"
_READ: Final = "2026-11-22"
_LEAST: Final = int(timedelta(minutes=15).total_seconds())
_MOST: Final = int(timedelta(hours=24).total_seconds())
CONCURRENT_EXPORTS: Final = 300


@rule(_API, read=_READ)
def refuse_to_export_an_absent_table(arn: str, *, exists: bool) -> None:
    """What is exported is a table of the account and region."""
    if not exists:
        raise Refused("TableNotFoundException", f"Table not found: {arn}")


@rule(_API, read=_READ)
def refuse_an_export_time_outside_the_window(instant: float, earliest: float, now: float) -> None:
    """An export is of a time for which there is a history, up to now."""
    if not earliest <= instant <= now:
        raise Refused(
            "InvalidExportTimeException",
            f"The specified ExportTime is outside of the point in time recovery window: {instant:.0f} is not between "
            f"{earliest:.0f} and {now:.0f}",
        )


@rule(f"{_GUIDE}/S3DataExport.HowItWorks.html", read=_READ)
def refuse_an_export_period_that_is_too_short_or_too_long(start: float, end: float) -> None:
    """An incremental export is of 15 minutes to 24 hours."""
    if not _LEAST <= end - start <= _MOST:
        raise Refused(
            "InvalidExportTimeException",
            "Difference between export period from time and export period to time must be between 15 minutes and 24 "
            f"hours, got {end - start:.0f} seconds",
        )


@rule(_API, read=_READ)
def refuse_members_of_the_other_export_type(asked: door.Record) -> None:
    """A full export has an ExportTime at most, an incremental one its IncrementalExportSpecification with a start."""
    specification: door.Record = asked.get("IncrementalExportSpecification") or {}
    if asked.get("ExportType", "FULL_EXPORT") == "FULL_EXPORT":
        fits = not specification
    else:
        fits = "ExportTime" not in asked and "ExportFromTime" in specification
    if not fits:
        raise Refused("ValidationException", "ExportTime and IncrementalExportSpecification do not fit the ExportType")


@rule(_API, read=_READ)
def refuse_a_key_without_its_algorithm(asked: door.Record) -> None:
    """A key goes with S3SseAlgorithm KMS."""
    if asked.get("S3SseKmsKeyId") and asked.get("S3SseAlgorithm") != "KMS":
        raise Refused("ValidationException", "S3SseKmsKeyId needs S3SseAlgorithm KMS")


@rule(_API, read=_READ)
def refuse_a_token_of_another_export(before: door.Record, asked: door.Record) -> None:
    """A ClientToken stands for one request for 8 hours."""
    if before != asked:
        raise Refused("ExportConflictException", "Duplicate request detected: the ClientToken is of another export")


@rule(f"{_GUIDE}/ServiceQuotas.html", read=_READ)
def refuse_more_exports_at_once(running: int) -> None:
    """An account has up to 300 exports under way in a region."""
    if running >= CONCURRENT_EXPORTS:
        raise Refused("LimitExceededException", f"There are {running} exports under way, {CONCURRENT_EXPORTS} can be")


@rule("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeExport.html", read=_READ)
def refuse_what_is_no_export(arn: str, *, is_export: bool, exists: bool) -> None:
    """What is described is an export of the last 90 days."""
    if not is_export:
        raise Refused("ValidationException", f"Invalid Export ARN: {arn}")
    if not exists:
        raise Refused("ExportNotFoundException", f"Export not found: {arn}")


def refuse_ion(format_name: str) -> None:
    """Refuse what AWS takes and this emulator does not write."""
    if format_name == "ION":
        raise Refused("ValidationException", "the local AWS exports DYNAMODB_JSON, not ION")
