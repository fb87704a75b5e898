"""Money that is put into something: whether a sum is an investment, its part, and who gives it."""

from domain.facts import invested_en, invested_zh
from domain.facts.about import Subject
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity


def is_investment(page: Page, sentence: Sentence, quantity: Quantity, about: Subject) -> bool:
    """Return whether a sum is put into something, and not earned or made."""
    if page.language == "zh":
        return invested_zh.is_investment(page, sentence, quantity, about)
    return invested_en.is_investment(page, quantity, about)


def investment(
    page: Page, sentence: Sentence, quantity: Quantity, about: Subject
) -> dict[str, object]:
    """Return the attributes of an invested sum: the part it plays, and who puts it in."""
    if page.language == "zh":
        role = invested_zh.role_of(page, sentence, quantity, about)
        paid = invested_zh.backers(page, sentence, quantity)
    else:
        role = invested_en.role_of(page, quantity, about)
        paid = [about.investor] if about.investor else []
        paid = paid or invested_en.backers(page, sentence, quantity, role)
    return {"role": role, "investors": paid} if paid else {"role": role}
