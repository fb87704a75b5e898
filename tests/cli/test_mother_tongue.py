"""What goes wrong is said in the language of the shell, where the catalogue carries it."""

import pytest

from bot.cli.mother_tongue import LINES, in_its_words, language_of_shell
from bot.language import words_for


async def test_a_chinese_shell_is_told_in_chinese_what_went_wrong(shell):
    told = await shell.run("backup", "copy.db", LANG="zh_CN.UTF-8")
    assert told.code == 1
    assert told.err == "pilotwatch: 没有可备份的内容：数据库中还没有表。\n"
    plain = await shell.run("backup", "copy.db", LANG="C.UTF-8")
    assert plain.err.startswith("pilotwatch: There is nothing to back up")


async def test_what_is_wrong_with_a_setting_keeps_its_name_and_value(shell):
    told = await shell.run("migrate", LC_ALL="zh_CN.UTF-8", TIMEZONE="Mars/Olympus")
    assert told.code == 78
    assert "TIMEZONE" in told.err
    assert "Mars/Olympus" in told.err
    assert "不是时区" in told.err


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_CN", "LANG": "en_GB"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_that_of_the_first_variable_that_is_set(environment, language):
    assert language_of_shell(environment) == language


def test_a_line_that_nobody_has_put_into_chinese_stays_as_it_is():
    line = "Something else, with {braces} and 100 %."
    assert in_its_words(line, "zh") == line


@pytest.mark.parametrize("text", LINES)
def test_each_line_is_recognised_and_keeps_what_it_names(text: str):
    names = ("file", "reason", "number", "name", "nearest", "value", "least", "most", "allowed",
             "troubles")  # fmt: skip
    given = {name: f"<{name} a b.>" for name in names if f"{{{name}}}" in text}
    said = in_its_words(text.format(**given), "zh")
    assert said == words_for("zh").plain(text, **given)
    assert said != text.format(**given)
