"""Compares readings of the corpus cases with their gold, by the matching rules of docs/facts.md."""

import collections
import difflib
import re
import unicodedata
from decimal import Decimal, InvalidOperation

from domain.text.fold import fold as simplified
from tests.corpus.gold import ALL_OF, ANY_OF, PINYIN, interval, readable

NUMERIC = ("metric", "target", "investment")
UP, DOWN = {"gt", "ge"}, {"lt", "le"}


def fold(text):
    text = PINYIN.sub("", str(text or ""))
    text = simplified(unicodedata.normalize("NFKC", text)).casefold()
    return "".join(c for c in text if unicodedata.category(c)[0] in "LN" or c in "%+")


def decimal(x):
    if x is None or isinstance(x, bool):
        return None
    try:
        d = Decimal(str(x))
    except InvalidOperation:
        return None
    return d if d.is_finite() else None


def same_number(a, b, unit):
    a, b = decimal(a), decimal(b)
    if a is None or b is None:
        return a is None and b is None
    if unit in ("percent", "percentage_point"):
        a, b = abs(a), abs(b)
    return a == b


def number_key(value, high, unit):
    v, h = decimal(value), decimal(high)
    if unit in ("percent", "percentage_point") and v is not None:
        v = abs(v)
    return (
        str(v.normalize()) if v is not None else None,
        str(h.normalize()) if h is not None else None,
        unit,
    )


def as_list(x):
    return x if isinstance(x, list) else [] if x is None else [x]


def as_dict(x):
    return x if isinstance(x, dict) else {}


def predicted_interval(t):
    if not isinstance(t, dict):
        return None
    a, b = t.get("start"), t.get("end") or t.get("start")
    try:
        first = interval(str(a)[:10])[0]
        last = interval(str(b)[:10])[1]
    except ValueError:
        return None
    return first, last


def time_met(gold, predicted, deadline=False):
    if predicted is None:
        return False
    first, last = interval(gold)
    if deadline:
        return predicted[1] == last
    return first <= predicted[0] and predicted[1] == last


# ---- positions
def alignment(case_text, out_text):
    """Map each offset of the reading to one of the case; None where they are the same text."""
    if case_text == out_text:
        return None
    to: list[int] = []
    matcher = difflib.SequenceMatcher(None, case_text, out_text, autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        to += [min(a, len(case_text))] * (b - len(to))
        to += range(a, a + size)
    return [*to, len(case_text)]


def occurrences(text, part):
    spans, at = [], text.find(part)
    while at >= 0:
        spans.append((at, at + len(part)))
        at = text.find(part, at + 1)
    return spans


def overlap(spans, others):
    return sum(max(0, min(b, d) - max(a, c)) for a, b in spans for c, d in others)


def closeness(spans, others):
    """best intersection over union of any two spans, in tenths; 0 = they do not touch"""
    best = 0.0
    for a, b in spans:
        for c, d in others:
            inter = min(b, d) - max(a, c)
            if inter > 0:
                best = max(best, inter / (max(b, d) - min(a, c)))
    return 0 if best == 0 else max(1, round(10 * best))


# ---- the two sides
class Gold:
    def __init__(self, fact, text):
        self.fact, self.type = fact, fact["type"]
        self.types = [fact["type"], *fact.get("also", [])]
        self.evidence = [fact["evidence"]]
        self.spans = occurrences(text, fact["evidence"])
        self.attributes = fact.get("attributes") or {}
        self.amounts = self.attributes.get("amounts") or []
        self.met_by = None

    def key(self):
        f = self.fact
        if self.type in NUMERIC:
            return number_key(f.get("value"), f.get("value_high"), f.get("unit"))
        if self.type == "measure":
            return tuple(
                sorted(
                    str(
                        (as_list(a["role"]), number_key(a["value"], a.get("value_high"), a["unit"]))
                    )
                    for a in self.amounts
                )
            )
        if self.type in ("event", "deadline"):
            return tuple(as_list(self.attributes.get("kind")))
        return ()

    def one_with(self, other):
        if self.type != other.type:
            return False
        titles = {fold(s) for s in self.fact["subject"]} & {fold(s) for s in other.fact["subject"]}
        if self.type == "policy_document":
            return bool(titles)
        return (
            bool(titles)
            and self.key() == other.key()
            and self.fact.get("time") == other.fact.get("time")
        )


def merged(facts, text):
    out: list[Gold] = []
    for f in facts:
        g = Gold(f, text)
        for h in out:
            if h.one_with(g):
                h.evidence += g.evidence
                h.spans = sorted(set(h.spans + g.spans))
                break
        else:
            out.append(g)
    return out


class Predicted:
    def __init__(self, fact, to, title, text, problems):
        self.fact = fact
        self.type = fact.get("type")
        self.attributes = as_dict(fact.get("attributes"))
        self.amounts = [a for a in as_list(self.attributes.get("amounts")) if isinstance(a, dict)]
        self.spans, self.title_only = [], False
        evidence = as_list(fact.get("evidence"))
        if not evidence:
            problems.append(f"no evidence: {str(fact)[:120]}")
        for e in evidence:
            where = title if as_dict(e).get("field") == "title" else text
            start, end, quote = (
                as_dict(e).get("start"),
                as_dict(e).get("end"),
                as_dict(e).get("quote"),
            )
            good = (
                isinstance(start, int)
                and isinstance(end, int)
                and 0 <= start < end <= len(where)
                and where[start:end] == quote
            )
            if not good:
                problems.append(
                    "{!r} is not at {!r}..{!r}{}".format(
                        str(quote)[:40],
                        start,
                        end,
                        " of the title" if where is title and title != text else "",
                    )
                )
            if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
                continue
            if as_dict(e).get("field") == "title":
                self.title_only = True
            else:
                self.spans.append(carried(start, end, to))
        if self.spans:
            self.title_only = False
        for a in self.amounts:
            s, e = a.get("start"), a.get("end")
            a["_span"] = (
                carried(s, e, to)
                if isinstance(s, int) and isinstance(e, int) and 0 <= s < e
                else None
            )
        self.gold = None
        self.fate = None

    def value_key(self):
        return number_key(
            self.fact.get("value"), self.fact.get("value_high"), self.fact.get("unit")
        )

    def key(self):
        if self.type in NUMERIC:
            return (self.type, *self.value_key())
        if self.type == "measure":
            amounts = (
                (a.get("role"), number_key(a.get("value"), a.get("value_high"), a.get("unit")))
                for a in self.amounts
            )
            return (self.type, *sorted(str(amount) for amount in amounts))
        if self.type == "policy_document":
            return (self.type, fold(self.fact.get("subject")))
        return (
            self.type,
            self.attributes.get("kind"),
            str(predicted_interval(self.fact.get("time"))),
        )


def carried(start, end, to):
    if to is None:
        return (start, end)
    last = len(to) - 1
    a, b = to[min(start, last)], to[min(end - 1, last)] + 1
    return (a, max(a + 1, b))


# ---- core
def amount_matches(gold, predicted):
    return (
        predicted.get("role") in as_list(gold["role"])
        and predicted.get("unit") == gold["unit"]
        and same_number(gold["value"], predicted.get("value"), gold["unit"])
        and same_number(gold.get("value_high"), predicted.get("value_high"), gold["unit"])
    )


def excused_amount(a, optional):
    if a.get("role") == "threshold":
        return True
    return bool(a["_span"]) and overlap([a["_span"]], optional) > 0


def amounts_met(golds, predicted, optional):
    """Pair the amounts of two sets that are the same; None where they are not."""
    left, pairs = list(predicted), []
    missing = []
    for g in sorted(golds, key=lambda a: bool(a.get("optional"))):
        for p in left:
            if amount_matches(g, p):
                pairs.append((g, p))
                left.remove(p)
                break
        else:
            again = any(
                amount_matches(g, q) for _, q in pairs
            )  # one predicted 20 % for two gold tiers
            if not g.get("optional") and not again:
                missing.append(g)
    if missing:
        return None
    for p in left:
        again = any(amount_matches(g, p) for g in golds)
        if not again and not excused_amount(p, optional):
            return None
    return pairs


def folded_titles_meet(a, b):
    if not a or not b:
        return False
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    return short in long and len(short) >= 0.6 * len(long)


def number_of_document(x):
    x = fold(x)
    return re.sub(r"[^0-9a-z\u3400-\u9fff]", "", x)


def core(g, p, optional):
    """The pairs of amounts of a fact that meets the gold (maybe none), or None."""
    if p.type not in g.types:
        return None
    f, q = g.fact, p.fact
    if p.type != g.type:
        if p.type == "measure":
            return (
                []
                if any(
                    same_number(f["value"], a.get("value"), f["unit"])
                    and a.get("unit") == f["unit"]
                    for a in p.amounts
                )
                else None
            )
        if g.type == "measure":
            return (
                []
                if any(
                    same_number(a["value"], q.get("value"), a["unit"])
                    and q.get("unit") == a["unit"]
                    for a in g.amounts
                )
                else None
            )
    if p.type in NUMERIC:
        good = (
            q.get("unit") == f["unit"]
            and same_number(f["value"], q.get("value"), f["unit"])
            and same_number(f.get("value_high"), q.get("value_high"), f["unit"])
        )
        return [] if good else None
    if p.type == "measure":
        return amounts_met(g.amounts, p.amounts, optional)
    if p.type == "policy_document":
        n, m = g.attributes.get("number"), p.attributes.get("number")
        if n and m and number_of_document(n) == number_of_document(m):
            return []
        title = fold(q.get("subject"))
        return [] if any(folded_titles_meet(fold(s), title) for s in f["subject"]) else None
    if p.type in ("event", "deadline"):
        return (
            []
            if time_met(f["time"], predicted_interval(q.get("time")), p.type == "deadline")
            else None
        )
    return None


def touching(g, p):
    c = closeness(g.spans, p.spans)
    if c == 0 and (p.title_only or p.type == "policy_document"):
        return 0
    return c or None


# ---- full


def occurs(alternatives, value):
    values = [fold(v) for v in as_list(value)]
    return any(fold(a) in v for a in alternatives for v in values)


def differences(g, p, pairs):
    """What keeps a met fact from being right in full."""
    out = [*_number_differences(g, p, pairs), *_word_differences(g, p)]
    if p.type == g.type:
        out += [name for name, want in g.attributes.items() if _differs(name, want, g, p)]
    return out


def _number_differences(g, p, pairs):
    f, q = g.fact, p.fact
    both = g.type in NUMERIC and p.type in NUMERIC
    if both and f.get("comparator") and q.get("comparator") != f["comparator"]:
        yield "comparator"
    for want, have in pairs:
        if want.get("comparator") and have.get("comparator") != want["comparator"]:
            yield "amount comparator"
        if want.get("period") and have.get("period") != want["period"]:
            yield "amount period"


def _word_differences(g, p):
    f, q = g.fact, p.fact
    if f.get("status") is not None and q.get("status") not in as_list(f["status"]):
        yield "status"
    if f.get("time") is not None and not any(
        time_met(f["time"], predicted_interval(t), g.type == "deadline") for t in _times(g, p)
    ):
        yield "time"
    titles = [fold(s) for s in f["subject"]]
    alike = g.type == "policy_document" and any(
        folded_titles_meet(title, fold(q.get("subject"))) for title in titles
    )
    if not occurs(f["subject"], q.get("subject")) and not alike:
        yield "subject"
    if p.type == g.type and f.get("counted") and not occurs(f["counted"], q.get("counted")):
        yield "counted"


def _times(g, p):
    dates = as_list(p.attributes.get("dates")) if g.type == "policy_document" else []
    return [p.fact.get("time"), *dates]


def _differs(name, want, g, p):
    have = p.attributes.get(name)
    if name == "amounts":
        return False
    if name == "dates":
        return not all(_dated(d, [p.fact.get("time"), *as_list(have)]) for d in want)
    if name == "clock":
        clock = as_dict(p.fact.get("time")).get("clock") or have
        return clock != want and not (want == "24:00" and clock in ("23:59", "00:00"))
    if name == "number":
        return number_of_document(have) != number_of_document(want) or "〔" not in str(have)
    if name in ANY_OF:
        return not occurs(want, have)
    if name in ALL_OF:
        items = [fold(x) for x in as_list(have)]
        return not all(any(fold(w) in i or (i and i in fold(w)) for i in items) for w in want)
    return have not in as_list(want)


def _dated(want, pool):
    return any(
        as_dict(t).get("role") == want["role"] and time_met(want["time"], predicted_interval(t))
        for t in pool
    )


# ---- one case


def subsequence(short, long):
    it = iter(long)
    return len(short) >= 4 and all(c in it for c in short)


def number_stands_in(p, span_text):
    amounts = [(a.get("value"), a.get("unit")) for a in p.amounts]
    values = amounts if p.type == "measure" else [(p.fact.get("value"), p.fact.get("unit"))]
    values = [(str(abs(decimal(v))), u) for v, u in values if decimal(v) is not None]
    return bool(values) and any(readable(v, u or "", span_text) for v, u in values)


def judge(case, reading):
    """Match the facts of a reading with the gold of its case."""
    problems: list[str] = []
    to = alignment(case["text"], reading["text"])
    title, text = reading["title"], reading["text"]
    preds = [Predicted(f, to, title, text, problems) for f in reading["facts"]]
    problems += _wrong_reasons(reading)
    optional = [s for o in case["optional"] for s in occurrences(case["text"], o)]
    golds = merged(case["facts"], case["text"])
    matches = list(_matches(golds, preds, optional))
    matches += _one_for_several(golds, preds, optional)
    matches += _several_for_one(golds, preds, optional)
    left = Left(case, golds, preds, optional)
    for p in preds:
        p.fate = p.fate or left.fate(p)
    found = [(g, p, m, differences(g, p, m)) for g, p, m in matches]
    return {"golds": golds, "preds": preds, "matches": found, "problems": problems}


def _wrong_reasons(reading):
    for relevance in reading["relevance"]:
        for reason in relevance["reasons"]:
            where = reading["title"] if reason["field"] == "title" else reading["text"]
            if where[reason["start"] : reason["end"]] != reason["quote"]:
                yield f"reason {reason['quote'][:40]!r} is not where it says"


def _matches(golds, preds, optional):
    pairs = []
    for i, g in enumerate(golds):
        for j, p in enumerate(preds):
            close = touching(g, p)
            m = core(g, p, optional) if close is not None else None
            if m is not None:
                pairs.append((-close, len(differences(g, p, m)), i, j, m))
    for _, _, i, j, m in sorted(pairs, key=lambda x: x[:4]):
        g, p = golds[i], preds[j]
        if g.met_by is None and p.gold is None:
            g.met_by, p.gold, p.fate = p, g, "met"
            yield g, p, m


def _one_for_several(golds, preds, optional):
    """One predicted measure that holds exactly the amounts of several tiers meets them all."""
    groups = collections.defaultdict(list)
    for g in golds:
        if g.type == "measure" and g.met_by is None:
            groups[g.evidence[0]].append(g)
    for same in groups.values():
        amounts = [a for g in same for a in g.amounts]
        for p in preds if len(same) > 1 else ():
            if p.gold is not None or p.type != "measure" or not overlap(p.spans, same[0].spans):
                continue
            m = amounts_met(amounts, p.amounts, optional)
            if m is None:
                continue
            p.gold, p.fate = same[0], "met"
            for g in same:
                g.met_by = p
                yield g, p, [x for x in m if any(x[0] is a for a in g.amounts)]
            break


def _several_for_one(golds, preds, optional):
    """Several predicted measures that together hold a gold's amounts meet it."""
    for g in golds:
        roles = collections.Counter(as_list(a["role"])[0] for a in g.amounts)
        if g.type != "measure" or g.met_by is not None or max(roles.values(), default=0) < 2:
            continue
        tiered = [a for a in g.amounts if roles[as_list(a["role"])[0]] > 1]
        parts = [p for p in preds if _is_part(p, g, tiered, optional)]
        together = [q for p in parts for q in p.amounts]
        m = amounts_met(g.amounts, together, optional) if len(parts) > 1 else None
        if m is not None:
            g.met_by = parts[0]
            for p in parts:
                p.gold, p.fate = g, "met"
            yield g, parts[0], m


def _is_part(p, g, tiered, optional):
    if p.gold is not None or p.type != "measure" or not overlap(p.spans, g.spans):
        return False
    one = any(amount_matches(a, q) for a in tiered for q in p.amounts)
    return one and all(
        any(amount_matches(a, q) for a in g.amounts) or excused_amount(q, optional)
        for q in p.amounts
    )


class Left:
    """What becomes of the predicted facts that met no gold."""

    def __init__(self, case, golds, preds, optional):
        self.case, self.golds, self.optional = case, golds, optional
        met = [g for g in golds if g.met_by is not None]
        self.keys = {p.key() for p in preds if p.fate == "met"}
        self.keys |= {(t, *g.key()) for g in met if g.type in NUMERIC for t in g.types}
        self.titles = [
            fold(s) for g in met if g.type == "policy_document" for s in g.fact["subject"]
        ]
        self.deadlines = [g.fact["time"] for g in met if g.type == "deadline"]

    def fate(self, p):
        if self.is_repeat(p):
            return "repeat"
        if self.is_optional(p):
            return "optional"
        if p.type == "event" and predicted_interval(p.fact.get("time")) is None:
            return "not annotated"
        return "false alarm"

    def is_repeat(self, p):
        if p.key() in self.keys:
            return True
        if p.type == "policy_document":
            return any(subsequence(fold(p.fact.get("subject")), t) for t in self.titles)
        when = predicted_interval(p.fact.get("time"))
        return p.type == "deadline" and any(time_met(t, when, True) for t in self.deadlines)

    def is_optional(self, p):
        hit = [s for s in self.optional if overlap(p.spans, [s])]
        if not hit:
            return False
        if not any(overlap(p.spans, g.spans) for g in self.golds):
            return True
        numbered = decimal(p.fact.get("value")) is not None or bool(p.amounts)
        if numbered:
            return any(number_stands_in(p, self.case["text"][a:b]) for a, b in hit)
        return not any(g.type == p.type and overlap(hit, g.spans) for g in self.golds)


class Sum:
    """Gold facts, how many were met, how many of them in full, and the false alarms."""

    def __init__(self):
        self.gold = self.met = self.full = self.false = 0

    def add(self, result, keep=lambda _: True):
        self.gold += sum(1 for g in result["golds"] if keep(g.type))
        self.met += sum(1 for g in result["golds"] if g.met_by is not None and keep(g.type))
        self.full += sum(1 for g, _, _, diff in result["matches"] if not diff and keep(g.type))
        self.false += sum(1 for p in result["preds"] if p.fate == "false alarm" and keep(p.type))

    def f1(self, right):
        """F1 of the facts that are right (met, or right in full)."""
        found = self.met + self.false
        if not right or not found:
            return 0.0
        precision, recall = right / found, right / self.gold
        return 2 * precision * recall / (precision + recall)


def inverted(matches):
    """Pairs of comparators of which one says more and the other less."""
    for g, p, pairs, _ in matches:
        numeric = g.type in NUMERIC and p.type in NUMERIC
        for want, have in [*pairs, *([(g.fact, p.fact)] if numeric else [])]:
            a, b = want.get("comparator"), have.get("comparator")
            if (a in UP and b in DOWN) or (a in DOWN and b in UP):
                yield g.evidence[0], a, b
