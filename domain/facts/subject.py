"""What a number is about, in the article's own words, and what it counts."""

from domain.facts import subjects_zh
from domain.facts.about import Subject
from domain.facts.english import subjects as subjects_en
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity


def subject(
    page: Page, sentence: Sentence, quantity: Quantity, floor: int, memory: Subject | None
) -> Subject | None:
    """Return the subject of a quantity, or None where nothing says what it is.

    `floor` is where the words may begin that belong to it (behind the number before it);
    `memory` is the subject of that number.
    """
    if page.language == "zh":
        return subjects_zh.subject(page, sentence, quantity, floor, memory)
    return subjects_en.subject(page, sentence, quantity, floor, memory)
