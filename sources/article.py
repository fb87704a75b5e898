"""An article's own page: any bytes in, its words out, with where each of them was found.

The words come from the place where the content systems of Chinese offices put them, else from
what trafilatura takes for the article, else from the whole page without its furniture. Title,
date and publisher are in `sources.metadata`.
"""

import logging
import re
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser

from domain.article import Quality
from domain.source import ReadingOptions
from sources.attachments import attachments
from sources.characters import width
from sources.entries import calendar_of
from sources.furniture import furniture
from sources.links import words
from sources.metadata import Metadata
from sources.page import PageText
from sources.plain import is_markup, plain, tidy
from sources.webpage import WebPage, webpage

_NO_OPTIONS = ReadingOptions()
_CONTAINERS = (
    "#UCAP-CONTENT", "#zoom", "#Zoom", ".TRS_UEDITOR", ".TRS_Editor", ".trs_editor_view",
    "#js_content", ".pages_content", ".Custom_UnionStyle", "[itemprop=articleBody]",
    ".article-content", ".article_content", ".articleContent", "#articleContent", ".content_body",
    ".news_content", ".news-content", ".xxgk_content", ".zwxl-article", ".rm_txt_con", "#rwb_zw",
)  # fmt: skip
"""Where content systems put the article: TRS, the State Council's UCAP, WeChat, People's Daily."""
_SNIPPET = 100
"""Width of a text that is hardly more than a title; Han characters are two wide."""
_ENOUGH = 0.5  # of what trafilatura finds, a known place must hold to be believed
_MOST_TAGS = 60_000  # trafilatura takes 5 s and 500 MB for 200,000
_LONG_LINE = 24  # width of a line that is no button or menu
_MOST_LINKS = 5000
_FEWEST_CHARACTERS = "40"
"""Of less trafilatura makes one line of everything; Chinese says much in 250, its own bound."""
_EDGE = 10  # lines at the beginning and the end that may be furniture


def extract(
    body: bytes,
    content_type: str,
    url: str,
    *,
    now: datetime | None = None,
    options: ReadingOptions = _NO_OPTIONS,
) -> PageText:
    """Reduce an article's page to its words.

    Raises:
        ParseError: It is no web page: empty, not_a_page, json, feed, too_large.
    """
    when = calendar_of(url, options.timezone, now)
    page = webpage(body, content_type, url, options)
    whole = plain(page.html)
    about = Metadata(page, whole, when)
    title, title_from = about.title()
    published, published_from = about.published()
    publisher, publisher_from = about.publisher()
    text, text_from = _text(page, whole)
    text = _without_furniture(text, title)
    origins = {
        "title": title_from,
        "text": text_from if text else "",
        "published": published_from,
        "publisher": publisher_from,
    }
    return PageText(
        title=title,
        text=text,
        published=published,
        publisher=publisher,
        attachments=attachments(page),
        origins={field: origin for field, origin in origins.items() if origin},
        quality=_quality(text),
        doubtful=page.doubtful,
    )


def warm_up() -> None:
    """Do the slow imports: some tenths of a second."""
    _extracted("<p>a</p>")


def _text(page: WebPage, whole: str) -> tuple[str, str]:
    """The article's words, and where they are from; `whole` is all that is on the page."""
    if not is_markup(page.html):
        return whole, "page"
    placed, place = _placed(page)
    found = _extracted(page.html) if page.html.count("<") <= _MOST_TAGS else ""
    if width(placed) > _SNIPPET and len(placed) >= len(found) * _ENOUGH:
        return placed, f"content {place}"
    if width(found) > _SNIPPET and _keeps_lines(found, whole) and not _is_around(found, page):
        return found, "trafilatura"
    rest = _unfurnished(page)
    if width(placed) >= width(rest):
        return placed, f"content {place}"
    return rest, "page"


def _keeps_lines(found: str, whole: str) -> bool:
    """Whether the lines are the page's own: facts are read from lines, not from one long one."""
    own = set(whole.split("\n"))
    kept = sum(len(line) for line in found.split("\n") if line in own)
    return kept * 2 >= len(found)


def _is_around(text: str, page: WebPage) -> bool:
    """Whether a text is mainly links and furniture: what is on every page, and not the article."""
    around = {words(node) for node in page.tree.css("a[href]")[:_MOST_LINKS]}
    for node in furniture(page.tree.body) if page.tree.body is not None else ():
        around.update(plain(node.html or "").split("\n"))
    lines = (line for line in text.split("\n") if {line, line.rpartition(" ")[0]} & around)
    return sum(map(len, lines)) * 2 > len(text)


def _placed(page: WebPage) -> tuple[str, str]:
    """The fullest of the places that are known to hold an article, and its name."""
    texts = (
        (plain(node.html or ""), place)
        for place in _CONTAINERS
        for node in page.tree.css(place)[:3]
    )
    return max(texts, key=lambda one: len(one[0]), default=("", ""))


def _extracted(html: str) -> str:
    # Imported here: the bot's own process knows this function but never needs the extractor.
    import trafilatura
    from trafilatura.settings import use_config

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", _FEWEST_CHARACTERS)
    try:
        found = trafilatura.extract(
            html,
            output_format="html",
            include_comments=False,
            include_tables=True,
            config=config,
        )
    except MemoryError:
        raise
    except Exception:  # it lets through whatever it runs into; the page has its own words still
        return ""
    return plain(found or "")


def _unfurnished(page: WebPage) -> str:
    """The whole page without navigation and footers, and of the rest only what reads as text."""
    body = LexborHTMLParser(page.html).body
    if body is None:
        return ""
    for node in list(furniture(body)):
        node.decompose()
    text = plain(body.html or "")
    text = "\n".join(line for line in text.split("\n") if width(line) >= _LONG_LINE)
    return "" if _is_around(text, page) else text


def _without_furniture(text: str, title: str) -> str:
    """Take buttons, source lines and the title itself off both ends of a text."""
    lines = text.split("\n")
    if title in lines[:_EDGE]:
        lines = lines[lines.index(title) + 1 :]
    for _ in range(_EDGE):
        if lines and _is_furniture(lines[0]):
            lines.pop(0)
        if lines and _is_furniture(lines[-1]):
            lines.pop()
    return tidy("\n".join(lines))


def _is_furniture(line: str) -> bool:
    return len(line) <= 120 and _FURNITURE.fullmatch(line.strip(" |")) is not None


_FURNITURE = re.compile(
    r"[\[【(（\s]*(?:打印|关闭|收藏|返回|分享|纠错|字体|字号|大\s中\s小|扫一扫|浏览次数|浏览量|点击(?:数|量|次数)"
    r"|责任编辑|编辑|上一篇|下一篇|当前位置|您(?:现在)?(?:的|所在)?位置|来源|信息来源|文章来源|发布时间|发布日期"
    r"|发布机构|作者|Share|Print|Close|Previous|Next)(?:本页|窗口|到|[:：\s\]】)）]).{0,100}"
    r"|(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?[\s\d:]{0,20}(?:(?:来源|作者|编辑|浏览|点击|字体).{0,80})?"
    r"|[\[【]?(?:打印|关闭|收藏|分享|返回|大|中|小|A[+-]?)[\]】]?",
    re.IGNORECASE,
)


def _quality(text: str) -> Quality:
    return "full" if width(text) > _SNIPPET else "snippet"
