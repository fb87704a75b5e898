"""Who may do what: every command and button, asked by everybody, everywhere."""

from dataclasses import replace
from itertools import product

import pytest

from bot.command import Command, Pressed
from bot.commands import COMMANDS, PRESSED
from bot.rights import STAFF, Asker, Refusal, refusal
from domain.operator import NOBODY

ASKERS = {
    "stranger": Asker(user_id=7, private=True),
    "operator": Asker(user_id=8, private=True, role="admin"),
    "owner": Asker(user_id=9, private=True, role="owner"),
    "group admin": Asker(user_id=10, private=False, group_admin=True),
    "anonymous admin": Asker(user_id=None, private=False, group_admin=True),
    "channel": Asker(user_id=None, private=False),
}
EXPECTED: dict[tuple[str, str, str], tuple[Refusal | None, Refusal | None]] = {
    # (asker, who may, where): the answer in a private chat, and in a group
    ("stranger", "everyone", "everywhere"): (None, None),
    ("operator", "everyone", "everywhere"): (None, None),
    ("owner", "everyone", "everywhere"): (None, None),
    ("group admin", "everyone", "everywhere"): (None, None),
    ("anonymous admin", "everyone", "everywhere"): (None, None),
    ("channel", "everyone", "everywhere"): (None, None),
    ("stranger", "chat_admin", "everywhere"): (None, "admins_only"),
    ("operator", "chat_admin", "everywhere"): (None, "admins_only"),
    ("owner", "chat_admin", "everywhere"): (None, "admins_only"),
    ("group admin", "chat_admin", "everywhere"): (None, None),
    ("anonymous admin", "chat_admin", "everywhere"): (None, None),
    ("channel", "chat_admin", "everywhere"): (None, "admins_only"),
    ("stranger", "owner", "private"): ("operators_only", "operators_only"),
    ("operator", "owner", "private"): ("owners_only", "private_only"),
    ("owner", "owner", "private"): (None, "private_only"),
    ("group admin", "owner", "private"): ("operators_only", "operators_only"),
    ("anonymous admin", "owner", "private"): ("operators_only", "operators_only"),
    ("channel", "owner", "private"): ("operators_only", "operators_only"),
    ("stranger", "operator", "private"): ("operators_only", "operators_only"),
    ("operator", "operator", "private"): (None, "private_only"),
    ("owner", "operator", "private"): (None, "private_only"),
    ("group admin", "operator", "private"): ("operators_only", "operators_only"),
    ("anonymous admin", "operator", "private"): ("operators_only", "operators_only"),
    ("channel", "operator", "private"): ("operators_only", "operators_only"),
}
EXPECTED |= {(name, "everyone", "private"): (None, "private_only") for name in ASKERS}
LINES: tuple[Command | Pressed, ...] = (*COMMANDS, *PRESSED)


def _label(value: str | Command | Pressed) -> str:
    match value:
        case Command():
            return f"/{value.name}"
        case Pressed():
            return f"button {value.verb}"
        case _:
            return value


@pytest.mark.parametrize(("name", "line"), list(product(ASKERS, LINES)), ids=_label)
def test_the_whole_table(name: str, line: Command | Pressed):
    in_private, in_group = EXPECTED[name, line.who, line.where]
    asker = ASKERS[name]
    assert refusal(replace(asker, private=True), line.who, line.where) == in_private
    assert refusal(replace(asker, private=False), line.who, line.where) == in_group


@pytest.mark.parametrize("user_id", sorted(NOBODY))
def test_an_id_of_nobody_makes_no_operator_even_if_somebody_listed_it(user_id: int):
    asker = Asker(user_id=user_id, private=True, role="owner")
    assert refusal(asker, "operator", "private") == "operators_only"


def test_operators_work_in_private_only():
    assert {line.where for line in LINES if line.who in STAFF} == {"private"}


def test_names_and_verbs_are_there_once_and_short_enough_for_telegram():
    names = [command.name for command in COMMANDS]
    verbs = [pressed.verb for pressed in PRESSED]
    assert len(set(names)) == len(names)
    assert len(set(verbs)) == len(verbs)
    assert all(len(name) <= 32 and name.islower() for name in names)
    assert all(1 <= len(command.summary) <= 256 for command in COMMANDS)
    assert all(
        command.example.startswith(f"/{command.name}") for command in COMMANDS if command.example
    )
