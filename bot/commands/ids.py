"""The ids that answers show and commands take: a12 an article, s12 a story, f12 a fact."""

import re
import unicodedata

import db.facts
import db.judgements
from db.engine import Session

_ID = re.compile(r"([asf])?\s?(\d{1,18})", re.ASCII)


def read(text: str) -> tuple[str, int] | None:
    """Return what kind of thing an id names ("s" where it does not say) and its number."""
    found = _ID.fullmatch(unicodedata.normalize("NFKC", text).strip().lower())
    return (found[1] or "s", int(found[2])) if found else None


async def story_of(session: Session, kind: str, number: int) -> int | None:
    """Return the story that an id leads to; None where there is none."""
    if kind == "s":
        return number
    if kind == "f":
        stated = await db.facts.get(session, number)
        if stated is None:
            return None
        number = stated.article.id
    judged = await db.judgements.get(session, number)
    return judged.story_id if judged else None
