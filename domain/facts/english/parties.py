"""Who an English phrase names: somebody who may get something, somebody who gives it."""

import re

from domain.facts.english.giving import BENEFIT
from domain.facts.english.phrases import head_of, shown
from domain.facts.english.tags import Word
from domain.facts.page import Page

RECIPIENT = re.compile(
    r"\b(?:compan|enterprise|firm|start-?up|business|sme|applicant|universit|institut|team|lab"
    r"|student|graduate|talent|engineer|expert|researcher|project|unit|supplier|operator|develop"
    r"|tenant|user|customer|consorti|manufactur|bidder|vendor|resident|person|people|household|parks?\b"
    r"|specialist|innovator|scientist|inventor|founder|entrepreneur|borrower|seller|teacher|scholar"
    r"|factor(?:y|ies)\b|headquarters|shop|school|clinic|organi[sz]ation|filer|entrant|finalist|phd"
    r"|postdoc|doctor|holder|maker|provider|lender|member|tester|farm|unicorn|giants?\b"
    r"|incubator|platform|ones\b|cent(?:er|re)|zone|part(?:y|ies)|newcomer|investor|master|professor|fellow|intern\b|interns\b|worker|staff|winner|insurer|entit"
    r"|foundr(?:y|ies)|gazelle|decacorn|drafter|producer|publisher|agenc|intermediar|broker|exporter|importer|alliance|association|societ|sponsor|organi[sz]er|exhibitor|driver|taxpayer|freelancer|creator|artist|author|practitioner|technician|professional|executive|manager|leader|champion|breeder|grower|integrator|consultan|auditor|assessor|lawyer|nurse|resident|citizen|famil|newcomer|returnee|apprentice|athlete|volunteer|coach|base\b|bases\b|buyer|carmaker|designer|lessee|lessor|bank\b|banks\b|landlord|hospital|school|employer|builder|unicorn|trainee|owner)",
    re.IGNORECASE,
)
GIVER = re.compile(
    r"(?:.*\b)?(?:city|district|zone|area|province|county|town|governments?|authorit(?:y|ies)|bureau"
    r"|commission|committee|administration|ministry|department|state|fund|plan|polic(?:y|ies)"
    r"|measures?|scheme|program(?:me)?|chengdu|sichuan|budget|bank)\Z",
    re.IGNORECASE,
)
FIRST = re.compile(r"\A(?:each|every|an?|the|any|no|one) |\s+(?:annually|yearly|each|once)\Z")


def party(
    page: Page, words: list[Word], found: tuple[int, int] | None, *, given: bool = False
) -> str:
    """The head of a phrase where it names somebody who may get something, else nothing.

    `given`: to whom a verb of giving gives, which may be a zone or a county.
    """
    if found is None:
        return ""
    found = (_kind_of(words, *found), found[1])
    head = shown(page.text, words, found[0], head_of(words, *found))
    if not RECIPIENT.search(head) or (GIVER.match(head) and not given):
        return ""
    who = shown(page.text, words, found[0], with_of(words, *found))
    who = who if "(" in who else who.rpartition(") ")[2]  # "(Corpora) Entities that"
    return FIRST.sub("", who)


_THING = re.compile(
    r"(?:.*\b)?(?:money|funds?|sums?|amounts?|applications?|grants?|awards?|projects? costs?|costs?"
    r"|contracts?|it|they|this|those|which|who|one|each|all|none|rest|total|rates?|ceilings?)\Z",
    re.IGNORECASE,
)


_KINDS = frozenset(("type", "kind", "group", "number", "category", "class", "sort", "majority"))


def _kind_of(words: list[Word], first: int, last: int) -> int:
    """ "A new type of | institution": where the words for somebody begin."""
    for at in range(first, min(last - 1, first + 5)):
        if words[at].text.rstrip("s") in _KINDS and words[at + 1].text == "of":
            return at + 2
    return first


def anybody(page: Page, words: list[Word], found: tuple[int, int] | None) -> str:
    """ "Leading drafters | receive": whoever gets something, unless it is money or a pronoun."""
    if found is None or not any(word.tag == "noun" for word in words[found[0] : found[1]]):
        return ""
    head = shown(page.text, words, found[0], head_of(words, *found))
    if not head or _THING.match(head) or BENEFIT.search(head):
        return ""
    return FIRST.sub("", shown(page.text, words, found[0], with_of(words, *found)))


def name_of(page: Page, words: list[Word], found: tuple[int, int] | None) -> str:
    """ "Tianhe | is entitled to": somebody who gets something is one also by a mere name."""
    if found is None:
        return ""
    head = _CAPITALS.search(shown(page.text, words, found[0], head_of(words, *found)))
    if head is None or GIVER.match(head[0]) or BENEFIT.search(head[0]):
        return ""
    return head[0]


_CAPITALS = re.compile(r"(?:[A-Z][\w&'.-]*\s)*[A-Z][\w&'-]*\Z")


def with_of(words: list[Word], first: int, last: int) -> int:
    """Where somebody's name ends: "buyers of domestic chips | with", "sellers | in the city"."""
    end = head_of(words, first, last)
    if end < last and words[end].text == "of":
        end += 1
        while end < last and words[end].tag in ("noun", "det", "and"):
            end += 1
    return end
