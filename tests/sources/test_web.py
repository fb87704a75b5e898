"""The web is asked politely, within bounds, and every failure has its own plain line."""

import asyncio
import gzip
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from sources.errors import FetchError
from sources.web import Web
from tests.sources.servers import Talk, answer, serving

FEED = b"<rss version='2.0'><channel><title>T</title></channel></rss>"


def web(**options):
    """A web that sees loopback, without pauses, and soon loses patience."""
    defaults = {"allow_cidrs": ["127.0.0.0/8"], "pause": 0.0, "deadline": 2.0, "connect": 1.0}
    return Web(**{**defaults, **options})


async def failure(url: str, **options) -> FetchError:
    async with web(**options) as reading:
        with pytest.raises(FetchError) as caught:
            await reading.fetch(url)
    return caught.value


async def test_a_page_comes_with_its_type_its_validators_and_its_hash():
    reply = answer(
        FEED, content_type="text/xml; charset=gbk", etag='W/"a"', last_modified="yesterday"
    )
    async with serving(reply) as server, web() as reading:
        page = await reading.fetch(server.url("/feed?x=1"))
    assert page is not None
    assert page.url == server.url("/feed?x=1")
    assert (page.body, page.content_type) == (FEED, "text/xml; charset=gbk")
    assert (page.etag, page.last_modified) == ('W/"a"', "yesterday")
    assert len(page.body_hash) == 64 + 1 + 64


async def test_we_say_who_we_are_ask_for_plain_compression_and_bring_no_cookies():
    first = answer(FEED, set_cookie="a=b")
    async with serving(first) as server, web() as reading:
        await reading.fetch(server.url())
        await reading.fetch(server.url())
    assert (server.header("User-Agent") or "").startswith("Pilotwatch/")
    assert server.header("Accept-Encoding") == "gzip, deflate"
    assert server.header("Cookie") is None


async def test_validators_go_back_byte_for_byte_and_unchanged_is_no_page():
    async with serving(answer(status="304 Not Modified")) as server, web() as reading:
        page = await reading.fetch(server.url(), etag='W/"a b"', last_modified="Mon, 2 odd")
    assert page is None
    assert server.header("If-None-Match") == 'W/"a b"'
    assert server.header("If-Modified-Since") == "Mon, 2 odd"


async def test_unchanged_without_having_been_asked_is_a_lie():
    async with serving(answer(status="304 Not Modified")) as server:
        assert (await failure(server.url())).code == "unasked_304"


async def test_validators_do_not_travel_with_a_redirect():
    routes = {
        "/old": answer(status="301 Moved", location="/new"),
        "/new": answer(FEED, etag='"n"', last_modified="now"),
    }
    async with serving(routes=routes) as server, web() as reading:
        page = await reading.fetch(server.url("/old"), etag='"o"', last_modified="then")
    assert page is not None
    assert page.url == server.url("/new")
    assert (page.etag, page.last_modified) == (None, None)
    assert server.header("If-None-Match", 0) == '"o"'
    assert server.header("If-None-Match", 1) is None


@pytest.mark.parametrize("value", ['"' + "x" * 600 + '"', '"\u4e2d"'])
async def test_a_validator_that_cannot_be_given_back_is_not_kept(value):
    async with serving(answer(FEED, etag=value)) as server, web() as reading:
        page = await reading.fetch(server.url())
    assert page is not None
    assert page.etag is None


@pytest.mark.parametrize("name", ["gzip", "x-gzip", "GZIP", "deflate", "raw", "members", "padded"])
async def test_compressed_pages_are_inflated(name):
    packed = {
        "deflate": zlib.compress(FEED),
        "raw": zlib.compress(FEED, wbits=-15),
        "members": gzip.compress(FEED[:10]) + gzip.compress(FEED[10:]),
        "padded": gzip.compress(FEED) + b"\0" * 8,
    }
    encoding = {"raw": "deflate", "members": "gzip", "padded": "gzip"}.get(name, name)
    reply = answer(packed.get(name, gzip.compress(FEED)), content_encoding=encoding)
    async with serving(reply) as server, web() as reading:
        page = await reading.fetch(server.url())
    assert page is not None
    assert page.body == FEED


async def test_a_page_of_exactly_the_bound_is_read_and_one_byte_more_is_not():
    for size, compress in ((1000, False), (1000, True)):
        body = b"x" * size
        packed = gzip.compress(body) if compress else body
        coding = {"content_encoding": "gzip"} if compress else {}
        async with serving(answer(packed, **coding)) as server, web(largest=size) as reading:
            page = await reading.fetch(server.url())
            assert page is not None
            assert len(page.body) == size
        async with serving(answer(packed, **coding)) as server:
            assert (await failure(server.url(), largest=size - 1)).code == "too_large"


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "gzip,gzip,gzip", "compress"])
async def test_compression_we_did_not_ask_for_is_refused(encoding):
    bomb = gzip.compress(gzip.compress(gzip.compress(b"\0" * 1_000_000)))
    async with serving(answer(bomb, content_encoding=encoding)) as server:
        assert (await failure(server.url())).code == "encoding"


async def test_a_gzip_bomb_stops_at_the_bound():
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert len(bomb) < 60_000
    async with serving(answer(bomb, content_encoding="gzip")) as server:
        error = await failure(server.url())
    assert error.code == "too_large"
    assert "5 MiB" in str(error)


async def test_a_flood_of_empty_gzip_members_is_refused():
    flood = gzip.compress(b"") * 5000
    async with serving(answer(flood, content_encoding="gzip")) as server:
        assert (await failure(server.url())).code == "encoding"


async def test_a_body_that_never_ends_stops_at_the_bound():
    async def endless(writer):
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()

    async with serving(endless) as server:
        assert (await failure(server.url(), largest=300_000)).code == "too_large"


async def test_a_length_beyond_the_bound_is_believed_at_once():
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"
    async with serving(head) as server:
        assert (await failure(server.url())).code == "too_large"


async def _trickle(writer):
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.02)


async def _slow_body(writer):
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    await _trickle(writer)


async def _slow_head(writer):
    writer.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    await _trickle(writer)


async def _silent(writer):
    await asyncio.sleep(3)


async def _always_continue(writer):
    while True:
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.02)


@pytest.mark.parametrize("talk", [_slow_body, _slow_head, _silent, _always_continue])
async def test_a_server_that_takes_its_time_loses_its_turn(talk):
    async with serving(talk) as server:
        error = await failure(server.url(), deadline=0.3)
    assert error.code == "timeout"
    assert "0.3 s" in str(error)


async def test_slow_redirects_share_one_deadline():
    async def slow_redirect(writer):
        await asyncio.sleep(0.12)
        number = len(server.heads)
        writer.write(answer(status="302 Found", location=f"/{number}"))

    async with serving(slow_redirect) as server:
        assert (await failure(server.url(), deadline=0.3)).code == "timeout"
        assert len(server.heads) <= 3


async def _endless_head(writer):
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-More: 1\r\n" * 1000)
        await writer.drain()


ENDS: dict[str, tuple[bytes | Talk, str]] = {
    "endless headers": (_endless_head, "bad_answer"),
    "a header too long": (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n", "bad_answer"),
    "garbage": (b"\x00\x01\x02 garbage\r\n\r\n", "bad_answer"),
    "a status that is none": (b"HTTP/1.1 abc OK\r\n\r\n", "bad_answer"),
    "two lengths": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "bad_answer",
    ),
    "a negative length": (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "bad_answer"),
    "nothing": (b"", "cut_off"),
    "half a header": (b"HTTP/1.1 200", "cut_off"),
    "less than promised": (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nabc", "cut_off"),
    "bad chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc", "bad_answer"),
    "half a gzip": (answer(gzip.compress(FEED * 50)[:40], content_encoding="gzip"), "cut_off"),
    "no gzip at all": (answer(FEED, content_encoding="gzip"), "encoding"),
}


@pytest.mark.parametrize("name", ENDS)
async def test_a_lying_server_gets_a_name(name):
    talk, code = ENDS[name]
    async with serving(talk) as server:
        error = await failure(server.url())
    assert error.code == code, str(error)


async def test_an_empty_answer_is_a_page_for_the_parser_to_refuse():
    async with serving(answer(b"")) as server, web() as reading:
        page = await reading.fetch(server.url())
    assert page is not None
    assert page.body == b""


STATUSES = {
    "204 No Content": "http_204",
    "300 Multiple Choices": "http_300",
    "401 Unauthorized": "http_401",
    "403 Forbidden": "http_403",
    "404 Not Found": "http_404",
    "410 Gone": "http_410",
    "429 Too Many Requests": "http_429",
    "500 Oops": "http_500",
    "503 Service Unavailable": "http_503",
    "412 Precondition Failed": "anti_bot",
}


@pytest.mark.parametrize("status", STATUSES)
async def test_each_refusal_is_named_with_host_and_number(status):
    body = b"" if status.startswith("204") else b"no"
    async with serving(answer(body, status)) as server:
        error = await failure(server.url("/feed?key=secret"))
    assert error.code == STATUSES[status]
    assert "127.0.0.1" in str(error)
    assert "secret" not in str(error)
    assert error.retry_after is None


CHALLENGES = {
    "cloudflare": ("403 Forbidden", b"<!DOCTYPE html><script>window._cf_chl_opt={}</script>"),
    "knownsec": ("521 ", b"<script>document.cookie='__jsl_clearance=1';</script>"),
    "ruishu": ("202 Accepted", b"<!DOCTYPE html><html><script>$_ts = window['$_ts'];</script>"),
    "cookie": (
        "200 OK",
        b"<html><script>document.cookie='seen=1';window.location.reload()</script></html>",
    ),
}


@pytest.mark.parametrize("name", CHALLENGES)
async def test_a_page_that_wants_a_browser_is_named_as_such(name):
    status, body = CHALLENGES[name]
    async with serving(answer(body, status, content_type="text/html")) as server:
        error = await failure(server.url())
    assert error.code == "anti_bot"
    assert "browser" in str(error)


async def test_an_ordinary_page_with_a_guard_in_it_is_no_challenge():
    words = b"<p>" + b"The pilot zone publishes its list. " * 60 + b"</p>"
    body = b"<!doctype html><script src='/cdn-cgi/challenge-platform/x.js'></script>" + words
    async with serving(answer(body)) as server, web() as reading:
        assert await reading.fetch(server.url()) is not None


async def test_an_article_that_writes_about_captchas_is_not_a_challenge():
    body = b"<rss><channel><item><title>How __jsl_clearance works</title></item></channel></rss>"
    async with serving(answer(body)) as server, web() as reading:
        assert await reading.fetch(server.url()) is not None


@pytest.mark.parametrize("status", ["429 Slow", "503 Later"])
async def test_the_wait_a_server_asks_for_is_passed_on(status):
    async with serving(answer(b"", status, retry_after="120")) as server:
        assert (await failure(server.url())).retry_after == timedelta(seconds=120)


async def test_the_wait_may_be_a_date():
    date = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)
    async with serving(answer(b"", "503 Later", retry_after=date)) as server:
        wait = (await failure(server.url())).retry_after
    assert wait is not None
    assert timedelta(minutes=9) < wait <= timedelta(minutes=10)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("9" * 500, timedelta(days=1)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", timedelta(days=1)),
        ("Mon, 23 Nov 2009 00:00:00 GMT", None),
        ("0", None),
        ("-5", None),
        ("soon", None),
        ("Fri, 99 Foo 2026", None),
    ],
)
async def test_an_absurd_wait_is_bounded_or_ignored(value, wait):
    async with serving(answer(b"", "503 Later", retry_after=value)) as server:
        assert (await failure(server.url())).retry_after == wait


async def test_redirects_are_followed_relative_absolute_and_unescaped():
    routes = {
        "/a/b": answer(status="302 Found", location="../c d/中文?q=é#part"),
        "/c%20d/%E4%B8%AD%E6%96%87?q=%C3%A9": answer(FEED),
    }
    async with serving(routes=routes) as server, web() as reading:
        page = await reading.fetch(server.url("/a/b"))
    assert page is not None
    assert page.body == FEED


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("/", "redirect_loop"),
        ("/#again", "redirect_loop"),
        ("", "bad_redirect"),
        ("http://[::1", "bad_redirect"),
        ("file:///etc/passwd", "scheme"),
        ("gopher://127.0.0.1/", "scheme"),
        ("http://user:pass@127.0.0.1/", "userinfo"),
        ("http://10.0.0.1/", "private_address"),
        ("//169.254.169.254/latest/meta-data", "private_address"),
        ("http:\\\\127.0.0.1\\", "bad_redirect"),
    ],
)
async def test_each_redirect_is_judged_again(location, code):
    async with serving(answer(status="302 Found", location=location)) as server:
        error = await failure(server.url())
    assert error.code == code, str(error)
    assert len(server.heads) == 1


async def test_redirects_end_after_five():
    async def onward(writer):
        writer.write(answer(status="307 Go", location=f"/{len(server.heads)}"))

    async with serving(onward) as server:
        assert (await failure(server.url())).code == "too_many_redirects"
    assert len(server.heads) == 6


async def test_nobody_listening_is_named():
    async with serving() as server:
        pass
    assert (await failure(server.url())).code == "refused"


async def test_an_unknown_name_is_named():
    async def nobody(host, port):
        raise OSError("no such name")

    error = await failure("http://nowhere.example/", lookup=nobody)
    assert error.code == "dns"
    assert "nowhere.example" in str(error)


async def test_a_resolver_that_hangs_costs_the_deadline_and_no_more():
    async def hang(host, port):
        await asyncio.sleep(60)

    assert (await failure("http://slow.example/", lookup=hang, deadline=0.2)).code == "timeout"


async def test_no_connection_in_time_is_a_timeout():
    async def hang(host, port):
        await asyncio.sleep(60)

    error = await failure("http://slow.example/", lookup=hang, connect=0.1)
    assert error.code == "timeout"


async def test_one_host_is_asked_one_question_at_a_time():
    async def slow(writer):
        await asyncio.sleep(0.03)
        writer.write(answer(FEED))

    async with serving(slow) as server, web() as reading:
        pages = await asyncio.gather(*(reading.fetch(server.url(f"/{n}")) for n in range(5)))
    assert all(pages)
    assert server.most_open == 1


async def test_two_hosts_are_asked_at_the_same_time():
    meeting = asyncio.Barrier(2)

    async def meet(writer):
        await meeting.wait()
        writer.write(answer(FEED))

    async with (
        serving(meet, address="127.0.0.2") as one,
        serving(meet, address="127.0.0.3") as other,
        web() as reading,
    ):
        pages = await asyncio.gather(reading.fetch(one.url()), reading.fetch(other.url()))
    assert all(pages)


async def test_a_host_has_its_pause_between_two_questions():
    async with serving(answer(FEED)) as server, web(pause=0.1) as reading:
        await asyncio.gather(*(reading.fetch(server.url(f"/{n}")) for n in range(3)))
    assert server.times[1] - server.times[0] >= 0.09
    assert server.times[2] - server.times[1] >= 0.09


async def test_all_together_are_bounded():
    now = most = 0

    async def busy(writer):
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.02)
        now -= 1
        writer.write(answer(FEED))

    async with web(at_once=2) as reading, asyncio.TaskGroup() as tasks:
        for number in range(6):
            tasks.create_task(_fetch_from(f"127.0.1.{number + 1}", busy, reading))
    assert most == 2


async def _fetch_from(address, talk, reading):
    async with serving(talk, address=address) as server:
        assert await reading.fetch(server.url()) is not None


async def test_waiting_for_a_turn_does_not_use_the_deadline_up():
    async def slow(writer):
        await asyncio.sleep(0.12)
        writer.write(answer(FEED))

    async with serving(slow) as server, web(deadline=0.4) as reading:
        pages = await asyncio.gather(*(reading.fetch(server.url(f"/{n}")) for n in range(5)))
    assert all(pages)


async def test_servers_cannot_write_into_our_line():
    async with serving(
        answer(status="302 Found", location="http://a\u202egro.example:99999/")
    ) as s:
        error = await failure(s.url())
    assert str(error).isprintable()


SOON = timedelta(hours=1)


@pytest.mark.parametrize(
    ("headers", "max_age"),
    [
        ({"cache_control": "public, max-age=600"}, timedelta(minutes=10)),
        ({"cache_control": 'Max-Age="600"', "age": "100"}, timedelta(seconds=500)),
        ({"cache_control": "max-age=99999999999"}, timedelta(days=1)),
        ({"cache_control": "max-age=600", "age": "601"}, None),
        ({"cache_control": "max-age=0"}, None),
        ({"cache_control": "max-age=-5"}, None),
        ({"cache_control": "max-age=ten"}, None),
        ({"cache_control": "no-cache, max-age=600"}, None),
        ({"cache_control": "no-store, max-age=600"}, None),
        ({"cache_control": "max-age=0", "expires": "Fri, 31 Dec 2100 00:00:00 GMT"}, None),
        ({"expires": "Fri, 31 Dec 2100 00:00:00 GMT"}, timedelta(days=1)),
        ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, None),
        ({"expires": "0"}, None),
        ({"expires": "x" * 5000}, None),
        ({}, None),
    ],
)
async def test_a_page_says_how_long_it_stays_as_it_is(headers, max_age):
    async with serving(answer(FEED, **headers)) as server, web() as reading:
        page = await reading.fetch(server.url())
    assert page is not None
    assert page.max_age == max_age


async def test_an_expiry_is_counted_from_now():
    reply = answer(FEED, expires=format_datetime(datetime.now(UTC) + SOON, usegmt=True))
    async with serving(reply) as server, web() as reading:
        page = await reading.fetch(server.url())
    assert page is not None
    assert page.max_age is not None
    assert SOON - timedelta(minutes=5) < page.max_age <= SOON


@pytest.mark.parametrize(
    ("statuses", "permanent"),
    [
        (["301 Moved Permanently"], True),
        (["308 Permanent Redirect"], True),
        (["301 Moved Permanently", "308 Permanent Redirect"], True),
        (["302 Found"], False),
        (["307 Temporary Redirect"], False),
        (["301 Moved Permanently", "302 Found"], False),
        (["303 See Other", "301 Moved Permanently"], False),
        ([], False),
    ],
)
async def test_a_new_address_is_noted_where_every_redirect_was_for_good(statuses, permanent):
    routes = {
        f"/{number}": answer(status=status, location=f"/{number + 1}")
        for number, status in enumerate(statuses)
    }
    routes[f"/{len(statuses)}"] = answer(FEED)
    async with serving(routes=routes) as server, web() as reading:
        page = await reading.fetch(server.url("/0"))
    assert page is not None
    assert page.moved_to == (server.url(f"/{len(statuses)}") if permanent else None)


async def test_a_page_that_is_gone_for_good_has_a_code_of_its_own():
    async with serving(answer(status="410 Gone")) as server:
        error = await failure(server.url())
    assert error.code == "http_410"
    assert "for good" in error.reason


async def test_the_same_bytes_once_more_are_known_before_they_are_inflated():
    reply = answer(gzip.compress(FEED, mtime=0), content_encoding="gzip")
    async with serving(reply, reply) as server, web() as reading:
        first = await reading.fetch(server.url())
        again = await reading.fetch(server.url(), body_hash=first.body_hash)
    assert first.body == FEED
    assert (again.body, again.body_hash) == (b"", first.body_hash)


async def test_the_same_page_compressed_in_another_way_is_the_same_page():
    replies = [answer(gzip.compress(FEED, mtime=at), content_encoding="gzip") for at in (1, 2)]
    async with serving(*replies) as server, web() as reading:
        first, again = [await reading.fetch(server.url()) for _ in replies]
    assert first.body_hash != again.body_hash
    assert again.same_as(first.body_hash)
    assert again.same_as(first.body_hash.partition(".")[0])
    assert not again.same_as(None)
