"""Telegram counts text in UTF-16 code units: an emoji is two."""


def units(text: str) -> int:
    """The length of `text` in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def index_at(text: str, offset: int) -> int:
    """The index of the character that begins `offset` UTF-16 units into `text`.

    An offset inside a surrogate pair counts as the end of that character; one beyond the end of
    the text is its length.
    """
    passed = 0
    for index, character in enumerate(text):
        if passed >= offset:
            return index
        passed += 2 if character > "\uffff" else 1
    return len(text)
