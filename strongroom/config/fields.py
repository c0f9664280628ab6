"""Values that settings are made of: each type refuses what cannot exist, in one sentence."""

import re
from collections.abc import Callable
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, StrictStr
from pydantic.alias_generators import to_camel


class Section(BaseModel):
    """A part of the settings: camelCase in the stack file, unknown keys refused, never changed once read."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, validate_by_name=True)


def _text(pattern: str, allowed: str) -> Callable[[str], str]:
    form: Final = re.compile(pattern)

    def check(got: str) -> str:
        if not form.fullmatch(got):
            raise ValueError(f"must be {allowed}, got {got!r}")
        return got

    return check


AccountId = Annotated[StrictStr, AfterValidator(_text(r"\d{12}", "an account id of twelve digits in quotes"))]
Region = Annotated[StrictStr, AfterValidator(_text(r"[a-z]{2}(-[a-z]+)+-\d", "a region such as eu-west-2"))]
Environment = Annotated[
    StrictStr,
    # Sixteen, because an archive bucket's name holds it beside an account id and a region, and ends at 63 characters.
    AfterValidator(_text(r"[a-z][a-z0-9-]{0,15}", "1 to 16 of a-z, 0-9 and '-', beginning with a letter")),
]
OrganizationId = Annotated[
    StrictStr, AfterValidator(_text(r"o-[a-z0-9]{10,32}", "an organization id such as o-exampleorg1"))
]
OrganizationPath = Annotated[
    StrictStr,
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html, read 2026-11-22.
    AfterValidator(
        _text(
            r"o-[a-z0-9]{10,32}/r-[a-z0-9]{4,32}/(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}/)*",
            "an organization path that ends in '/', such as o-exampleorg1/r-exam/ou-exam-sources1/",
        )
    ),
]
TableName = Annotated[
    StrictStr,
    # https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html, read 2026-11-22.
    AfterValidator(_text(r"[A-Za-z0-9_.-]{3,255}", "3 to 255 of letters, digits, '_', '.' and '-'")),
]
AttributeName = Annotated[StrictStr, AfterValidator(_text(r"(?s).{1,255}", "1 to 255 characters"))]
KeyArn = Annotated[
    StrictStr,
    AfterValidator(_text(r"arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key/[A-Za-z0-9-]+", "the ARN of a KMS key")),
]
Email = Annotated[StrictStr, AfterValidator(_text(r"[^@\s]+@[^@\s]+\.[^@\s]+", "an e-mail address"))]
Repository = Annotated[StrictStr, AfterValidator(_text(r"[\w.-]+/[\w.-]+", "owner/name of a repository"))]
HttpsUrl = Annotated[StrictStr, AfterValidator(_text(r"https://[^\s?#]+", "an https:// address"))]
