"""Money that is put into something: whether a sum is an investment, its part, and who gives it."""

from domain.facts import backers_zh, invested_zh
from domain.facts.about import Subject
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity


def is_investment(page: Page, sentence: Sentence, quantity: Quantity, about: Subject) -> bool:
    """Return whether a sum is put into something, and not earned or made."""
    return invested_zh.is_investment(page, sentence, quantity, about)


def investment(
    page: Page, sentence: Sentence, quantity: Quantity, about: Subject
) -> dict[str, object]:
    """Return the attributes of an invested sum: the part it plays, and who puts it in."""
    role = invested_zh.role_of(page, sentence, quantity, about)
    paid = backers_zh.backers(page, sentence, quantity)
    return {"role": role, "investors": paid} if paid else {"role": role}
