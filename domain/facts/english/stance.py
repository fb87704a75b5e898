"""How real a number is by the verb of its clause: done, under way, planned, aimed at, estimated."""

from domain.facts.english.attached import attached_to, complement_of
from domain.facts.english.phrases import and_to, chain, verb_before
from domain.facts.english.tags import Word
from domain.facts.fact import Status
from domain.facts.rules import words as listed

_AIMING = listed("en", "aiming_verbs")
_PLANNING = listed("en", "planning_verbs")
_GUESSING = listed("en", "guessing_verbs")
_BUILDING = listed("en", "building_verbs")
_AIMS = listed("en", "aiming_nouns")
_PROMISING = frozenset(("promise", "target", "vow"))
_WILL = ("will", "'ll")
_WOULD = ("would",)
_OUGHT = ("should", "must", "ought")
_PERHAPS = ("may", "might", "could")
_BE = ("is", "are", "was", "were", "be", "been", "being")


def stance(words: list[Word], at: int) -> Status | None:
    """Return what the verb that governs a number says; None where no verb does."""
    attached = attached_to(words, at)
    if attached is not None:
        return attached
    verb = governing(words, at)
    if verb is None:
        return None
    main = _main_of_aside(words, verb)
    if main is not None and (said := _of_chain(words, main)) in ("planned", "in_progress"):
        return said
    if _is_order(words, verb):
        return "target"
    said = _of_chain(words, verb)
    behind = complement_of(words, verb, at)
    if behind is not None and said in ("achieved", None):
        return behind
    if said == "achieved" and words[verb].tag in ("ing", "part") and not _has_aux(words, verb):
        main = verb_before(words, chain(words, verb))
        if main is not None and words[verb].tag == "ing":
            return _of_chain(words, main)
    return said


def _is_order(words: list[Word], verb: int) -> bool:
    """ "Carry out at least 30 projects each year": what a plan tells its readers to do."""
    known = words[verb].verb
    plain = known is not None and "base" in known.forms and not known.forms & {"past", "part"}
    if not plain or words[verb].tag != "verb":
        return False
    return all(w.tag in ("mark", "adv") or w.text.isdigit() for w in words[:verb])


def _main_of_aside(words: list[Word], verb: int) -> int | None:
    """ "A line, costing 270 million yuan, | is being laid": the verb of the sentence itself."""
    if words[verb].tag not in ("ing", "part") or verb == 0 or words[verb - 1].text != ",":
        return None
    for at in range(verb + 1, min(len(words) - 1, verb + _NEAR_VERB)):
        if words[at].tag in ("verb", "aux"):
            return None
        if words[at].text == "," and words[at + 1].tag in ("verb", "aux"):
            return _last_of_chain(words, at + 1)
    return None


def is_perhaps(words: list[Word], at: int) -> bool:
    """Whether its verb says "may", "could": nobody's aim, whatever the time."""
    return _has_modal(words, at, _PERHAPS)


def is_ought(words: list[Word], at: int) -> bool:
    """Whether its verb says "should"."""
    return _has_modal(words, at, ("should",))


def _has_modal(words: list[Word], at: int, modals: tuple[str, ...]) -> bool:
    verb = governing(words, at)
    if verb is None:
        return False
    first = chain(words, verb)
    if words[first - 1 : first] and words[first - 1].text in (",", "and", "or") and first == verb:
        before = verb_before(words, first)
        first = (
            chain(words, before) if before is not None and before > first - _NEAR_VERB else first
        )
    return any(word.text in modals for word in words[first : verb + 1])


def governing(words: list[Word], at: int) -> int | None:
    """The verb a number belongs to: the one behind it where it is its subject, else before it."""
    ahead = at + 1
    while ahead < len(words) and words[ahead].tag in ("noun", "prep", "det", "adv", "time", "not"):
        if words[ahead].text in (",", ";"):
            break
        ahead += 1
    ahead = _behind_aside(words, ahead)
    if ahead < len(words) and words[ahead].tag in ("aux", "verb") and not _is_object(words, at):
        return _last_of_chain(words, ahead)
    return verb_before(words, at)


def _behind_aside(words: list[Word], at: int) -> int:
    """ "A corpus of 3.6 petabytes, | built by 14 hospitals, | will go": behind the insertion."""
    opened = (
        at + 1 < len(words)
        and words[at].text == ","
        and words[at + 1].tag in ("part", "ing", "rel")
    )
    if not opened:
        return at
    closing = next(
        (n for n in range(at + 2, min(len(words), at + _NEAR_VERB)) if words[n].text == ","), at
    )
    return closing + 1 if closing > at else at


def _is_object(words: list[Word], at: int) -> bool:
    """Whether the number already completes a verb right before it."""
    here = at - 1
    while here >= 0 and words[here].tag in ("adv", "det", "prep", "noun", "to", "not"):
        here -= 1
    if here < 0 or words[here].tag not in ("verb", "aux", "part", "ing"):
        return False
    known = words[here].verb
    return known is None or known.lemma not in _SAYING


_SAYING = listed("en", "saying_verbs")


def _last_of_chain(words: list[Word], first: int) -> int:
    last = first
    while last + 1 < len(words) and words[last + 1].tag in ("aux", "verb", "adv", "not", "to"):
        last += 1
    while last > first and words[last].tag in ("adv", "to"):
        last -= 1
    return last


def _has_aux(words: list[Word], verb: int) -> bool:
    return any(word.tag == "aux" for word in words[chain(words, verb) : verb])


def _of_chain(words: list[Word], verb: int) -> Status | None:
    """What a chain of verbs says: its negation, its auxiliaries, the verbs before its "to"."""
    first = chain(words, verb)
    inner = words[first : verb + 1]
    texts = [word.text for word in inner]
    lemmas = [word.verb.lemma for word in inner if word.verb and word.tag != "noun"]
    if any(word.tag == "not" for word in inner) or "longer" in texts or lemmas[:1] == ["fail"]:
        return "negated"
    outer = (
        _before_to(words, first)
        or _listed(words, first, verb)
        or _joined(words, first, verb)
        or _pledged(words, first)
    )
    if outer is not None:
        return outer
    if "shall" in texts and first and words[first - 1].text in ("we", "i"):
        return "planned"
    heads = words[first].tag == "to" and not any(w.tag in _FINITE for w in words[:first])
    return _of_words(texts, lemmas, words[verb], heads)


_FINITE = ("verb", "aux", "part", "ing", "if")


def _listed(words: list[Word], first: int, verb: int) -> Status | None:
    """ "What it intends to do: start …; | open 30 scenarios": as said before the colon."""
    known = words[verb].verb
    plain = known is not None and "base" in known.forms and "past" not in known.forms
    if first != verb or not plain or first == 0 or words[first - 1].text not in (";", ":", "and"):
        return None
    colon = next((n for n in range(first - 1, -1, -1) if words[n].text == ":"), None)
    before = verb_before(words, colon) if colon is not None else None
    return _of_chain(words, before) if before is not None else None


def _joined(words: list[Word], first: int, verb: int) -> Status | None:
    """ "Will cover 120 mu, house 6,000 racks and | create 800 jobs": one auxiliary for all."""
    known = words[verb].verb
    plain = known is not None and "base" in known.forms and "past" not in known.forms
    if first != verb or not plain or first == 0 or words[first - 1].text not in (",", "and", "or"):
        return None
    before = verb_before(words, first)
    if before is None or words[before].tag != "verb" or before < first - _NEAR_VERB:
        return None
    return _of_chain(words, before)


_NEAR_VERB = 16


def _pledged(words: list[Word], first: int) -> Status | None:
    """ "Pledged that at least 30 percent | would go": what is promised is aimed at."""
    if not any(word.text in (*_WOULD, *_WILL) for word in words[first : first + 2]):
        return None
    that = next(
        (n for n in range(first - 1, max(-1, first - _NEAR_VERB), -1) if words[n].text == "that"),
        None,
    )
    if that is None:
        return None
    lead = [word.verb.lemma for word in words[max(0, that - 4) : that] if word.verb]
    return "target" if any(lemma in _AIMING for lemma in lead) else None


def _of_words(texts: list[str], lemmas: list[str], last: Word, heads: bool) -> Status | None:
    """By its auxiliaries and verbs; `heads` tells that "to" opens the only verb of a headline."""
    led = lemmas[:-1] if "to" in texts and last.tag != "aux" else lemmas
    if texts[:1] == ["to"] and ("be" in texts or heads):
        return "planned"  # "a hall to be opened in May", "Output to exceed 300 billion"
    if "shall" in texts or any(text in _OUGHT for text in texts):
        return "target"
    if any(lemma in _AIMING for lemma in led) and not _is_done(texts, last):
        return "target"
    if any(lemma in _GUESSING for lemma in led) or "likely" in texts:
        return "forecast"
    if any(text in _PERHAPS for text in texts):
        return "forecast"
    if any(text in (*_WILL, *_WOULD) for text in texts):
        return "planned"
    if last.verb and last.verb.lemma in _PROMISING and last.tag == "verb":
        return "target"
    due = "due" in texts or ("to" in texts and ("set" in texts or _is_to(texts)))
    if any(lemma in _PLANNING for lemma in led) or due:
        return "planned"
    if "being" in texts or (
        _progressive(texts, last) and last.verb and last.verb.lemma in _BUILDING
    ):
        return "in_progress"
    return "achieved"


def _is_done(texts: list[str], last: Word) -> bool:
    """ "Has committed", "sought": the aiming itself is over."""
    past = last.verb is not None and "past" in last.verb.forms and "base" not in last.verb.forms
    return past and not any(text in _BE for text in texts)


def _is_to(texts: list[str]) -> bool:
    """ "Is to reach": a form of "be" right before the "to"."""
    at = texts.index("to")
    return at > 0 and texts[at - 1] in _BE


def _progressive(texts: list[str], last: Word) -> bool:
    return last.verb is not None and "ing" in last.verb.forms and any(text in _BE for text in texts)


def _before_to(words: list[Word], first: int) -> Status | None:
    """ "A plan to build", "the goal of reaching", "aims at": the noun or verb that leads to it."""
    before = [
        word for word in words[max(0, first - _NEAR) : first] if word.tag in ("noun", "to", "prep")
    ]
    leads = words[first].tag == "to" or (before and before[-1].tag in ("to", "prep"))
    nouns = [word.text for word in before if word.tag == "noun"]
    if leads and nouns and nouns[-1] in _AIMS:
        if _is_off(words, first):
            return "negated"
        return "planned" if nouns[-1] in _PLANS else "target"
    if words[first].tag != "to":
        return None
    if nouns and nouns[-1] in _DEALS and before[-1].text in (nouns[-1], "to"):
        return "planned"
    earlier = and_to(words, first)
    if earlier is not None:
        return _of_chain(words, earlier)
    outer = verb_before(words, first)
    known = words[outer].verb if outer is not None else None
    lemma = known.lemma if known else ""
    if lemma in _AIMING:
        return "target"
    if lemma in _GUESSING:
        return "forecast"
    return "planned" if lemma in _PLANNING else _of_purpose(words, first, outer)


_DEALS = listed("en", "dealing_nouns")


def _of_purpose(words: list[Word], to: int, outer: int | None) -> Status | None:
    """ "Will spare no effort | to lift", "signed a deal | to build": not done yet."""
    if outer is None or words[outer].tag != "verb" or outer == to - 1:
        return None
    said = _of_chain(words, outer)
    if said in ("planned", "target", "forecast"):
        return said
    known = words[outer].verb
    done = (
        known is None
        or known.lemma in _IMPLYING
        or any(word.text in _SUPERLATIVE for word in words[outer:to])
    )
    return None if done or said != "achieved" else "planned"


_IMPLYING = listed("en", "implying_verbs")
_SUPERLATIVE = frozenset(("first", "only", "second", "third", "last", "enough", "able"))
""" "Became the first to reach"."""


_PLANS = frozenset(("plan", "plans", "blueprint", "bid"))
""" "Approved plans to build": what is planned for no day is no aim."""


def _is_off(words: list[Word], to: int) -> bool:
    """ "Scrapped plans | to raise": the verb before the plans calls them off."""
    outer = verb_before(words, to)
    known = words[outer].verb if outer is not None else None
    return known is not None and known.lemma in _CANCELLING


_CANCELLING = listed("en", "cancelling_verbs")
_NEAR = 4
