"""Policy documents: when two mentions mean the same one."""

import unicodedata

# Every bracket that is seen around the year of a document number: 〔2020〕 [2020] (2020) 【2020】.
_BRACKETS = str.maketrans("〔[［(（【〕]］)）】", "〔〔〔〔〔〔〕〕〕〕〕〕")


def key(number: str | None, title: str) -> str:
    """Return what identifies a document: its number, or its title where it has none.

    Width, spaces and the shape of brackets do not count.
    """
    folded = unicodedata.normalize("NFKC", (number or title).translate(_BRACKETS))
    return "".join(folded.split()).translate(_BRACKETS).casefold()
