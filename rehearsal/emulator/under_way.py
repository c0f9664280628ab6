"""Which requests are being answered, so that it is known who may still hold an entry of a store."""


class UnderWay:
    """Numbers requests as they begin, and forgets them as they end."""

    def __init__(self) -> None:
        self._numbers: set[int] = set()
        self.latest = 0
        """Number of the request that began last; 0 when none has."""

    def begin(self) -> int:
        """Return the number of a request that begins."""
        self.latest += 1
        self._numbers.add(self.latest)
        return self.latest

    def end(self, number: int) -> None:
        """Forget a request."""
        self._numbers.discard(number)

    def oldest_beside(self, number: int) -> int:
        """Return the lowest number under way beside `number`; one that no request has yet when there is none."""
        return min(self._numbers - {number}, default=self.latest + 1)

    def __bool__(self) -> bool:
        return bool(self._numbers)
