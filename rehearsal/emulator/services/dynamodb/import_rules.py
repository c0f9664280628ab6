"""What DynamoDB refuses of a request for an import."""

import re
from typing import Final

from rehearsal.emulator import door
from rehearsal.emulator.rules import Refused, rule

_GUIDE: Final = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide"
_API: Final = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ImportTable.html"
_READ: Final = "2026-11-22"
_DELIMITER: Final = re.compile(r"[,;:|\t ]")
CONCURRENT_IMPORTS: Final = 50
OBJECTS: Final = 50_000


@rule(f"{_GUIDE}/S3DataImport.HowItWorks.html", read=_READ)
def refuse_local_indexes(asked: door.Record) -> None:
    """An imported table has no local secondary indexes."""
    if asked.get("LocalSecondaryIndexes"):
        raise Refused("ValidationException", "LocalSecondaryIndexes are not supported for an import")


@rule("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CsvOptions.html", read=_READ)
def refuse_options_that_are_no_csv(asked: door.Record) -> None:
    """CSV is delimited by a comma, tab, colon, semicolon, pipe or space, and no two columns have one name."""
    options: door.Record = asked.get("InputFormatOptions", {}).get("Csv", {})
    header: list[str] = options.get("HeaderList", [])
    if len(set(header)) < len(header) or not _DELIMITER.fullmatch(options.get("Delimiter", ",")):
        raise Refused("ValidationException", "1 validation error detected at 'inputFormatOptions.csv'")


@rule(_API, read=_READ)
def refuse_a_token_of_another_import(before: door.Record, asked: door.Record) -> None:
    """A ClientToken stands for one request for 8 hours."""
    if before != asked:
        raise Refused("ImportConflictException", "The ClientToken is of another import")


@rule(f"{_GUIDE}/ServiceQuotas.html", read=_READ)
def refuse_more_imports_at_once(running: int) -> None:
    """An account has up to 50 imports under way in a region."""
    if running >= CONCURRENT_IMPORTS:
        raise Refused("LimitExceededException", f"There are {running} imports under way, {CONCURRENT_IMPORTS} can be")


@rule("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeImport.html", read=_READ)
def refuse_an_absent_import(arn: str, *, exists: bool) -> None:
    """What is described is an import of the last 90 days."""
    if not exists:
        raise Refused("ImportNotFoundException", f"Import not found: {arn}")


@rule(f"{_GUIDE}/ServiceQuotas.html", read=_READ)
def refuse_a_source_of_nothing_or_too_much(prefix: str, objects: int) -> None:
    """An import ends FAILED when its source has no object, or more than 50,000."""
    if not objects:
        raise Refused("S3NoSuchKey", f"No objects were found under {prefix}")
    if objects > OBJECTS:
        raise Refused("S3TooManyObjects", f"{objects} objects were found under {prefix}, {OBJECTS} can be imported")


@rule(f"{_GUIDE}/S3DataImport.Validation.html", read=_READ)
def refuse_items_that_are_none(errors: int) -> None:
    """An import with items that are not valid ends FAILED; it has imported the others, and the table stays."""
    if errors:
        raise Refused(
            "ItemValidationError",
            "Some of the items failed validation checks and were not imported. Please check CloudWatch error logs for "
            "more details.",
        )


def refuse_what_is_not_read_here(asked: door.Record) -> None:
    """Refuse what AWS takes and this emulator does not read."""
    if asked["InputFormat"] == "ION" or asked.get("InputCompressionType") == "ZSTD":
        raise Refused("ValidationException", "the local AWS imports DYNAMODB_JSON and CSV, plain or GZIP")
