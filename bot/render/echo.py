"""What somebody typed, said back to him: never more of it than a glance takes."""

from bot.safe_text import cut, one_line

ECHO_LENGTH = 40


def echo(word: str) -> str:
    """Shorten a typed word: a message of 4,096 characters said back in ours would not fit it."""
    return cut(one_line(word), ECHO_LENGTH)
