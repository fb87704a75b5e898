"""Time zones by the names that people give them."""

import pytest
from babel import Locale

from bot import zones
from bot.render.screens import ZONES
from bot.wishes import Mistake, Wish, Wishes, read
from tests.bot.scene import Scene


@pytest.mark.parametrize(
    ("word", "zone"),
    [
        ("Asia/Shanghai", "Asia/Shanghai"),
        ("europe/london", "Europe/London"),
        ("berlin", "Europe/Berlin"),
        ("New  York", "America/New_York"),
        ("new_york", "America/New_York"),
        ("Chengdu", "Asia/Shanghai"),
        ("北京", "Asia/Shanghai"),
        ("上海", "Asia/Shanghai"),
        ("成都", "Asia/Shanghai"),
        ("香港", "Asia/Hong_Kong"),
        ("伦敦", "Europe/London"),
        ("纽约", "America/New_York"),
        ("Istanbul", "Europe/Istanbul"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("ＵＴＣ", "UTC"),
    ],
)
def test_a_zone_is_named_by_itself_or_by_its_city(word: str, zone: str):
    assert zones.find(word) == zone


@pytest.mark.parametrize("word", ["", "CST", "GMT+8", "Mars/Phobos", "../../etc/passwd", "Pacific"])
def test_what_names_no_city_names_no_zone(word: str):
    assert zones.find(word) is None


@pytest.mark.parametrize("zone", [one for one in ZONES if one != "UTC"])
def test_every_zone_of_the_buttons_is_known_by_its_city_in_both_languages(zone: str):
    city = Locale.parse("zh").time_zones[zone]["city"]
    assert zones.find(zone.rpartition("/")[2]) == zones.find(city) == zone


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Berlni", "Europe/Berlin"),
        ("Europe/Lodnon", "Europe/London"),
        ("new yrk", "America/New_York"),
    ],
)
def test_a_mistyped_city_is_near_the_one_that_is_meant(word: str, meant: str):
    assert zones.near(word)[0] == meant


@pytest.mark.parametrize(
    ("text", "wish", "zone"),
    [
        ("daily 08:30 london", Wish("daily", 510), "Europe/London"),
        ("daily 08:30 new york", Wish("daily", 510), "America/New_York"),
        ("weekly mon 09:00 Berlin", Wish("weekly"), "Europe/Berlin"),
        ("weekly london", Wish("weekly"), "Europe/London"),
        ("每天 8点 纽约", Wish("daily", 480), "America/New_York"),
    ],
)
def test_a_subscription_takes_a_city(text: str, wish: Wish, zone: str):
    assert read(text) == Wishes((wish,), zone)


def test_words_behind_a_zone_are_still_too_many():
    with pytest.raises(Mistake) as raised:
        read("daily 08:30 London please")
    assert raised.value.word == "please"


async def test_who_mistypes_a_city_is_told_which_one_is_near(scene: Scene):
    (told,) = await scene.say("/settings zone Berlni")
    assert "“Berlni” is not a time zone; did you mean Europe/Berlin?" in told
    (told,) = await scene.say("/subscribe daily 08:30 lodnon")
    assert "did you mean Europe/London?" in told
