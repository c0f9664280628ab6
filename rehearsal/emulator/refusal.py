"""How the control path says no."""


class ControlRefusedError(Exception):
    """A call of the control path that cannot be answered.

    Args:
        status: HTTP status.
        sentence: What was wrong, what was got, what is allowed.
    """

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
