"""The gate opens for public machines on web ports, and for what the operator names."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import FetchError
from sources.gate import Refused, gate, is_public
from sources.web import Web
from tests.sources.servers import answer, serving

INNER = """
    0.0.0.0 0.1.2.3 10.1.1.1 100.64.0.1 100.100.100.200 127.0.0.1 127.8.8.8 169.254.169.254
    172.16.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1
    224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 168.63.129.16
    :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 ::ffff:100.100.100.200
    ::ffff:0:7f00:1 64:ff9b::7f00:1 64:ff9b:1::7f00:1 2002:7f00:1:: 2001:0:7f00:1:: 2001:db8::1
    3fff::1 5f00::1 100::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 2606:2800::1%eth0
    fec0::1 ff02::1 ff0e::1
"""
PUBLIC = "93.184.216.34 1.1.1.1 ::ffff:93.184.216.34 2606:2800:220:1:248:1893:25c8:1946 2400::1"


def is_open(host: str, ip: str, port: int) -> bool:
    try:
        gate().connection(host, ip, port)
    except Refused:
        return False
    return True


@pytest.mark.parametrize("ip", INNER.split())
def test_no_inner_machine_is_public(ip):
    assert not is_public(ip_address(ip))
    with pytest.raises(Refused) as caught:
        gate().connection("news.example", ip, 80)
    assert caught.value.code == "private_address"
    assert ip in caught.value.reason


@pytest.mark.parametrize("ip", PUBLIC.split())
@pytest.mark.parametrize("port", [80, 443, 8080, 8443])
def test_public_machines_are_open_on_web_ports(ip, port):
    assert is_open("news.example", ip, port)


@pytest.mark.parametrize("port", [1, 22, 25, 3306, 6379, 8081, 65535])
def test_public_machines_are_closed_on_other_ports(port):
    with pytest.raises(Refused) as caught:
        gate().connection("news.example", "93.184.216.34", port)
    assert caught.value.code == "port"
    assert str(port) in caught.value.reason


def test_an_opened_network_is_open_on_any_port_and_opens_nothing_else():
    house = gate(["10.0.0.0/8", "fd00::/8"])
    house.connection("inner", "10.1.2.3", 22)
    house.connection("inner", "::ffff:10.1.2.3", 22)
    house.connection("inner", "fd00::1", 9000)
    for ip, port in (("192.168.0.1", 80), ("93.184.216.34", 22), ("::1", 80)):
        with pytest.raises(Refused):
            house.connection("inner", ip, port)


def test_a_local_proxy_that_answers_for_every_name_is_recognised():
    with pytest.raises(Refused, match=r"198\.18\.0\.0/15 into FETCH_ALLOW_CIDRS"):
        gate().connection("news.example", "198.18.3.4", 443)


def test_a_network_that_is_none_is_said_at_once():
    with pytest.raises(ValueError, match=r"10\.0\.0\.1/8"):
        gate(["10.0.0.1/8"])


NOT_ADDRESSES = {
    "": "bad_address",
    "   ": "bad_address",
    "example.org/feed": "bad_address",
    "//x": "bad_address",
    "http://": "bad_address",
    "http:///x": "bad_address",
    "http://[::1": "bad_address",
    "http://a b/": "bad_address",
    "http://exa\tmple/": "bad_address",
    "http://a.example/\r\nHost: b": "bad_address",
    "http://a\u200b.example/": "bad_address",
    "http://127.0.0.1\\@a.example/": "bad_address",
    "http://a..example/": "bad_address",
    f"http://{'a' * 300}.example/": "bad_address",
    f"http://a.example/{'a' * 3000}": "bad_address",
    "http://a.example:0/": "bad_address",
    "http://a.example:99999/": "bad_address",
    "gopher://127.0.0.1/": "scheme",
    "file:///etc/passwd": "scheme",
    "ftp://127.0.0.1/": "scheme",
    "javascript:alert(1)": "scheme",
    "data:text/html,x": "scheme",
    "mailto:a@b.example": "scheme",
    "http://user@a.example/": "userinfo",
    "http://user:secret@a.example/": "userinfo",
}


@pytest.mark.parametrize("url", NOT_ADDRESSES)
def test_what_is_no_web_address_is_said_plainly(url):
    with pytest.raises(Refused) as caught:
        gate().address(url)
    assert caught.value.code == NOT_ADDRESSES[url]
    assert "secret" not in caught.value.reason


def test_an_address_has_one_spelling():
    address = gate().address
    assert str(address("HTTP://Example.ORG:80/a?b#c")) == "http://example.org/a?b"
    assert str(address(" http://例子.example/中 ")) == "http://xn--fsqu00a.example/%E4%B8%AD"


@given(st.text(max_size=80))
def test_any_text_at_all_is_an_address_or_refused(text):
    for url in (text, f"http://{text}", f"http://a.example/{text}"):
        try:
            parsed = gate().address(url)
        except Refused:
            continue
        assert parsed.scheme in {"http", "https"}
        assert parsed.raw_host


NAMES = {
    "inner.example": ["127.0.0.1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "mixed.example": ["127.0.0.2", "127.0.0.1"],
    "public.example": ["127.0.0.2"],
}


class Resolver:
    """Knows NAMES, rebinds one of them after its first answer, asks the system for the rest."""

    def __init__(self):
        self.asked = []

    async def __call__(self, host, port):
        self.asked.append(host)
        if host == "rebind.example":
            return ["127.0.0.2"] if self.asked.count(host) == 1 else ["127.0.0.1"]
        if host in NAMES:
            return NAMES[host]
        from sources.names import Names

        return await Names().lookup(host, port)


def guarded():
    """A web to which 127.0.0.2 is the public internet, and nothing else is."""
    return Web(
        allow_cidrs=["127.0.0.2/32"], pause=0.0, deadline=3.0, connect=2.0, lookup=Resolver()
    )


SPELLINGS = r"""
    http://127.0.0.1:PORT http://127.1:PORT http://0x7f000001:PORT http://0x7f.1:PORT
    http://2130706433:PORT http://0177.0.0.1:PORT http://0:PORT http://0.0.0.0:PORT
    http://127.0.0.1.:PORT http://localhost:PORT http://LOCALHOST.:PORT http://[::1]:PORT
    http://[::]:PORT http://[::ffff:127.0.0.1]:PORT http://[::ffff:7f00:1]:PORT
    http://[0:0:0:0:0:ffff:127.0.0.1]:PORT http://[::127.0.0.1]:PORT http://[64:ff9b::7f00:1]:PORT
    http://[2002:7f00:1::]:PORT http://１２７.０.０.１:PORT http://①②⑦.⓪.⓪.①:PORT
    http://127。0。0。1:PORT http://127%2e0%2e0%2e1:PORT http://a.example@127.0.0.1:PORT
    http://127.0.0.1:PORT\@a.example http://a.example#@127.0.0.1:PORT http://inner.example:PORT
    http://INNER.example:PORT http://mixed.example:PORT http://mapped.example:PORT
    http://[fe80::1%25lo]:PORT http://[::1%25lo]:PORT http://xn--a:PORT http:127.0.0.1:PORT
    http:/127.0.0.1:PORT //127.0.0.1:PORT
"""


@pytest.mark.parametrize("spelling", SPELLINGS.split())
async def test_no_spelling_reaches_an_inner_machine(spelling):
    async with serving(answer(b"secret")) as inner, guarded() as web:
        with pytest.raises(FetchError) as caught:
            await web.fetch(spelling.replace("PORT", str(inner.port)) + "/inner")
    assert inner.heads == []
    assert str(caught.value).isprintable()


async def test_a_name_with_one_inner_address_is_refused_whole():
    async with serving(answer(b"ok"), address="127.0.0.2") as server, guarded() as web:
        with pytest.raises(FetchError) as caught:
            await web.fetch(f"http://mixed.example:{server.port}/")
    assert caught.value.code == "private_address"
    assert "mixed.example" in str(caught.value)
    assert "127.0.0.1" in str(caught.value)
    assert server.heads == []


async def test_a_name_that_changes_its_meaning_is_judged_at_each_connection():
    async with serving(answer(b"ok"), address="127.0.0.2") as server, guarded() as web:
        url = f"http://rebind.example:{server.port}/"
        first = await web.fetch(url)
        with pytest.raises(FetchError) as caught:
            await web.fetch(url)
    assert first is not None
    assert caught.value.code == "private_address"
    assert len(server.heads) == 1


@pytest.mark.parametrize(
    "target", ["http://inner.example:{}/", "http://127.0.0.1:{}/", "http://localhost:{}/"]
)
async def test_a_redirect_to_an_inner_machine_is_refused(target):
    async with serving(answer(b"secret")) as inner:
        reply = answer(status="302 Found", location=target.format(inner.port))
        async with serving(reply, address="127.0.0.2") as server, guarded() as web:
            with pytest.raises(FetchError) as caught:
                await web.fetch(f"http://public.example:{server.port}/")
    assert caught.value.code == "private_address"
    assert "redirect" in str(caught.value)
    assert inner.heads == []


async def test_without_opened_networks_loopback_is_closed():
    async with serving(answer(b"ok")) as server, Web(pause=0.0) as web:
        with pytest.raises(FetchError) as caught:
            await web.fetch(server.url())
    assert caught.value.code == "private_address"
    assert "FETCH_ALLOW_CIDRS" in str(caught.value)
    assert server.heads == []


async def test_proxies_of_the_environment_are_not_used(monkeypatch):
    async with serving(answer(b"proxied")) as proxy, serving(answer(b"straight")) as server:
        monkeypatch.setenv("HTTP_PROXY", proxy.url())
        monkeypatch.setenv("http_proxy", proxy.url())
        async with Web(allow_cidrs=["127.0.0.0/8"], pause=0.0) as web:
            page = await web.fetch(server.url())
    assert page is not None
    assert page.body == b"straight"
    assert proxy.heads == []
