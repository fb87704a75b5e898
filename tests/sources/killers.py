"""Feeds made to stop a reader: measured against bare feedparser they hang, burst or crash it."""

MEBIBYTE = 1024 * 1024
HEAD = '<rss version="2.0"><channel><title>T</title>'
TAIL = "</channel></rss>"


def feed(items: int = 3, text: str = "hello") -> bytes:
    """Return a harmless feed with this many items."""
    return (HEAD + "".join(_item(number, text) for number in range(items)) + TAIL).encode()


def _item(number: int, text: str) -> str:
    return (
        f"<item><guid>{number}</guid><title>t{number}</title><link>http://a.example/{number}</link>"
        f"<description>{text}</description></item>"
    )


def _within(content: str) -> bytes:
    return f"{HEAD}<item><title>a</title>{content}</item>{TAIL}".encode()


def _laughs(entity: str, times: int, tail: str = TAIL) -> bytes:
    doctype = f'<!DOCTYPE rss [<!ENTITY a "{entity}">]>'
    return f"<?xml version='1.0'?>{doctype}{HEAD}<item>{'&a;' * times}</item>{tail}".encode()


def _billion() -> str:
    entities = '<!ENTITY l0 "lol">' + "".join(
        f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10)
    )
    return f"<!DOCTYPE rss [{entities}]>{HEAD}<item><title>&l9;</title></item>{TAIL}"


def _attributes(number: int) -> str:
    return " ".join(f'a{index}=""' for index in range(number))


def killers() -> dict[str, bytes]:
    """Return each killer by name, none over 5 MiB: the web refuses larger ones."""
    space = "".join(f' xmlns:n{index}="u{index}"' for index in range(20_000))
    attlist = "".join(f"<!ATTLIST rss a{index} CDATA #IMPLIED>" for index in range(15_000))
    return {
        "a cubic encoding declaration": b"<?" + b'encoding="a"' * 5000 + b"?>" + feed(),
        "many laughs": _billion().encode(),
        "laughs behind a comment": b"<!-- <a -->" + _billion().encode(),
        "laughs in UTF-16": _billion().encode("utf-16"),
        "a large entity and a broken tail": _laughs("x" * MEBIBYTE, 300, "</chan"),
        "an entity many times": _laughs("x" * 100_000, 30_000),
        "a large entity very many times": _laughs("x" * MEBIBYTE, 2000),
        "an external entity": b'<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        + _within("<description>&f;</description>"),
        "a long author": _within(f"<author>{'a' * 400_000}</author>"),
        "a long author in character data": _within(
            f"<dc:creator><![CDATA[{'a' * 400_000}]]></dc:creator>"
        ),
        "many attributes": _within(f"<a {_attributes(100_000)}/>"),
        "many attributes behind a sign": _within(f'<a b=">" {_attributes(100_000)}/>'),
        "many namespaces": f"<rss{space}><channel>{TAIL}".encode(),
        "many declared attributes": f"<!-- <a --><!DOCTYPE rss [{attlist}]>".encode() + feed(),
        "deep nesting": _within("<b>" * 700_000),
        "deep nesting in character data": _within(
            f"<description><![CDATA[{'<b>' * 700_000}]]></description>"
        ),
        "many attributes in character data": _within(
            f"<description><![CDATA[<p {_attributes(100_000)}>]]></description>"
        ),
        "brackets only": b"<rss>" + b"<" * (4 * MEBIBYTE),
        "open character data": b"<rss>" + b"<![CDATA[" * 500_000,
        "open comments": b"<rss>" + b"<!--" * MEBIBYTE,
        "a web page": b"<html><body>" + b'<div class="x"><p>text</p></div>' * 100_000,
        "a web page in a feed": b"<rss>" + b'<div class="x"><p>text</p></div>' * 100_000,
        "very many entries": feed(40_000),
        "very many broken entries": feed(40_000).replace(b"</channel>", b"& <"),
        "one long title": _within("<title>" + "成" * MEBIBYTE + "</title>"),
        "a surrogate": _within("<description>&#xD800; &#x110000; &#99999999999;</description>"),
        "a reference of many digits": _within(f"<description>&#{'1' * 5000};</description>"),
        "an escaped reference of many digits": _within(
            f"<description>&amp;#{'1' * 5000}; &lt;b&gt;</description>"
        ),
        "control characters": _within("<description>a\0b\x08c\x1b[31md</description>"),
        "a hostile codec": b'<?xml version="1.0" encoding="undefined"?>' + feed() + b"\xff",
        "zeros": b"\0" * (4 * MEBIBYTE),
        "nothing": b"",
        "an endless date": _within(f"<pubDate>{'1' * 200_000}</pubDate>"),
        "an endless Chinese date": _within(f"<pubDate>{'年月日' * 100_000}</pubDate>"),
        "an endless link": _within(f"<link>http://{'a' * MEBIBYTE}/</link>"),
        "many links": _within('<link href="/x"/>' * 100_000),
    }


def page_killers() -> dict[str, bytes]:
    """Return web pages made to stop a reader, none over 3 MiB: larger ones are refused."""
    words = "成都市人工智能产业"
    return {
        "many attributes": f"<p {_attributes(100_000)}>{words}".encode(),
        "many attributes behind a sign": f'<p b=">" {_attributes(100_000)}>{words}'.encode(),
        "many quoted attributes": ("<p " + "a='x>' " * 200_000 + ">").encode(),
        "many tags of many attributes": f"<p {_attributes(400)}>".encode() * 600,
        "many links": b"<a href=x>y</a>" * 120_000,
        "many dated links": b"<li><a href=x>word</a>2025-09-01" * 40_000,
        "many links in one row": b"<li>" + b"<a href=/x>words</a>" * 50_000,
        "many sections": f"<p>{words}</p>".encode() * 60_000,
        "many titles": b"<div class=title>words</div>" * 60_000,
        "many meta tags": b"<meta name=a content=b>" * 100_000,
        "many labels of dates": "<p>发布时间：</p>".encode() * 50_000,
        "many labels of publishers": "来源：".encode() * 300_000,
        "dates without an end": "<p>发布时间：".encode() + "年月日2025-".encode() * 100_000,
        "a list of dates without an end": b"<li><a href=/x>words</a>" + b"1-" * 400_000,
        "deep sections": b"<div>" * 100_000 + words.encode(),
        "deep navigation": b"<div class=nav>" * 10_000 + words.encode(),
        "deep places of articles": b"<div id=zoom>" * 20_000 + words.encode(),
        "deep tables": b"<table><tr><td>" * 30_000 + words.encode(),
        "deep lists": b"<ul><li><a href=/x>words</a>" * 20_000,
        "deep inline": b"<b><i>" * 100_000 + words.encode(),
        "brackets only": b"<html>" + b"<" * (2 * MEBIBYTE),
        "open comments": b"<html>" + b"<!--" * 500_000,
        "a deep description": b'<script type="application/ld+json">' + b"[" * 90_000 + b"</script>",
        "a long title": f"<title>{words * 100_000}</title>".encode(),
        "one long word": b"<html><p>" + b"a" * (2 * MEBIBYTE),
        "surrogates": b"<p>&#xD800; &#x110000; &#99999999999;" + b"&#1;" * 100_000,
        "zeros": b"\0" * (2 * MEBIBYTE),
        "random bytes": bytes(range(256)) * 8_000,
    }
