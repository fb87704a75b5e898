"""The cases, read from their files, and their readings."""

import json
from functools import cache
from pathlib import Path

import msgspec

from domain.reading import read

HERE = Path(__file__).parent / "articles"


@cache
def cases():
    return tuple(json.loads(path.read_text("utf-8")) for path in sorted(HERE.glob("*.json")))


@cache
def reading_of(case_id):
    """The reading of a case as the JSON of the contract."""
    case = next(one for one in cases() if one["id"] == case_id)
    published = case["published"][:10] if case.get("published") else None
    reading = read(case["text"], title=case["title"], published=published)
    return json.loads(msgspec.json.encode(reading))
