"""What an item must not look like: whoever compares items may not guess what one was meant to be."""


class MalformedItemError(ValueError):
    """Something that DynamoDB does not send; the text says where in the item, what it is and what it may be."""

    def __init__(self, sentence: str, where: tuple[str, ...] = ()) -> None:
        super().__init__(f"{'.'.join(where)}: {sentence}" if where else sentence)
        self._sentence = sentence
        self._where = where

    def inside(self, name: str) -> "MalformedItemError":
        """Return the same fault, told from one level further out."""
        return MalformedItemError(self._sentence, (name, *self._where))


_LONGEST = 60


def shown(held: object) -> str:
    """Return what was found, cut so that an error sentence stays one."""
    text = repr(held)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
