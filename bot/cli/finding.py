"""What one check of `pilotwatch doctor` found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; `advice` says what to do where it is not fine."""

    subject: str
    fine: bool
    words: str
    advice: str = ""
    fatal: bool = True
    """Not fine, and the bot could not run; otherwise it would run worse."""


def warning(subject: str, words: str, advice: str) -> Finding:
    """Say something that should be changed, and without which the bot runs all the same."""
    return Finding(subject, False, words, advice, fatal=False)
