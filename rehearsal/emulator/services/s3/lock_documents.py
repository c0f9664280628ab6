"""S3: what the documents and headers of Object Lock say, or that they say nothing."""

from datetime import datetime
from xml.etree.ElementTree import Element

from rehearsal.emulator import door
from rehearsal.emulator.rules import Refused
from rehearsal.emulator.services.s3.instants import parsed


def malformed() -> Refused:
    """Return the refusal of a document that is none."""
    return Refused("MalformedXML", door.s3._MALFORMED_XML)  # noqa: SLF001 - MiniStack's sentence


def root_of(body: bytes) -> Element:
    """Return a document.

    Raises:
        Refused: It is none.
    """
    try:
        return door.s3.fromstring(body)
    except SyntaxError:
        raise malformed() from None


def text_of(root: Element, tag: str) -> str:
    """Return the text of the first element of that name; "" when there is none."""
    found = next((one for one in root.iter() if one.tag.rpartition("}")[2] == tag), None)
    return (found.text or "").strip() if found is not None else ""


def date_of(text: str) -> datetime:
    """Return a date.

    Raises:
        Refused: It is none.
    """
    try:
        return parsed(text)
    except ValueError:
        raise Refused("InvalidArgument", "The retain until date must be provided in ISO 8601 format") from None
