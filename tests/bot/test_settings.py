"""Settings: every mistake in one clear line, and never a secret in it."""

from dataclasses import fields
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from bot.settings import SETTINGS, Settings, SettingsError, example

TOKEN = "123456:AAthisIsAVerySecretTokenOfTheBot"
ROOT = Path(__file__).parent.parent.parent


def mistakes(_file: Path | None = None, /, **environ: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as raised:
        Settings.read(environ, _file)
    return raised.value.mistakes


def test_nothing_set_gives_the_defaults_that_the_product_names():
    settings = Settings.read({})
    assert settings.telegram_bot_token is None
    assert settings.telegram_api_base_url == "https://api.telegram.org"
    assert settings.database_url == "sqlite+aiosqlite:///data/pilotwatch.db"
    assert settings.timezone == "Asia/Shanghai"
    assert settings.fetch_allow_cidrs == ()
    assert settings.admin_ids == ()
    assert settings.send_per_second == 29
    assert settings.log_format == "text"


def test_the_environment_wins_over_the_file(tmp_path: Path):
    file = tmp_path / ".env"
    file.write_text("\ufeffTIMEZONE=Europe/London\nLOG_LEVEL=debug\nADMIN_IDS='1, 2,2'\n", "utf-8")
    settings = Settings.read({"TIMEZONE": "Europe/Paris", "LOG_LEVEL": ""}, file)
    assert settings.timezone == "Europe/Paris"
    assert settings.log_level == "DEBUG"  # empty in the environment is not set there
    assert settings.admin_ids == (1, 2)


def test_a_missing_file_is_no_mistake(tmp_path: Path):
    assert Settings.read({}, tmp_path / ".env") == Settings.read({})


def test_every_mistake_is_said_at_once_each_by_its_name():
    found = mistakes(
        TELEGRAM_BOT_TOKEN="nonsense", ADMIN_IDS="me", TIMEZONE="Mars/Phobos", POLL_SECONDS="fast"
    )
    assert [line.split(":")[0] for line in found] == [
        "TELEGRAM_BOT_TOKEN",
        "ADMIN_IDS",
        "TIMEZONE",
        "POLL_SECONDS",
    ]
    assert all("\n" not in line for line in found)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("TELEGRAM_API_BASE_URL", "ftp://example.org", "http"),
        ("TELEGRAM_API_BASE_URL", "https://", "http"),
        ("TELEGRAM_API_BASE_URL", "https://[broken", "http"),
        ("ADMIN_IDS", "-5", "numeric"),
        ("ADMIN_IDS", "１２３", "numeric"),
        ("ADMIN_IDS", "1087968824", "many people"),
        ("ADMIN_IDS", "5,777000", "many people"),
        ("DATABASE_URL", "mysql://root:hunter2@db/x", "sqlite:/// or postgresql://"),
        ("DATABASE_URL", "sqlite://", "must name a file"),
        ("DATABASE_URL", "sqlite:///:memory:", "must name a file"),
        ("TIMEZONE", "../../etc/passwd", "not a time zone"),
        ("TIMEZONE", "Asia", "not a time zone"),
        ("FETCH_ALLOW_CIDRS", "10.0.0.5/8", "not a network"),
        ("FETCH_ALLOW_CIDRS", "localhost", "not a network"),
        ("POLL_SECONDS", "0", "not a number from"),
        ("POLL_SECONDS", "-1", "not a number from"),
        ("POLL_SECONDS", "nan", "not a number from"),
        ("POLL_INTERVAL_MINUTES", "1e9", "not a number from"),
        ("SEND_PER_SECOND", "inf", "not a number from"),
        ("KEEP_SENT_DAYS", "7", "number of days from 30 on"),
        ("KEEP_SILENT_CHATS_DAYS", "-1", "number of days"),
        ("KEEP_OFF_TOPIC_DAYS", "1.5", "number of days"),
        ("LOG_FORMAT", "xml", "not one of text, json"),
        ("LOG_LEVEL", "LOUD", "not one of"),
        ("TELEGRAM_BOT_TOKEN_FILE", "/nowhere/token", "cannot be read"),
    ],
)
def test_a_wrong_value_is_explained(name: str, text: str, says: str):
    (line,) = mistakes(None, **{name: text})
    assert line.startswith(f"{name}: ")
    assert says in line


@pytest.mark.parametrize("name", [setting.name for setting in SETTINGS if setting.secret])
def test_a_secret_is_shown_neither_in_a_mistake_nor_in_a_repr(name: str):
    (line,) = mistakes(None, **{name: "s3cr3t words"})
    assert "s3cr3t" not in line
    url = "postgresql://pilot:s3cr3t@db/pilotwatch"
    settings = Settings.read({"TELEGRAM_BOT_TOKEN": TOKEN, "DATABASE_URL": url})
    assert TOKEN not in repr(settings)
    assert "s3cr3t" not in repr(settings)


@pytest.mark.parametrize(
    ("written", "driver"),
    [
        ("postgresql://u:p@h/n", "postgresql+psycopg://u:p@h/n"),
        ("postgresql+psycopg://u:p@h/n", "postgresql+psycopg://u:p@h/n"),
        ("postgres://u:p@h/n", "postgresql+psycopg://u:p@h/n"),
        ("sqlite:///data/x.db", "sqlite+aiosqlite:///data/x.db"),
        ("sqlite+aiosqlite:////var/x.db", "sqlite+aiosqlite:////var/x.db"),
    ],
)
def test_database_addresses_get_the_driver_that_we_use(written: str, driver: str):
    assert Settings.read({"DATABASE_URL": written}).database_url == driver


def test_fractions_and_networks_are_read():
    settings = Settings.read(
        {
            "POLL_INTERVAL_MINUTES": "0.05",
            "POLL_SECONDS": "0.2",
            "FETCH_ALLOW_CIDRS": "127.0.0.0/8, fd00::/8",
            "TELEGRAM_API_BASE_URL": "http://127.0.0.1:8081/",
        }
    )
    assert settings.poll_interval_minutes == 0.05
    assert settings.poll_seconds == 0.2
    assert settings.fetch_allow_cidrs == (ip_network("127.0.0.0/8"), ip_network("fd00::/8"))
    assert settings.telegram_api_base_url == "http://127.0.0.1:8081"


def test_the_token_may_stand_in_a_file_of_its_own(tmp_path: Path):
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    assert Settings.read({"TELEGRAM_BOT_TOKEN_FILE": str(file)}).telegram_bot_token == TOKEN
    (both,) = mistakes(TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_BOT_TOKEN_FILE=str(file))
    assert "both set" in both
    file.write_text("not a token")
    (empty,) = mistakes(TELEGRAM_BOT_TOKEN_FILE=str(file))
    assert "does not hold a bot token" in empty
    assert "not a token" not in empty


def test_a_name_in_the_file_that_is_none_is_named_with_its_neighbour(tmp_path: Path):
    file = tmp_path / ".env"
    file.write_text("TELEGRAM_TOKEN=1:a\nSHOE_SIZE=43\nPATH_OF_NOTHING\n")
    spelt, unknown, broken = mistakes(file)
    assert spelt == "TELEGRAM_TOKEN in .env is not a setting; did you mean TELEGRAM_BOT_TOKEN?"
    assert unknown == "SHOE_SIZE in .env is not a setting; see .env.example for the names"
    assert broken == ".env, line 3 is not NAME=value; see .env.example"


def test_other_names_in_the_environment_are_nobodys_business():
    assert Settings.read({"SHOE_SIZE": "43"}) == Settings.read({})


def test_an_unreadable_file_is_one_line(tmp_path: Path):
    (folder,) = mistakes(tmp_path)
    assert "cannot be read" in folder
    binary = tmp_path / ".env"
    binary.write_bytes(b"\xff\xfe\x00TOKEN")
    (line,) = mistakes(binary)
    assert "not UTF-8" in line


def test_the_example_file_is_what_the_settings_say():
    assert (ROOT / ".env.example").read_text("utf-8") == example()


def test_the_example_file_itself_is_without_mistakes(tmp_path: Path):
    file = tmp_path / ".env"
    kept = [line for line in example().splitlines() if "TOKEN" not in line]
    shown = "\n".join(line.removeprefix("# ") for line in kept if "=" in line and line[2].isupper())
    file.write_text(shown)
    assert Settings.read({}, file).timezone == "Asia/Shanghai"


def test_every_setting_has_its_field_and_the_other_way_round():
    named = {setting.name.lower() for setting in SETTINGS} - {"telegram_bot_token_file"}
    assert named == {field.name for field in fields(Settings)}


def test_what_is_kept_for_ever_is_said_by_a_nought():
    keeping = Settings.read({"KEEP_SENT_DAYS": "0", "KEEP_OFF_TOPIC_DAYS": "30"}).keeping
    assert keeping.sent is None
    assert keeping.off_topic == timedelta(days=30)
    assert keeping.silent_chats == timedelta(days=730)


def test_proxies_are_taken_and_never_shown():
    settings = Settings.read(
        {"TELEGRAM_PROXY": "http://me:hunter2@10.0.0.1:7890/", "FETCH_PROXY": "http://p.example:80"}
    )
    assert settings.telegram_proxy == "http://me:hunter2@10.0.0.1:7890"
    assert settings.fetch_proxy == "http://p.example:80"
    assert "hunter2" not in repr(settings)


@pytest.mark.parametrize(
    "text",
    [
        "socks5://me:hunter2@a.example:1080",
        "http://a.example",
        "http://:1",
        "hunter2",
        "http://a:b",
    ],
)
def test_what_is_no_proxy_is_refused_without_repeating_it(text: str):
    for name in ("TELEGRAM_PROXY", "FETCH_PROXY"):
        (line,) = mistakes(**{name: text})
        assert line.startswith(f"{name}: must be an HTTP proxy")
        assert "hunter2" not in line
