"""Updates wait until they are confirmed."""

from datetime import UTC, datetime, timedelta

from sandbox.updates import Updates

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def numbers(updates: Updates, offset: int = 0, limit: int = 100, now: datetime = NOW) -> list[int]:
    return [update["update_id"] for update in updates.take(offset, limit, now)]


def with_three() -> tuple[Updates, list[int]]:
    updates = Updates()
    return updates, [updates.add_raw({"message": {"text": str(n)}}, NOW) for n in range(3)]


def test_an_update_comes_again_until_its_successor_is_asked_for():
    updates, [first, second, third] = with_three()
    assert numbers(updates) == numbers(updates) == [first, second, third]
    assert numbers(updates, offset=second) == [second, third]
    assert numbers(updates) == [second, third]
    assert numbers(updates, offset=third + 1) == []


def test_a_limit_leaves_the_rest_waiting():
    updates, [first, second, third] = with_three()
    assert numbers(updates, limit=2) == [first, second]
    assert numbers(updates, offset=second + 1) == [third]


def test_a_negative_offset_keeps_only_the_last():
    updates, [_, _, third] = with_three()
    assert numbers(updates, offset=-1) == [third]
    assert numbers(updates) == [third]


def test_an_update_is_kept_a_day():
    updates, _ = with_three()
    assert numbers(updates, now=NOW + timedelta(hours=24))
    assert numbers(updates, now=NOW + timedelta(hours=24, seconds=1)) == []


def test_what_the_bot_did_not_ask_for_does_not_come():
    updates = Updates()
    assert updates.add("chat_member", {}, NOW) is None
    assert updates.add("my_chat_member", {}, NOW) is not None
    updates.allow(["chat_member"])
    assert updates.add("chat_member", {}, NOW) is not None
    assert updates.add("message", {}, NOW) is None


def test_numbers_go_on_after_a_reset():
    updates, [*_, last] = with_three()
    updates.clear()
    assert updates.add("message", {}, NOW) == last + 1
