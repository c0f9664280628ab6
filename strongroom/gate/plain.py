"""Text of others made fit to be shown: one line, nothing that a terminal, a log or a page takes for a command."""

from typing import Final

LONGEST: Final = 400
"""Characters of one shown name; a longer one says nothing more to a person."""


def plain(text: str, longest: int | None = LONGEST) -> str:
    """The text with everything escaped that does not print, cut where it is endless.

    A workflow's log takes lines that begin with '::' for commands, a terminal takes escape sequences.

    Args:
        text: Of somebody else.
        longest: Characters after which it is cut; None does not cut.
    """
    shown = "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)
    return shown if longest is None or len(shown) <= longest else f"{shown[:longest]}..."
