"""Asks the person in front of the screen."""

import sys


def ask(question: str) -> str:
    """The answer to a question; empty where standard input is no terminal, because nobody can answer there."""
    if not sys.stdin.isatty():
        return ""
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline()
