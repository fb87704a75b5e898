"""What a number is about: the value that the subject rules of both languages return."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The subject of a number; offsets into the text."""

    text: str
    owner: str
    """The thing itself, without what is measured of it: what a later clause may leave out."""
    counted: str | None
    start: int
    end: int
    """The words that say it, together with the number: the evidence."""
    clause: tuple[int, int]
    """From the last mark before the number to the number: where its cues are looked for."""
    certain: bool = True
    counter: str = ""
    """The classifier, by which a later number finds what it counts."""
    kind: str = ""
    """Of which kind its number is; a sum is not of what a count was of."""
    bare: bool = False
    """Nothing in its sentence names it."""
    part: bool = False
    """It is a part of something counted before: a district, a class, one of a list."""
    investor: str = ""
    """Who puts in the money, where the sentence says so."""
