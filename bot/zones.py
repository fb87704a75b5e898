"""Time zones as people write them: Europe/Berlin, berlin, New York, 北京. Pure."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

_AREAS = (
    *("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe"),
    *("Indian", "Pacific"),
)
"""Whose zones end in the name of a city: that of US/Central does not, and Etc/GMT+8 lies west."""
_OURS = "Asia/Shanghai"
_ALSO = {
    **dict.fromkeys(("beijing", "chengdu", "shenzhen", "guangzhou"), _OURS),
    **dict.fromkeys(("北京", "成都", "深圳", "广州", "杭州", "重庆", "中国"), _OURS),
    "台湾": "Asia/Taipei",
    "utc": "UTC",
}
"""Cities that people name and no zone is called after."""
_NEAR = 3
"""As many are offered at most."""


def find(word: str) -> str | None:
    """Return the IANA zone that a word names, by its name or its city; None for none or several.

    Case matters as little as a space for the `_` of a name.
    """
    wanted = _plain(word)
    if wanted in _names():
        return _names()[wanted]
    zones = _cities().get(wanted, ())
    return zones[0] if len(zones) == 1 else None


def near(word: str) -> tuple[str, ...]:
    """Return zones that somebody may mean by a word that names none, the likeliest first."""
    wanted = _plain(word).rpartition("/")[2]
    close = [wanted] if wanted in _cities() else get_close_matches(wanted, _cities(), cutoff=0.75)
    zones = (zone for city in close for zone in _cities()[city])
    return tuple(dict.fromkeys(zones))[:_NEAR]


def _plain(word: str) -> str:
    return "_".join(unicodedata.normalize("NFKC", word).split()).lower()


@cache
def _names() -> Mapping[str, str]:
    # Those of a city, and UTC: what is left are abbreviations that mean several things.
    zones = (one for one in available_timezones() if "/" in one or one == "UTC")
    return {one.lower(): one for one in zones}


@cache
def _cities() -> Mapping[str, tuple[str, ...]]:
    """Return the zones of each city: one, unless there are several cities of a name."""
    found: dict[str, set[str]] = defaultdict(set)
    chinese, aliases = Locale.parse("zh").time_zones, get_global("zone_aliases")
    for zone in _names().values():
        if zone.partition("/")[0] not in _AREAS:
            continue
        # Several names of one zone, such as Asia/Istanbul, are no choice.
        usual = aliases.get(zone, zone)
        usual = usual if usual in _names().values() else zone
        found[_plain(zone.rpartition("/")[2])].add(usual)
        if city := chinese.get(zone, {}).get("city"):
            found[_plain(city)].add(usual)
    known = {city: tuple(sorted(zones)) for city, zones in found.items()}
    return known | {city: (zone,) for city, zone in _ALSO.items()}
