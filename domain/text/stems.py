"""What every match of a pattern holds, whatever else it is: a few plain strings, its stems.

A search for a thousand plain strings at once costs less than one search with a big alternation, so
the stems of a text are looked up once and every pattern is tried only where it can match.
"""

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any, NamedTuple

_parser: Any = import_module("re._parser")
"""The only reader of the patterns' own grammar; 3.11 gave it this name."""

_MOST = 48
"""Spellings of a stretch that are told apart: "(a|b)(c|d)" has four."""
_MOST_STEMS = 400
_LARGEST_CLASS = 6


class _Part(NamedTuple):
    """What is known of a piece of a pattern."""

    exact: frozenset[str] | None
    """Every string it can match, where they are few."""
    held: frozenset[str] | None
    """Strings of which each of its matches holds one, where there are such."""


_NOTHING = _Part(frozenset([""]), None)
_ANYTHING = _Part(None, None)


def stems(pattern: str, flags: int = 0) -> frozenset[str] | None:
    """Return strings, in small letters, of which every match holds one; None without such."""
    part = _sequence(_parser.parse(pattern, flags))
    return _better(part.held, part.exact)


def _cost(held: Iterable[str]) -> float:
    """About how often one of the strings stands in a text by chance."""
    return sum(float(_commonness(string)) for string in held)


def _commonness(string: str) -> float:
    common = 1.0
    for character in string:
        common *= 0.08 if character.isascii() else 0.004
    return common


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """The rarer of two sets that can be looked for."""
    fit = [held for held in (one, other) if held and "" not in held and len(held) <= _MOST_STEMS]
    return min(fit, key=_cost, default=None)


def _sequence(items: Sequence[tuple[Any, Any]]) -> _Part:
    """One after the other: neighbours of few spellings are read as one stretch."""
    run: frozenset[str] = frozenset([""])
    held: frozenset[str] | None = None
    whole = True
    for kind, value in items:
        part = _part(str(kind), value)
        joined = _joined(run, part.exact) if part.exact is not None else None
        if joined is not None:
            run = joined
            continue
        held = _better(_better(held, run), _better(part.held, part.exact))
        run, whole = frozenset([""]), False
    return _Part(run if whole else None, _better(held, run))


def _joined(run: frozenset[str], more: frozenset[str]) -> frozenset[str] | None:
    if len(run) * len(more) > _MOST:
        return None
    return frozenset(first + second for first in run for second in more)


def _part(kind: str, value: Any) -> _Part:
    match kind:
        case "LITERAL":
            return _Part(frozenset([chr(value).lower()]), None)
        case "IN":
            return _characters(value)
        case "BRANCH":
            return _branches([_sequence(items) for items in value[1]])
        case "SUBPATTERN":
            return _sequence(value[3])
        case "ATOMIC_GROUP":
            return _sequence(value)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _repeated(value[0], value[1], _sequence(value[2]))
        case "AT" | "ASSERT" | "ASSERT_NOT":
            return _NOTHING
        case _:
            return _ANYTHING


def _characters(given: Sequence[tuple[Any, Any]]) -> _Part:
    if len(given) > _LARGEST_CLASS or any(str(kind) != "LITERAL" for kind, _ in given):
        return _ANYTHING
    return _Part(frozenset(chr(code).lower() for _, code in given), None)


def _branches(parts: Sequence[_Part]) -> _Part:
    sets = [part.exact for part in parts if part.exact is not None]
    spelled = frozenset[str]().union(*sets)
    exact = spelled if len(sets) == len(parts) and len(spelled) <= _MOST_STEMS else None
    held = [_better(part.held, part.exact) for part in parts]
    found = [one for one in held if one is not None]
    return _Part(exact, frozenset[str]().union(*found) if len(found) == len(parts) else None)


def _repeated(least: int, most: Any, part: _Part) -> _Part:
    if least == most == 1:
        return part
    if least == 0:
        once = part.exact if int(most) == 1 else None
        return _Part(once | {""} if once is not None else None, None)
    return _Part(None, _better(part.held, part.exact))
