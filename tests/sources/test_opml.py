"""Lists of sources come in from other readers and go out to them; hostile ones stay outside."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.source import KINDS, TIERS, ReadingOptions
from sources.errors import ParseError
from sources.opml import LARGEST, NAMESPACE, OpmlReading, OpmlSource, read, write


def opml(body: str, declaration: str = '<?xml version="1.0"?>', attributes: str = "") -> bytes:
    return f"{declaration}<opml version='2.0'{attributes}><body>{body}</body></opml>".encode()


def outline(**attributes: str) -> str:
    written = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<outline{written}/>"


def ours(*lines: str) -> OpmlReading:
    return read(opml("".join(lines), attributes=f" xmlns:pw='{NAMESPACE}'"))


def refusal(body: bytes) -> ParseError:
    with pytest.raises(ParseError) as caught:
        read(body)
    assert caught.value.reason.isprintable()
    return caught.value


def test_a_list_of_another_reader_is_read_folders_and_all():
    body = """
    <head><title>Subscriptions</title></head><body>
      <outline text="News"><outline text="A" title="A &amp; B" type="rss"
        xmlUrl="https://a.example/feed?x=1&amp;y=2" htmlUrl="https://a.example/"/>
        <outline text="Deeper"><outline text="C" xmlURL="http://c.example/rss"/></outline>
      </outline><outline text="Only a folder"/></body>"""
    found = read(
        f"<?xml version='1.0' encoding='UTF-8'?><opml version='1.0'>{body}</opml>".encode()
    )
    assert found.sources == (
        OpmlSource(url="https://a.example/feed?x=1&y=2", title="A & B"),
        OpmlSource(url="http://c.example/rss", title="C"),
    )
    assert found.refused == ()


FULL = OpmlSource(
    url="https://gk.chengdu.example/list.json?a=1&b=<",
    title="成都市 & \"区\" <政策> '文件'",
    kind="json",
    tier="official",
    options=ReadingOptions(
        charset="gb18030",
        selector="ul.list > li a[title='x']",
        timezone="Europe/London",
        fields={"items": "data.list", "title": "标题"},
    ),
    language="zh",
    full_text=True,
)


def test_what_is_written_is_read_back():
    url = FULL.url.replace("<", "%3C")
    sources = [
        OpmlSource(url=url, title=FULL.title, kind="json", tier="official",
                   options=FULL.options, language="zh", full_text=True),
        *(OpmlSource(url=f"https://{kind.replace('_', '')}.example/", title=kind, kind=kind)
          for kind in KINDS),
        *(OpmlSource(url=f"https://{tier.replace('_', '')}.example/", title=tier, tier=tier)
          for tier in TIERS),
    ]  # fmt: skip
    found = read(write(sources))
    assert found.sources == tuple(sources)
    assert found.refused == ()


def test_other_readers_see_feeds_as_feeds_and_pages_as_links():
    feed = OpmlSource(url="https://a.example/feed", title="Feed")
    page = OpmlSource(url="https://a.example/list", title="Page", kind="list")
    written = write([feed, page]).decode()
    assert 'xmlns:pw="urn:pilotwatch:opml:1"' in written
    assert 'type="rss" xmlUrl="https://a.example/feed"' in written
    assert 'type="link" url="https://a.example/list"' in written
    assert written.count("xmlUrl") == 1
    assert written.count("/>") == 2  # some readers refuse outlines that do not close themselves


def test_characters_that_xml_forbids_are_not_written():
    source = OpmlSource(url="https://a.example/", title="a\0b\x1b[31m\u202e\ud800c")
    assert read(write([source])).sources[0].title == "ab[31mc"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb2312", "gbk", "gb18030"])
@pytest.mark.parametrize("declared", ["utf-8", "GB2312", "gbk", "gb18030", "utf-16", None])
def test_a_list_is_read_whatever_its_label_says(encoding, declared):
    label = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    body = opml(outline(text="成都市人民政府公报", xmlUrl="https://a.example/"), label).decode()
    (source,) = read(body.encode(encoding)).sources
    assert source.title == "成都市人民政府公报"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (outline(text="t", xmlUrl=""), "no http"),
        (outline(text="t", xmlUrl="file:///etc/passwd"), "no http"),
        (outline(text="t", xmlUrl="javascript:alert(1)"), "no http"),
        (outline(text="t", xmlUrl="feed://a.example/"), "no http"),
        (outline(text="t", xmlUrl="https://user:secret@a.example/"), "no http"),
        (outline(text="t", xmlUrl="/feed.xml"), "no http"),
        (outline(text="t", xmlUrl="https://a.example/" + "a" * 3000), "no http"),
        (outline(text="t", xmlUrl="https://A.example:443/#x"), "twice"),
        (outline(text="t", xmlUrl="https://b.example/", **{"pw:kind": "wild"}), "kind wild"),
        (outline(text="t", xmlUrl="https://b.example/", **{"pw:tier": "top"}), "tier top"),
        (outline(text="t", xmlUrl="https://b.example/", **{"pw:charset": "rot13"}), "charset"),
        (outline(text="t", xmlUrl="https://b.example/", **{"pw:timezone": "Mars"}), "time zone"),
        (outline(text="t", xmlUrl="https://b.example/", **{"pw:fields": "no"}), "JSON"),
        (outline(text="t", xmlUrl="https://b.example/", **{"pw:fields": "[]"}), "name date"),
        (outline(text="t", xmlUrl="https://b.example/", **{"pw:selector": "a" * 900}), "longer"),
    ],
)
def test_each_line_is_taken_over_whole_or_refused_with_its_reason(line, reason):
    found = ours(outline(text="good", xmlUrl="https://a.example/"), line)
    assert [source.title for source in found.sources] == ["good"]
    (refused,) = found.refused
    assert refused.label == "t"
    assert reason in refused.reason
    assert "secret" not in refused.reason


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"hello", "not_opml"),
        (b"PK\x03\x04zip", "not_opml"),
        (b"<html><body/></html>", "not_opml"),
        (b"<rss version='2.0'/>", "not_opml"),
        (b"<opml><body><outline", "broken"),
        (b"<opml>&undefined;</opml>", "broken"),
        (b"<!DOCTYPE opml><opml/>", "doctype"),
        (b"<?xml version='1.0'?><!DOCTYPE opml SYSTEM 'http://a.example/x.dtd'><opml/>", "doctype"),
        (b"<opml/>" + b" " * LARGEST, "too_large"),
    ],
)
def test_what_is_no_list_is_one_clear_error(body, code):
    assert refusal(body).code == code


def test_entities_are_refused_in_every_dress():
    laughs = "".join(f"<!ENTITY l{level} '{f'&l{level - 1};' * 10}'>" for level in range(1, 10))
    bomb = f"<!DOCTYPE opml [<!ENTITY l0 'lol'>{laughs}]><opml>&l9;</opml>"
    outside = "<!DOCTYPE opml [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><opml>&f;</opml>"
    for document in (bomb, outside):
        for encoding in ("utf-8", "utf-16", "gb18030"):
            assert refusal(document.encode(encoding)).code == "doctype"
            assert refusal(b"<!-- <a -->" + document.encode()).code == "doctype"


def test_more_than_a_thousand_sources_are_refused_as_a_whole():
    lines = [outline(text=f"{n}", xmlUrl=f"https://a.example/{n}") for n in range(1001)]
    assert len(read(opml("".join(lines[:1000]))).sources) == 1000
    error = refusal(opml("".join(lines)))
    assert error.code == "too_many"
    assert "1,001" in error.reason


def test_depth_is_no_matter():
    deep = "<outline>" * 20_000 + outline(text="t", xmlUrl="https://a.example/")
    assert len(read(opml(deep + "</outline>" * 20_000)).sources) == 1


def test_damage_is_placed():
    assert "line 4" in refusal(b"<?xml version='1.0'\n?>\n<opml>\n<body></opml>").reason


TEXT = st.text(max_size=30)
MARKUP = """<opml> </opml> <body> </body> <outline xmlUrl='https://a.example/' /> > ' " &amp; &#0;
<!DOCTYPE [ ]> <!ENTITY <?xml ?> <![CDATA[ ]]> xmlns:pw='urn:pilotwatch:opml:1' pw:kind='list'"""
BYTES = st.binary(max_size=200) | st.lists(
    st.sampled_from(MARKUP.split(" ")) | st.text(max_size=4), max_size=40
).map(lambda parts: " ".join(parts).encode("utf-8", "surrogatepass"))


@settings(max_examples=200, deadline=None)
@given(body=BYTES, started=st.booleans(), content_type=TEXT)
def test_any_bytes_at_all_are_a_list_or_a_parse_error(body, started, content_type):
    try:
        found = read(b"<opml><body>" + body if started else body, content_type)
    except ParseError as error:
        assert error.reason.isprintable()  # noqa: PT017  # both outcomes are right
        return
    assert all(source.url.startswith("http") for source in found.sources)


@settings(max_examples=100, deadline=None)
@given(title=TEXT, selector=TEXT, path=TEXT)
def test_any_words_are_written_and_read_back_as_they_can_be_shown(title, selector, path):
    options = ReadingOptions(selector=selector, fields={"title": path} if path else {})
    source = OpmlSource(url="https://a.example/", title=title, options=options)
    found = read(write([source]))
    assert len(found.sources) == 1
    assert found.sources[0].url == source.url
