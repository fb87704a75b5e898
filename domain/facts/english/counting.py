"""What a bare English number counts: the noun behind it, its label, what was named before."""

import re

from domain.facts.english.comparators import comparator_of
from domain.facts.english.verbs import verbs
from domain.facts.numerals import english
from domain.facts.quantity import QuantityKind
from domain.facts.rules import rules, words

_NOUN_WORD = re.compile(
    r"[\s-]?(?P<word>\d{1,3}-[a-z]{2,12}\b|[A-Za-z][A-Za-z'\-/]{0,30}|\"|'|\d{1,3}G\b)"
)


_STOP = words("en", "ends_a_noun")


_PLURAL = re.compile(
    r"(?:[a-z]{2,}(?<!s)s|people|staff|personnel|media|men|women|children|data|alumni|criteria)\Z",
    re.IGNORECASE,
)


_NOT_PLURAL = words("en", "not_plural")


_NOT_COUNTED = words("en", "never_counted")


_OUGHT = re.compile(
    (
        r"(?:\b(?:another|additional|further|new|build|open|create|establish|develop"
        r"|train|cultivate|add|to|total|least|than|over|about|some|nearly"
        r"|around|up)\s)\Z"
    ),
    re.IGNORECASE,
)


_BARE_BEFORE = re.compile(
    (
        r"(?:team|staff|crew|workforce|batch|group|round|set|lot|total) of "
        r"(?:about |around |some |over |more than )?\Z"
        r"|(?:grew|grown|rose|risen|increased|fell|fallen|climbed|dropped|declined) by \Z"
        r"|(?:another|a further|an additional|(?:increase|rise|gain|decline|decrease|drop) of) \Z"
        r"|\b(?:(?:to|at|reach(?:ed|es|ing)?|total(?:s|l?ed|l?ing)?|number(?:s|ed|ing)?|now|was|were"
        r"|is|are|be|hit|hits|pass(?:es|ed)?|top(?:s|ped)?|exceed(?:s|ed)?|surpass(?:es|ed)?|past"
        r"|(?:sales|shipments|orders|deliveries|output|production) of"
        r"|pencil(?:s|l?ed)? in|averag(?:es|ed)|count(?:s|ed)|hosted|housed|registered"
        r"|recorded|had|has|have|account(?:s|ed) for)\s(?:a total of\s)?"
        r"|(?:at present|currently|so far|at the moment|right now)\s"
        r"(?:we (?:have|are|count)\s)?(?:about |some |around )?"
        r"|of (?:which|whom|these|them|those),?\s|including\s|with\s|remaining\s)\Z"
    ),
    re.IGNORECASE,
)


_BARE_AFTER = re.compile(
    (
        r"\s(?:(?:more|fewer) than\b|to \d|of (?:them|these|those|which|whom)\b|(?:more )?(?:exceed"
        r"|have|had|were|are|with|from|in|at|already|by|will|shall|should|before|after|this|last"
        r"|within|over|during|through|next|or so)\b|each\b|today\b|now\b|as (?:of|at)\b"
        r"|(?:between|until) (?:19|20)\d\d\b|(?:and|but|of) )|\s?(?:[.,;)]|\Z)"
    ),
    re.IGNORECASE,
)


_OF_THEM = re.compile(r"\b[Oo]f (?:the |these |those )?(?:more than |some |about )?\d[\d,]* [a-z]")


LARGE_YEAR = re.compile(r"(?:19|20)\d\d\Z")


def trimmed(folded: str, start: int, end: int) -> int:
    """Return the end without the blanks and hyphens before it."""
    while end > start and folded[end - 1] in " -\n":
        end -= 1
    return end


_MADE_OF = re.compile(r"-(?!plus|odd|some|strong)[a-z]+\s")
"""12-inch fabs, 300-bed hospitals: what a thing is like, not how many there are."""


_Counted = tuple[QuantityKind | None, str, int, str]


_NOT_A_COUNT: _Counted = (None, "", 0, "")


def counted_of(folded: str, match: re.Match[str]) -> _Counted:
    """Tell what a bare number counts, or that it counts nothing."""
    number, scale = match["number"], match["scale"]
    if not scale and not match["plus"] and LARGE_YEAR.match(number) and "," not in number:
        return _NOT_A_COUNT
    if not scale and folded[match.end("number") : match.end("number") + 1].isalpha():
        return _NOT_A_COUNT  # 5G, 4K
    if match["number"][-1:].isdigit() and _MADE_OF.match(folded, match.end("number")):
        return _NOT_A_COUNT
    behind = trimmed(folded, match.start(), match.end())
    end, noun = _noun(folded, behind)
    small = not number[0].isdigit() and not scale and english(number) <= 10
    before = folded[max(0, match.start() - 24) : match.start()]
    if noun and noun.split()[-1].lower() not in _NOT_COUNTED:
        ought = _OUGHT.search(before) or "more " in noun[:5] or "new " in noun[:4]
        if small and not (ought or _is_few(number.lower(), noun, before)):
            return _NOT_A_COUNT
        return "count", "count", end, noun
    if noun:
        return _NOT_A_COUNT
    label = _label(folded, match.start(), behind)
    if label:
        return "count", "count", behind, label
    return _without_noun(folded, match, behind)


def _without_noun(folded: str, match: re.Match[str], behind: int) -> _Counted:
    """A number with no noun right behind it: of some of them, a label's, or one alone."""
    number, scale = match["number"], (match["scale"] or "").lower()
    before = folded[max(0, match.start() - 24) : match.start()]
    alone = number.lower() in ("one", "a") or ("." in number and not scale)
    of_them = _OF_SOME.match(folded, behind)
    if of_them and not alone:
        return "count", "count", behind, of_them["noun"]
    if scale in ("million", "billion", "trillion", "bn", "mn") and not _COUNT_OF.search(
        folded, max(0, match.start() - 48), match.start()
    ):
        return _NOT_A_COUNT
    titled = _TITLED.match(folded, behind)
    end, noun = _noun(folded, titled.end() - 1) if titled else (behind, "")
    if noun:
        return "count", "count", end, noun
    if alone:
        return _NOT_A_COUNT
    at = comparator_of(folded, match, "count")[1]
    counts = _bare(folded, match, at, behind, before)
    return ("count", "count", behind, "") if counts else _NOT_A_COUNT


def _bare(folded: str, match: re.Match[str], at: int, behind: int, before: str) -> bool:
    """Whether a number without a noun stands for things; `at` is where its comparator begins."""
    return (
        _stands_for_things(folded, match.start(), behind, before)
        or _stands_for_things(folded, at, behind, folded[max(0, at - 24) : at])
        or _acts(folded, at, behind)
    )


_COUNT_OF = re.compile(
    r"\b(?:number|calls|users|count|population|consumption|visits|downloads|views|requests|tokens)\b"
)


_TITLED = re.compile(r":\s(?=[A-Za-z])")
"""1,502: AI companies in the city."""


_OF_SOME = re.compile(
    r"\sof (?:(?:the|its|their|those|these|all|our)\s(?:[A-Za-z]{2,20}'s\s)?(?:\d[\d,]{0,12}\s)?"
    r"(?:(?:three|four|five|six|seven|eight|nine|ten|twelve|twenty)\s)?"
    r"|[A-Z][a-z]{2,20}'s\s(?:\d[\d,]{0,12}\s)?|\d[\d,]{0,12}\s)"
    r"(?P<noun>(?:[a-z][\w-]*\s|AI\s){0,3}?[a-z][a-z-]{2,}s)\b"
)


_OPENS = re.compile(r"(?:\A|[,;.!?:\n]\s?|\b(?:and|but|only|just|while|that) )\Z")


_STILL_THERE = re.compile(r"\s(?:no longer|still|already|or so\b|have|had|were|are|was)\b")


def _acts(folded: str, start: int, behind: int) -> bool:
    """ "Of the 412 opened, 268 found a supplier": a number that acts stands for things."""
    if not _OPENS.search(folded, max(0, start - 8), start):
        return False
    if _STILL_THERE.match(folded, behind):
        return True
    following = _NEXT_WORD.match(folded, behind)
    verb = verbs().get(following["word"].lower()) if following else None
    if following is None or verb is None or "past" not in verb.forms:
        return False
    return not verb.nominal or following["word"].endswith("ed")


_NEXT_WORD = re.compile(r"\s(?P<word>[a-z]{3,})\b")


def _is_few(number: str, noun: str, before: str) -> bool:
    """Whether a small number in words counts things: "links nine centers", not "two sides"."""
    if number in ("one", "a", "zero"):
        return False
    if number == "two" and _is_run(before):
        return True
    return _is_telling(noun, before) or (number != "two" and not _KNOWN.search(before))


def _is_run(before: str) -> bool:
    """ "Operates | two centres": what somebody runs, owns, builds."""
    found = _LAST_WORD.search(before)
    verb = verbs().get(found["word"].lower()) if found else None
    return verb is not None and verb.lemma in _RUNNING


_LAST_WORD = re.compile(r"\b(?P<word>[A-Za-z]+)\s\Z")
_RUNNING = frozenset(
    ["operate", "run", "own", "open", "build", "launch", "acquire", "establish", "set", "buy"]
)


_TELLING = ("enterprises", "institutions", "models", "patents", "projects", "scenarios")


_KNOWN = re.compile(
    r"\b(?:the|these|those|its|their|our|all|both|first|last|other|following|any|every|of|for"
    r"|per|than|or|no|another)\s\Z",
    re.IGNORECASE,
)


def _is_telling(noun: str, before: str) -> bool:
    """A small number in words counts where its noun is one of those that are followed."""
    hit = rules("indicators", "en").last(noun, 0, len(noun))
    return bool(hit and hit.rule.meaning in _TELLING) and not _KNOWN.search(before)


_LABEL = re.compile(
    r"(?:^\W{0,4}|(?<=[.!?]\s))"
    r"(?P<label>(?:[A-Z]"
    r"|(?<=[-*•] )[a-z])[^:\n]{1,70}?)(?:\s\([^()\n]{1,20}\))?:\s(?:[a-z]+\.? ){0,3}\Z",
    re.MULTILINE,
)


_LINE_ENDS = re.compile(
    r"\s{0,3}(?:\.?\s{0,3}(?:\n|\Z)|\([^()\n]{1,60}\)|[;,] )"
    r"|\s(?:as (?:of|at)|at|by|in|on|from|since|today|now|already|up|down|so far|and)\b"
)


def _label(folded: str, start: int, behind: int) -> str:
    """ "Students: 64,000": the label of the line is what is counted."""
    line = folded.rfind("\n", max(0, start - 100), start) + 1
    found = _LABEL.search(folded[line:start]) if line or start < 100 else None
    if not found or not _LINE_ENDS.match(folded, behind):
        return ""
    label = re.sub(r"\A(?:(?:Total )?[Nn]umber of|Total)\s", "", found["label"])
    opened = label.count("(") > label.count(")")
    return "" if opened or _NOT_LABELLED.search(label) else label


_NOT_LABELLED = re.compile(
    r"\b(?:tel|telephone|phone|hotline|fax|contact|post ?code|zip|ref(?:erence)?|no|code|views"
    r"|reads|page|article|source|version|date|time|year|step|issue|room|index)\b",
    re.IGNORECASE,
)


def _stands_for_things(folded: str, start: int, behind: int, before: str) -> bool:
    """A bare number that counts what was named before: "to eight", "200 of them", "37 were"."""
    ahead = folded[behind : behind + 14]
    if _BARE_BEFORE.search(before) and _BARE_AFTER.match(folded, behind):
        return True
    if before.endswith(", ") and re.match(r"\s(?:more|fewer) than\b", ahead):
        return True
    named = before.endswith(", ") and _OF_THEM.search(folded, max(0, start - 60), start)
    if named and re.match(r"\s(?:were|was|have|had|are)\b", ahead):
        return True
    return bool(re.match(r"\s?of (?:them|these|those|which|whom|you|us)\b", ahead))


def _noun(folded: str, at: int) -> tuple[int, str]:
    """The noun phrase behind a number: up to the first plural that nothing nominal follows."""
    words: list[str] = []
    start = at
    plural = (at, 0)
    while len(words) < 7:
        found = _NOUN_WORD.match(folded, at)
        joined = words and not plural[1] and _COORDINATED.match(folded, at)
        if joined:
            words, at = [*words, joined["word"]], joined.end("word")
            continue
        if not found or found["word"].lower() in _STOP or "\n" in found.group():
            break
        if plural[1] and found["word"].endswith(("ed", "ly")):
            break
        if not words and _VERB_LIKE.fullmatch(found["word"]):
            break
        words.append(found["word"])
        at = found.end()
        if _is_plural(found["word"]):
            if plural[1] and _VERB_LIKE.match(found["word"]):
                break
            plural = (at, len(words))
    if not plural[1]:
        return start, ""
    return plural[0], folded[start : plural[0]].strip(" -\"'")


_COORDINATED = re.compile(
    r"(?:,\s(?:[a-z][a-z-]{2,20})\s|,?\s)(?:and|&|or)\s(?P<word>[A-Za-z][A-Za-z-]{1,24})"
    r"(?=\s(?:[a-z][a-z-]{1,20}\s){0,2}?[a-z]{3,}s\b)(?<!s)"
)
""" "61,000 small | and micro | businesses": two words before one noun."""
_VERB_LIKE = re.compile(
    r"(?:goes|covers|serves|includes|makes|offers|works|says|shows|runs|plans|hopes|aims|needs"
    r"|means|comes|takes|gets|remains|uses|spans)\Z"
)


def _is_plural(word: str) -> bool:
    last = word.rsplit("-", 1)[-1]
    return bool(_PLURAL.match(last)) and last.lower() not in _NOT_PLURAL
