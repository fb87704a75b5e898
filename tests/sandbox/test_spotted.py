"""What Telegram finds in a text by itself."""

import pytest

from sandbox.text.formatted import Entity, piece
from sandbox.text.spotted import spot


def found(text: str) -> list[tuple[str, str]]:
    return [(entity.type, piece(text, entity)) for entity in spot(text)]


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("/start", [("bot_command", "/start")]),
        (
            "/start abc /help@pilotwatch_bot",
            [("bot_command", "/start"), ("bot_command", "/help@pilotwatch_bot")],
        ),
        ("either/or 1/2 <b>/x", []),
        ("😀 /facts", [("bot_command", "/facts")]),
        ("see https://example.com/a?b=1.", [("url", "https://example.com/a?b=1")]),
        ("见https://example.com/文件，谢谢", [("url", "https://example.com/文件")]),
        ("http://localhost/x", []),
        ("mail a.b@example.com now", [("email", "a.b@example.com")]),
        ("hello @alex_carter", [("mention", "@alex_carter")]),
        ("about #算力券 and #1", [("hashtag", "#算力券")]),
    ],
)
def test_commands_addresses_and_names_are_found(text: str, entities: list[tuple[str, str]]):
    assert found(text) == entities


def test_nothing_is_found_inside_a_link_or_code():
    link = Entity(type="text_link", offset=0, length=6, url="https://example.com/")
    assert spot("/start", [link]) == []
