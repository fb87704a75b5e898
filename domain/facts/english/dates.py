"""The forms of times in English text: one pattern for all of them."""

import re
from collections.abc import Iterable
from datetime import date

from domain.facts.fact import Precision

Days = tuple[date, date, Precision, bool]
"""First and last day, how exactly they are told, and whether the year is written."""
MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}


_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|\b))"
)


WEEKDAYS = {
    name: number
    for number, name in enumerate(
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    )
}


_WEEKDAY = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"


_PRE = (
    r"(?:(?:at\s|by\s)?(?P<hour0>[01]?\d|2[0-4])(?:(?:\s?:\s?(?P<minute0>[0-5]\d))(?!\d)"
    r"|(?=\s?[ap]\.?m))\s?(?P<noon0>[ap]\.?m\b\.?)?(?:,?\s(?:noon|midnight|sharp|Beijing\stime"
    r"|\(Beijing\stime\)))?,?\s(?=on\s|by\s|[A-Z]))?(?:(?P<twelve>noon|midnight)\s(?=on\s|of\s))?"
    r"(?:(?<![A-Za-z])(?P<pre>(?i:by|in|on|at|since|from|until|till|through|to|before"
    r"|after|as\s(?:of|at)|than|during|this|last|next|over|for|between|of|within|no\slater\sthan"
    r"|not\slater\sthan|prior\sto|ahead\sof|starting|effective|dated|up\sto))\s)?"
    r"(?:the\s)?(?P<edge>(?i:(?:end|close|beginning|start|middle|first\sday)(?:\sof\s|-)"
    r"|year-end\s|mid-|early\s|late\s|end-))?(?:the\s)?(?:(?:afternoon|morning"
    r"|evening)\sof\s)?"
)


_YEAR = r"(?:19|20)\d\d(?!\d|,\d|%|\.\d)"


ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
]
_ORDINAL = "|".join(sorted(ORDINALS, key=lambda word: -len(word)))


_SMALL = "two|three|four|five|six|seven|eight|nine|ten|twelve|\\d{1,2}"


def _beginning(words: Iterable[str]) -> str:
    """Words in either case by their first letter: most places in a text have none of those."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    return "|".join(
        f"[{first}{first.upper()}](?i:{'|'.join(rest)})" for first, rest in rests.items()
    )


_BEFORE_IT = """
    by in on at since from until till through to before after as than during this last next over
    for between of within no not prior ahead starting effective dated up
"""
_BEGINS = """
    end close beginning start middle year mid early late afternoon morning evening noon midnight
    month week jan feb mar apr may jun jul aug sep oct nov dec mon tue wed thu fri sat sun
    q1 q2 q3 q4 h1 h2 h3 h4 fy2 then same that following previous full whole entire last this
    next two three four five six seven eight nine ten twelve today yesterday tomorrow coming
    past within
"""
BEGINNING = (
    rf"(?=(?:(?:{_beginning(_BEFORE_IT.split())})\s(?:[a-z]{{2,5}}\s){{0,2}})?"
    r"(?:[tT][hH][eE]\s){0,3}"
    rf"(?:\d|{_beginning([*_BEGINS.split(), *ORDINALS])}"
    r"|[aA]\s(?i:year|month|week)|[oO][nN][eE]\s))"
)
"""How every time begins: told before one of its many forms is tried. A new form adds its words."""


DATE = re.compile(
    rf"""\b{BEGINNING}{_PRE}(?:
        (?P<iso>(?:19|20)\d\d(?P<dot>[-/.])(?:1[0-2]|0?[1-9])(?P=dot)(?:3[01]|[12]\d|0?[1-9])(?!\d))
      | (?P<frommonth>{_MONTH})\s?(?:-|to|through|(?<=\s)and)\s?
          (?P<tomonth>{_MONTH})(?!\s?\d{{1,2}}\b)
          (?:,?\s(?:of\s)?(?P<year5>{_YEAR}))?
      | (?:(?P<term>[1-4])(?P<kind>[QH])\s?(?:20|')?(?P<short>\d\d)(?!\d|,\d)
          |FY\s?(?P<fiscal>20\d\d))
      | (?<![\d.\-/])(?P<isomonth>(?:19|20)\d\d[-/.](?:1[0-2]|0[1-9]))(?![\d./%-])
      | (?:(?:{_WEEKDAY}),?\s)?(?P<month>{_MONTH})(?:\s?(?P<day>3[01]|[12]\d|0?[1-9])
          (?:st|nd|rd|th)?(?:(?:\s?-\s?|\sto\s|\sand\s)(?P<dayto>3[01]|[12]\d|0?[1-9])(?!\d))?
            (?![\d%,:]\d|\s(?:percent|million|billion|yuan)))?
            (?:,?\s(?P<year>{_YEAR})|\s(?:of\s)?(?P<rel4>(?i:last|this|next|that|the\ssame))\s(?i:year)\b)?
      | (?:the\s)?(?:(?:{_WEEKDAY}),?\s(?:the\s)?)?(?:
          (?P<day2from>3[01]|[12]\d|0?[1-9])\s?(?:-|\sto\s|\sand\s|to\s|and\s)\s?)?(?P<day2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?[\s-](?:of\s)?(?P<month2>{_MONTH})
          (?:,?[\s-](?P<year2>{_YEAR}))?
      | the\s(?P<ordinal>{_ORDINAL})\sof\s(?P<month3>{_MONTH})(?:,?\s(?P<year6>{_YEAR}))?
      | the\s(?P<day3>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)\sof\s(?:this|the)\smonth
      | (?:the\s)?(?:(?i:(?P<half>first|second)[\s-]half)|(?i:
          (?P<quarter>first|second|third|fourth)[\s-]quarter)|[QH](?P<q>[1-4])
            |(?i:first)\s(?P<firstmonths>{_SMALL})\smonths|
                (?i:first\s(?P<firstquarters>two|three)\squarters)|(?P<spanned>[QH]1\s?(?:-|to)\s?[QH](?P<upto>[2-4])))(?:\s(?:of|in))?(?:\s
                (?P<year3>{_YEAR})|\s(?P<rel3>(?i:this\syear|last\syear|next\syear|the\syear)))?
      | (?P<fromyear>{_YEAR})(?:-|\sto\s|\sthrough\s|\sand\s(?=\d{{4}}))(?P<toyear>
          (?:19|20)\d\d)(?!\d)
      | (?P<fromshort>20\d\d)-(?P<toshort>1[3-9]|[2-4]\d)(?![\d%/.-])
      | (?P<qyear>(?:19|20)\d\d)\s?(?P<qkind>[QH])(?P<qnum>[1-4])\b
      | (?<!\[)(?P<year4>{_YEAR})(?!\s(?:yuan|RMB|people|companies|enterprises|sq))
      | (?P<back>(?i:then|(?:the\s)?same\speriod|that\s(?:same\s)?year|the\ssame\syear
          |(?:a|one)\syear\slater|the\sfollowing\syear))\b
      | (?P<ago>{_SMALL}|(?i:two|three|four|five|six|ten))\s(?i:years\sago)\b
      | (?P<rel>(?i:last|this|next|the\ssame|the\sprevious|a|the(?:\sfull|\swhole|\sentire)?)\s
          (?:year(?!-)|month|week)(?:\s(?:earlier|ago|before))?\b|(?i:year-end)\b)
      | (?P<plan>1[345]th\sFive-Year\sPlan(?:\s(?:period|\())?)
      | (?:(?P<rday>(?i:last|this|next))\s)?(?P<weekday>{_WEEKDAY})\b
      | (?P<near>(?i:today|yesterday|tomorrow))\b
      | (?P<span>next|coming|past|last|within)\s(?P<count>{_SMALL})\s(?P<unit>years|months)
      | (?P<count2>{_SMALL})\s(?P<unit2>years|months)(?=[\s.,;])
    )(?:\s?\((?:{_WEEKDAY}|Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun)\.?\))?
    (?:\s?(?:at|,)?\s\(?(?P<hour>[01]?\d|2[0-4])(?:(?::(?P<minute>[0-5]\d))(?!\d)|
        (?=\s?[ap]\.?m))\s?(?P<noon>[ap]\.?m\b\.?)?)?
    (?:,?\s\(?(?:at\s)?(?:12(?::00)?\s)?(?P<twelve2>noon|midnight)\b)?""",
    re.VERBOSE,
)


_COUNTS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
}


def with_precision(
    days: tuple[date, date] | None, precision: Precision, explicit: bool
) -> Days | None:
    """Return the days with how exactly they are told; None stays None."""
    return (*days, precision, explicit) if days else None


def count_of(word: str) -> int:
    """Return the value of a small number in words or digits."""
    return int(word) if word.isdigit() else _COUNTS[word]
