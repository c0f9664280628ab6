"""What keeps a check from judging. None of it ever counts as passed."""


class CheckingError(Exception):
    """Whatever keeps a check or an audit from judging; its text is one sentence."""


class SlowError(CheckingError):
    """A part of it that was not done in time, and was ended."""


class StateError(CheckingError):
    """No whole deployment of one stack."""


class ConfigurationError(CheckingError):
    """A pack configuration that a deployed stack cannot be judged by; its text is one line for each fault."""
