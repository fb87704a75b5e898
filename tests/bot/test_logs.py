"""Log lines: one each, and no secret in any."""

import io
import json
import logging
import sys
import warnings
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import Redaction, TextFormatter, printable, set_up_logging, token_parts
from bot.settings import Settings

TOKEN = "123456789:AAthisIsAVerySecretTokenOfTheBot"
SECRET = TOKEN.partition(":")[2]
SETTINGS = Settings.read({"TELEGRAM_BOT_TOKEN": TOKEN})


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_token_is_in_no_line_however_it_gets_there(log_stream: io.StringIO, form: str):
    set_up_logging(replace(SETTINGS, log_format=form, log_level="DEBUG"), log_stream)
    log = logging.getLogger("telegram.Bot")
    log.warning("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    log.error("repr: Bot[token=%s]", TOKEN, extra={"token": TOKEN})
    log.error("half of it: %s", SECRET)
    try:
        raise RuntimeError(f"The token `{TOKEN}` was rejected by the server.")
    except RuntimeError:
        log.exception("failed", stack_info=True)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"beware of {TOKEN}", stacklevel=1)
    assert SECRET not in log_stream.getvalue()
    assert "failed" in log_stream.getvalue()
    assert "beware of" in log_stream.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "https://user:s3cr3t@example.org/feed",
        "postgresql+psycopg://pilot:s3cr3t@db/pilotwatch",
        "GET /feed?token=s3cr3t&x=1",
        "GET /feed?x=1&API_KEY=s3cr3t",
        "password=s3cr3t host=db",
        "987654321:s3cr3ts3cr3ts3cr3ts3cr3t",
        "http://127.0.0.1:8081/bot1:s3cr3t/sendMessage",
    ],
)
def test_what_looks_like_a_secret_is_taken_out(text: str):
    assert "s3cr3t" not in Redaction()(text)


def test_ordinary_words_stay():
    text = "read https://example.org:8080/feed?page=2 at 12:30:45, 90 of 200, key figures"
    assert Redaction(token_parts(TOKEN))(text) == text


def test_noisy_neighbours_are_quiet_also_when_we_are_not(log_stream: io.StringIO):
    set_up_logging(replace(SETTINGS, log_level="DEBUG"), log_stream)
    for name in ("httpx", "httpcore.connection", "apscheduler.executors", "telegram.Bot"):
        logging.getLogger(name).info("at %s", name)
    logging.getLogger("jobs.poll").debug("polled")
    assert log_stream.getvalue().splitlines()[0].endswith("jobs.poll: polled")


def test_json_lines_are_objects(log_stream: io.StringIO):
    set_up_logging(replace(SETTINGS, log_format="json"), log_stream)
    logging.getLogger("jobs.poll").info("read %s", "成都\nERROR fake")
    line = json.loads(log_stream.getvalue())
    assert line["message"] == "read 成都\nERROR fake"
    assert (line["level"], line["logger"]) == ("INFO", "jobs.poll")


@given(st.text(st.characters()))
def test_whatever_a_feed_says_stays_one_line(text: str):
    record = logging.LogRecord("jobs", logging.INFO, "x.py", 1, "title %s", (text,), None)
    line = TextFormatter(Redaction()).format(record)
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line


@given(st.text(st.characters()))
def test_an_exceptions_text_cannot_pose_as_a_record(text: str):
    try:
        raise ValueError(text)
    except ValueError:
        record = logging.LogRecord("jobs", logging.INFO, "x.py", 1, "failed", (), sys.exc_info())
    head, *rest = TextFormatter(Redaction()).format(record).split("\n")
    assert head.endswith("jobs: failed")
    assert all(line.startswith("    ") for line in rest)


def test_what_is_made_printable_can_be_read():
    assert printable("a\x1b[31mred\u202e\n") == r"a\x1b[31mred\u202e\n"
