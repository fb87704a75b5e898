"""What a page says about itself: title, date and publisher, each with where it says so.

Chinese government pages carry ArticleTitle, PubDate and ContentSource: they are filled in by the
office that publishes, so they come first. Then what other sites give machines, then the page.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sources.dates import Calendar, date_in, find, from_address
from sources.entries import LONGEST_TITLE
from sources.errors import one_line
from sources.furniture import place_of
from sources.json_text import string
from sources.links import words
from sources.plain import is_markup, plain, plain_text
from sources.webpage import WebPage

Named = tuple[str, str]
"""A value, and where it was found."""

_TITLES = ("articletitle", "doctitle", "dc.title", "dcterms.title")
_SHARED_TITLES = ("og:title", "twitter:title")
_DATES = (
    *("pubdate", "publishdate", "publish_date", "publishtime", "article:published_time"),
    *("og:published_time", "datepublished", "dc.date.issued", "dcterms.issued", "dc.date"),
    *("dcterms.created", "parsely-pub-date", "sailthru.date", "og:release_date", "apub:time"),
    *("weibo:article:create_at", "publication_date", "firstpublishedtime", "createdate", "date"),
)
_PUBLISHERS = (
    *("contentsource", "source", "mediaid", "dc.source", "dc.publisher", "publisher"),
    "author:source",
)
_SITES = ("og:site_name", "sitename", "application-name")
_MOST_TAGS = 300
_LONGEST_VALUE = 1000
_LONGEST_SCRIPT = 100_000

_DATE_LABELS = (
    re.compile(
        r"(?:发布时间|发布日期|发文日期|公开日期|公布日期|發布時間|發布日期|发表时间|更新时间|发布于)"
    ),
    re.compile(r"\b(?:Published|Posted|Publication date|Release date|Updated)\b", re.IGNORECASE),
    re.compile(r"(?:日期|时间|時間)\s?[:：]"),
)
"""Labels before a publication date, the clearest first; 成文日期 is the document's own date."""
_SIGNED = re.compile(r"(?:成文|印发|施行|实施|失效|截止|开始|结束|活动|会议|申报|报名)\s?$")
_AFTER_LABEL = 40  # characters
_SOURCE_LABEL = re.compile(
    r"(?:信息来源|文章来源|稿件来源|来源|來源|(?<![A-Za-z])Source)\s?[:：]\s*(?P<name>[^\s|丨,，;；:：<>]{2,40})"
)
_SOURCE_END = re.compile(
    r"(?:发布|发表|作者|编辑|日期|时间|浏览|点击|字体|字号|打印|【|\[|\(|（).*$"
)
_NOBODY = frozenset(
    {"本站", "本网", "本站原创", "原创", "网络", "互联网", "未知", "null", "undefined"}
)


@dataclass(frozen=True)
class Metadata:
    """A page and its words, to be asked about itself."""

    page: WebPage
    text: str
    """All that is to be read on the page."""
    when: Calendar

    def title(self) -> Named:
        """The article's title, or "" where nothing is like one."""
        own = self._meta(_TITLES) or self._linked_data("headline")
        if own is not None:
            return self._without_site(own[0]), own[1]
        ways = (self._repeated_heading, self._shared_title, self._only_heading)
        found = next(filter(None, (way() for way in ways)), None)
        return found or self._title_tag()

    def published(self) -> tuple[datetime | None, str]:
        """When it came out: by its meta tags, by the page, by its address."""
        ways = (self._meta_date, self._labelled_date, self._time_tag, self._date_line)
        for way in ways:
            moment, origin = way()
            if moment is not None:
                return moment, origin
        moment = from_address(self.page.url, self.when)
        return moment, "address" if moment else ""

    def publisher(self) -> Named:
        """Who it is from, or "" where the page names nobody."""
        found = self._meta(_PUBLISHERS)
        if found is not None and (name := _publisher(found[0])):
            return name, found[1]
        labelled = _SOURCE_LABEL.search(self.text)
        if labelled and (name := _publisher(labelled["name"])):
            return name, "page 来源"
        return self._linked_data("publisher") or self._meta(_SITES) or ("", "")

    @cached_property
    def _tags(self) -> dict[str, Named]:
        """The first value of each meta tag, by its name in lower case."""
        tags: dict[str, Named] = {}
        for node in self.page.tree.css("meta[content]")[:_MOST_TAGS]:
            attributes = node.attributes
            value = _value(attributes.get("content") or "")
            for kind in ("name", "property", "http-equiv", "itemprop"):
                name = (attributes.get(kind) or "").strip()[:60]
                if name and value:
                    tags.setdefault(name.lower(), (value, f"meta {one_line(name)}"))
        return tags

    def _meta(self, names: tuple[str, ...]) -> Named | None:
        return next((self._tags[name] for name in names if name in self._tags), None)

    @cached_property
    def _article(self) -> dict[str, Any]:
        """The page's JSON-LD about an article."""
        for node in self.page.tree.css('script[type="application/ld+json"]')[:5]:
            for thing in _things(node.text()[:_LONGEST_SCRIPT]):
                if "datePublished" in thing or "headline" in thing:
                    return thing
        return {}

    def _linked_data(self, name: str) -> Named | None:
        value = self._article.get(name)
        value = value.get("name") if isinstance(value, dict) else value
        text = one_line(string(value), LONGEST_TITLE)
        return (text, "json-ld") if text else None

    def _repeated_heading(self) -> Named | None:
        """The longest heading that the title tag repeats."""
        whole = self._title_tag()[0]
        nodes = self.page.tree.css("h1, h2, h3, [class*=title], [class*=tit]")[:100]
        headings = [text for node in nodes if 4 <= len(text := words(node)) <= 200]
        repeated = [text for text in headings if _bare(text) in _bare(whole)]
        return (max(repeated, key=len), "heading") if repeated else None

    def _only_heading(self) -> Named | None:
        """The content's h1, where there is one; the one above it is the site's name."""
        nodes = self.page.tree.css("h1")[:20]
        texts = [words(node) for node in nodes if place_of(node) == "content"]
        text = one_line(texts[0], LONGEST_TITLE) if len(texts) == 1 else ""
        return (text, "heading") if len(text) >= 4 else None

    def _shared_title(self) -> Named | None:
        found = self._meta(_SHARED_TITLES)
        return (self._without_site(found[0]), found[1]) if found else None

    def _title_tag(self) -> Named:
        node = self.page.tree.css_first("title")
        text = one_line(node.text() if node is not None else "", LONGEST_TITLE)
        return self._without_site(text), "title tag" if text else ""

    def _without_site(self, title: str) -> str:
        """Take the site's name off the end of a title."""
        title = one_line(title, LONGEST_TITLE)
        head, sign, tail = _LAST_SIGN.match(title).groups()  # type: ignore[union-attr]  # always matches
        site = self._meta(_SITES)
        named = site is not None and _bare(tail or "") == _bare(site[0])
        is_site = named or _SITE.search(tail or "") is not None
        return head.strip() if sign and is_site and len(head.strip()) >= 4 else title

    def _meta_date(self) -> tuple[datetime | None, str]:
        for name in _DATES:
            value, origin = self._tags.get(name, ("", ""))
            moment = date_in(value, self.when) if value else None
            if moment is not None:
                return moment, origin
        given = self._linked_data("datePublished")
        return (date_in(given[0], self.when), "json-ld") if given else (None, "")

    def _labelled_date(self) -> tuple[datetime | None, str]:
        for label in _DATE_LABELS:
            for found in label.finditer(self.text):
                if _SIGNED.search(self.text, max(0, found.start() - 4), found.start()):
                    continue
                near = self.text[found.end() : found.end() + _AFTER_LABEL]
                date = find(near, self.when, whole=True)
                if date is not None and date.start <= 6:
                    return date.moment, f"page {one_line(found.group()).rstrip(':： ')}"
        return None, ""

    def _time_tag(self) -> tuple[datetime | None, str]:
        for node in self.page.tree.css("time, [itemprop=datePublished]")[:20]:
            given = node.attributes.get("datetime") or node.attributes.get("content")
            moment = date_in(given or words(node), self.when)
            if moment is not None:
                return moment, "time tag"
        return None, ""

    def _date_line(self) -> tuple[datetime | None, str]:
        """A short line that begins with a date, as it stands under a headline."""
        for line in self.text.split("\n")[:200]:
            date = find(line[:60], self.when, whole=True) if len(line) <= 120 else None
            if date is not None and date.start <= 1 and not _GOES_ON.match(line, date.end):
                return date.moment, "page"
        return None, ""


_GOES_ON = re.compile(r"(?!来源|作者|编辑|发布|浏览|点击|字体|阅读)[^\s)）\]】|丨]")
"""What follows a day within a sentence, and not in a line about the article."""
_LAST_SIGN = re.compile(r"(.*?)(?:(\s[-–—|·]+\s|[_|丨]|--+|－+)([^_|丨]{2,40}))?$")
_SITE = re.compile(
    r"(?:政府|门户网站|官网|网站?|局|委员会|委|厅|日报|晚报|在线|新闻|频道|发布|News|Online|\.(?:com|cn|org))$",
    re.IGNORECASE,
)


def _value(content: str) -> str:
    content = content[:_LONGEST_VALUE]
    text = plain(content) if is_markup(content) else plain_text(content)
    return text.replace("\n", " ").strip()


def _publisher(name: str) -> str:
    name = re.sub(r"^(?:信息|文章|稿件)?来源\s?[:：]\s?", "", one_line(name, 100))
    name = _SOURCE_END.sub("", name).strip(" |:：-")
    return "" if name.lower() in _NOBODY or len(name) < 2 else name


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def _things(script: str) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD script, at its top or in its graph."""
    try:
        value = json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return  # One site in ten writes it wrongly; the page has other ways to say it.
    for thing in value if isinstance(value, list) else [value]:
        if isinstance(thing, dict):
            yield thing
            graph = thing.get("@graph")
            yield from (one for one in (graph if isinstance(graph, list) else []) if _is_thing(one))


def _is_thing(value: object) -> bool:
    return isinstance(value, dict)
