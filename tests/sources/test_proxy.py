"""Through a proxy everything goes, beside it nothing, and nobody learns its password."""

import asyncio

import pytest

from sources.errors import FetchError
from sources.proxy import proxy
from sources.web import Web
from tests.sources.servers import answer, serving

FEED = b"<rss version='2.0'><channel><title>T</title></channel></rss>"


async def nobody_knows(host: str, port: int) -> list[str]:
    raise OSError(f"{host} is not known")


def web(address: str, **options) -> Web:
    defaults = {"pause": 0.0, "deadline": 2.0, "connect": 1.0, "lookup": nobody_knows}
    return Web(**{**defaults, **options, "proxy": address})


async def failure(url: str, address: str, **options) -> FetchError:
    async with web(address, **options) as reading:
        with pytest.raises(FetchError) as caught:
            await reading.fetch(url)
    return caught.value


async def test_a_page_comes_through_the_proxy_that_alone_knows_its_name():
    async with serving(answer(FEED)) as server, web(server.url()) as reading:
        page = await reading.fetch("http://news.example/feed")
    assert page is not None
    assert (page.body, page.url) == (FEED, "http://news.example/feed")
    assert server.paths == ["http://news.example/feed"]


async def test_a_secure_page_is_asked_for_by_a_tunnel():
    refusing = answer(status="403 Forbidden")
    async with serving(refusing) as server:
        error = await failure("https://news.example/feed", server.url())
    assert server.heads[0].startswith("CONNECT news.example:443 ")
    assert error.code == "proxy"
    assert "FETCH_PROXY" in error.reason
    assert "403" in error.reason


async def test_the_password_goes_to_the_proxy_and_nowhere_else():
    async with serving(answer(status="407 Proxy Authentication Required")) as server:
        address = server.url().replace("//", "//somebody:secret@")
        error = await failure("http://news.example/feed", address)
        async with web(address) as reading:
            with pytest.raises(FetchError):
                await reading.fetch("https://news.example/feed")
    assert server.header("Proxy-Authorization", 0) == "Basic c29tZWJvZHk6c2VjcmV0"
    assert server.header("Authorization", 0) is None
    assert error.code == "http_407"
    assert "secret" not in f"{error} {error!r}"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://127.0.0.1/", "private_address"),
        ("http://10.0.0.5/feed", "private_address"),
        ("http://[::1]/", "private_address"),
        ("http://2130706433/", "private_address"),
        ("http://news.example:22/", "port"),
        ("http://1.1.1.1:25/", "port"),
        ("ftp://news.example/", "scheme"),
    ],
)
async def test_what_is_private_is_not_asked_for_through_a_proxy_either(url, code):
    async with serving(answer(FEED)) as server:
        error = await failure(url, server.url())
    assert error.code == code
    assert server.paths == []


async def test_a_name_that_is_known_to_be_private_is_refused():
    async def inner(host: str, port: int) -> list[str]:
        return ["192.168.1.1"]

    async with serving(answer(FEED)) as server:
        error = await failure("http://router.example/", server.url(), lookup=inner)
    assert error.code == "private_address"
    assert server.paths == []


async def test_a_redirect_into_a_private_network_is_not_followed():
    redirect = answer(status="302 Found", location="http://169.254.169.254/latest/")
    async with serving(redirect) as server:
        error = await failure("http://news.example/", server.url())
    assert error.code == "private_address"
    assert server.paths == ["http://news.example/"]


async def test_a_proxy_may_have_a_name():
    async def lookup(host: str, port: int) -> list[str]:
        if host == "proxy.example":
            return ["127.0.0.1"]
        raise OSError

    async with serving(answer(FEED)) as server:
        address = f"http://proxy.example:{server.port}"
        async with web(address, lookup=lookup) as reading:
            assert await reading.fetch("http://news.example/feed") is not None


async def test_a_proxy_that_is_not_there_is_not_the_pages_fault():
    listener = await asyncio.start_server(lambda _, __: None, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    listener.close()
    await listener.wait_closed()
    error = await failure("http://news.example/feed", f"http://127.0.0.1:{port}")
    assert error.code == "proxy"
    error = await failure("http://news.example/feed", "http://proxy.example:8080")
    assert error.code == "proxy"
    assert "name of the proxy" in error.reason


@pytest.mark.parametrize(
    "address",
    [
        *("socks5://127.0.0.1:1080", "127.0.0.1:7890", "http://", "http://a:b@", "x"),
        *("http://a:99999", "https://proxy.example"),
        "http://somebody:secret@proxy.example:8080/path",
    ],
)
def test_what_is_no_proxy_is_refused_at_the_start_without_being_repeated(address):
    with pytest.raises(ValueError, match="FETCH_PROXY must be") as caught:
        Web(proxy=address)
    assert "secret" not in str(caught.value)


def test_a_proxy_does_not_show_its_password():
    assert "secret" not in repr(proxy("http://somebody:secret@proxy.example:8080"))
