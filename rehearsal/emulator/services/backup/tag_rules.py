"""What AWS Backup refuses in tags, when a resource is made and later."""

from typing import Final

from rehearsal.emulator.rules import Refused, rule

_RULES: Final = "https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html"
_READ: Final = "2026-11-22"
_MOST: Final = 50


@rule(_RULES, read=_READ)
def refuse_a_reserved_tag(key: str) -> None:
    """Nobody but AWS sets tags that begin with aws:."""
    if key.lower().startswith("aws:"):
        raise Refused("InvalidParameterValueException", f"Tag keys that begin with aws: are reserved, got {key}.")


@rule(_RULES, read=_READ)
def refuse_more_tags_than_a_resource_takes(tags: int) -> None:
    """A resource has at most 50 tags."""
    if tags > _MOST:
        raise Refused("LimitExceededException", f"A resource has at most {_MOST} tags, got {tags}.")


def check(tags: dict[str, str]) -> None:
    """Refuse tags that no resource can have.

    Raises:
        Refused: one is reserved, or they are too many.
    """
    for key in tags:
        refuse_a_reserved_tag(key)
    refuse_more_tags_than_a_resource_takes(len(tags))
