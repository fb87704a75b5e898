"""/sandbox over HTTP: the shapes that scripts and checks rely on."""

import httpx
import pytest

from sandbox.calls import MOST_CALLS, Calls
from sandbox.cast import GROUP_ID, OPERATOR_ID, READER_ID
from sandbox.server import Sandbox

METHOD = "/bot123456:TESTTOKEN/"
EVE = {"id": 77, "first_name": "Eve", "language_code": "en"}


async def test_somebody_unknown_speaks_and_exists_from_then_on(web: httpx.AsyncClient):
    answer = await web.post("/sandbox/say", json={"user": EVE, "text": "/start"})
    assert set(answer.json()) == {"update_id", "message_id"}
    [update] = (await web.get(METHOD + "getUpdates")).json()["result"]
    assert update["update_id"] == answer.json()["update_id"]
    assert update["message"]["from"] == {**EVE, "is_bot": False}
    assert update["message"]["chat"] == {"id": 77, "type": "private", "first_name": "Eve"}
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


async def test_an_unknown_group_comes_into_being_with_its_topic(web: httpx.AsyncClient):
    chat = {"id": -1007777777777, "type": "supergroup", "title": "New", "is_forum": True}
    said = {"user": EVE, "chat": chat, "text": "hello", "thread": 12}
    answer = await web.post("/sandbox/say", json=said)
    assert answer.json()["message_id"] == 13
    [update] = (await web.get(METHOD + "getUpdates")).json()["result"]
    assert update["message"]["chat"] == chat
    assert update["message"]["message_thread_id"] == 12
    sent = await web.post(
        METHOD + "sendMessage", json={"chat_id": chat["id"], "text": "x", "message_thread_id": 12}
    )
    assert sent.json()["result"]["is_topic_message"]


async def test_calls_are_listed_with_what_was_said_and_answered(web: httpx.AsyncClient):
    await web.post("/sandbox/say", json={"user": EVE, "text": "hello"})
    markup = '{"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}'
    form = {"chat_id": "77", "text": "<b>x</b>", "parse_mode": "HTML", "reply_markup": markup}
    await web.post(METHOD + "sendMessage", data=form)
    await web.post(METHOD + "sendMessage", data={"chat_id": "78", "text": "x"})
    await web.post(METHOD + "getMe")
    calls = (await web.get("/sandbox/calls", params={"method": "sendMessage"})).json()["calls"]
    assert [(c["seq"], c["method"], c["chat_id"], c["status"]) for c in calls] == [
        (1, "sendMessage", 77, 200),
        (2, "sendMessage", 78, 400),
    ]
    assert set(calls[0]) == {"seq", "time", "method", "chat_id", "params", "status", "result"}
    assert calls[0]["params"]["text"] == "<b>x</b>"
    assert calls[0]["params"]["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "b"
    assert calls[0]["result"]["text"] == "x"
    assert calls[1]["result"]["description"] == "Bad Request: chat not found"
    later = (await web.get("/sandbox/calls", params={"since": 1, "chat": 78})).json()["calls"]
    assert [call["seq"] for call in later] == [2]


async def test_a_press_needs_its_button_unless_forced(web: httpx.AsyncClient):
    await web.post("/sandbox/say", json={"user": EVE, "text": "hello"})
    keyboard = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
    sent = {"chat_id": 77, "text": "x", "reply_markup": keyboard}
    number = (await web.post(METHOD + "sendMessage", json=sent)).json()["result"]["message_id"]
    pressed = {"user": EVE, "chat": {"id": 77}, "message_id": number, "data": "b"}
    assert (await web.post("/sandbox/press", json=pressed)).status_code == 200
    answer = await web.post("/sandbox/press", json=pressed | {"data": "invented"})
    assert answer.status_code == 400
    assert "has no button with the data 'invented'; it has ['b']" in answer.json()["error"]
    forced = pressed | {"data": "invented", "force": True}
    assert (await web.post("/sandbox/press", json=forced)).status_code == 200


async def test_any_update_is_handed_over_as_it_stands(web: httpx.AsyncClient):
    poison = {"poll_answer": {"poll_id": 7}}
    number = (await web.post("/sandbox/update", json=poison)).json()["update_id"]
    [update] = (await web.get(METHOD + "getUpdates")).json()["result"]
    assert update == {"update_id": number, **poison}


async def test_a_reset_forgets_everything_but_the_numbers(sandbox: Sandbox, web: httpx.AsyncClient):
    before = sandbox.say(READER_ID, "hello")
    sandbox.fault("sendMessage", times=5, code=500)
    await web.post(METHOD + "setWebhook", json={"url": "https://example.com/"})
    sandbox.publish()
    assert (await web.post("/sandbox/reset")).json() == {"ok": True}
    assert (await web.get("/sandbox/calls")).json() == {"calls": []}
    assert (await web.get(METHOD + "getUpdates")).json() == {"ok": True, "result": []}
    assert len(sandbox.newsroom.edition.coming()) == 2
    after = sandbox.say(READER_ID, "hello again")
    assert after["update_id"] > before["update_id"]
    sent = await web.post(METHOD + "sendMessage", json={"chat_id": READER_ID, "text": "x"})
    assert sent.status_code == 200


@pytest.mark.parametrize(
    ("path", "body", "line"),
    [
        ("say", {"text": "x"}, "missing required field `user`"),
        ("say", {"user": {"id": "77"}, "text": "x"}, "Expected `int`, got `str` - at `$.user.id`"),
        ("say", {"user": EVE, "txt": "x"}, "unknown field `txt`"),
        ("say", {"user": EVE}, "nobody can send a message without words"),
        ("say", {"user": 4242, "text": "x"}, "nobody has the id 4242"),
        ("say", {"user": EVE, "text": "x", "chat": {"id": READER_ID}}, "Eve (77) is not in it"),
        ("say", {"user": EVE, "text": "x", "thread": 3}, "only supergroups have topics"),
        ("say", {"user": EVE, "text": "x", "reply_to": 9}, "there is no message 9"),
        ("say", {"user": EVE, "chat": {"id": 5, "type": "group"}, "text": "x"}, "below zero"),
        ("say", {"user": EVE, "document": {"file_name": "a", "base64": "?"}}, "is not base64"),
        ("say", {"user": EVE, "document": {"file_name": "a"}}, "file must be non-empty"),
        ("press", {"user": EVE, "message_id": 9, "data": "x"}, "there is no message 9"),
        ("member", {"chat": {"id": GROUP_ID}, "status": "king"}, "Invalid enum value 'king'"),
        ("member", {"chat": READER_ID, "user": EVE, "status": "kicked"}, "is private"),
        ("topic", {"chat": READER_ID, "thread": 3}, "only supergroups have topics"),
        ("faults", {"method": "sendMessage", "times": 0}, "Expected `int` >= 1"),
        ("faults", {"method": "sendMessage", "drop": "later"}, "Invalid enum value 'later'"),
        ("revoke", {}, "missing required field `token`"),
        ("update", [], "an update is a JSON object"),
        ("update", {"update_id": "x"}, "update_id is a whole number"),
    ],
)
async def test_a_wrong_body_gets_one_clear_line(
    web: httpx.AsyncClient, path: str, body: object, line: str
):
    answer = await web.post(f"/sandbox/{path}", json=body)
    assert answer.status_code == 400
    assert line in answer.json()["error"]
    assert "\n" not in answer.json()["error"]


async def test_what_is_no_json_gets_one_clear_line(web: httpx.AsyncClient):
    for content in (b"", b"{", b"\xff"):
        answer = await web.post("/sandbox/say", content=content)
        assert answer.status_code == 400
        assert answer.json()["error"].startswith("/sandbox/say: ")
    answer = await web.get("/sandbox/calls", params={"since": "yesterday"})
    assert answer.status_code == 400


async def test_another_sites_page_has_no_say(web: httpx.AsyncClient):
    headers = {"Origin": "https://elsewhere.example"}
    answer = await web.post("/sandbox/say", json={"user": EVE, "text": "x"}, headers=headers)
    assert answer.status_code == 403
    own = {"Origin": str(web.base_url).rstrip("/")}
    answer = await web.post("/sandbox/say", json={"user": EVE, "text": "x"}, headers=own)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.5", "[::2]", "[", "evil@x", ""]
)
async def test_a_name_that_was_bound_anew_to_this_machine_has_no_say(
    host: str, sandbox: Sandbox, web: httpx.AsyncClient
):
    named = f"{host}:{sandbox.port}" if host else ""
    headers = {"Host": named, "Origin": f"http://{named}"}
    answer = await web.post("/sandbox/say", json={"user": EVE, "text": "x"}, headers=headers)
    assert answer.status_code == 403
    assert (await web.get("/page/state", headers={"Host": named})).status_code == 403


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.8.9.1", "[::1]"])
async def test_every_name_of_this_machine_itself_will_do(
    host: str, sandbox: Sandbox, web: httpx.AsyncClient
):
    named = f"{host}:{sandbox.port}"
    headers = {"Host": named, "Origin": f"http://{named}"}
    answer = await web.post("/sandbox/say", json={"user": EVE, "text": "x"}, headers=headers)
    assert answer.status_code == 200


async def test_the_host_that_a_sandbox_was_started_on_is_its_own():
    async with (
        Sandbox(port=0, host="0.0.0.0") as sandbox,  # noqa: S104 -- what a container does
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{sandbox.port}", trust_env=False) as web,
    ):
        answer = await web.get("/page/state", headers={"Host": f"0.0.0.0:{sandbox.port}"})
        assert answer.status_code == 200


async def test_a_bot_that_left_hears_nothing(sandbox: Sandbox):
    sandbox.member(GROUP_ID, "left")
    said = sandbox.say(OPERATOR_ID, "anybody here?", chat=GROUP_ID)
    assert said["update_id"] is None


def test_the_log_is_bounded_and_its_numbers_go_on():
    calls = Calls()
    for _ in range(MOST_CALLS + 5):
        calls.add(time=0.0, method="getMe", chat_id=None, params={}, status=200, result=True)
    assert len(calls.kept) == MOST_CALLS
    assert [calls.kept[0].seq, calls.last_seq] == [6, MOST_CALLS + 5]


async def test_waiting_for_a_call_that_does_not_come_ends():
    with pytest.raises(TimeoutError):
        await Calls().wait(method="sendMessage", timeout=0.01)
