"""What is wrong with a source, in plain words with what to do; and the notices to operators."""

import re
from datetime import datetime

from bot import callback
from bot.language import SOURCE, Words, later, words_for
from bot.markup import Html, bold, code, escape, join, own
from bot.render.dates import local_time
from bot.render.pack import Block, pack
from bot.safe_text import cut, domain, one_line
from domain.chat import Chat
from domain.message import Button, Message
from domain.notice import Notice, Notices
from sources.errors import SourceError

_LATER = later("It is tried again by itself.")
_ADDRESS = later("Check the address, or give the new one with /source.")
_BROWSER = later("Only browsers get in: look for a feed or a list page of it elsewhere.")
_REMOVE = later("Give its new address with /source, or remove it.")
_LIST = later("The page may have been rebuilt: give the list's selector with /source.")
_NETWORK = later("If it is meant to be read, allow its network in FETCH_ALLOW_CIDRS.")
_PROXY = later("Check the proxy and the setting.")
_SETTING = later("Look at /source: remove it and add it again to have it recognised anew.")
_SELECTOR = later(
    "Send the address of its list page, or the list’s CSS selector behind this one, such as: "
    "selector ul.news a"
)
_OPML = later("Export a list of feeds from your reader as OPML.")
_LOG = later("The log has the details.")

_CODES: dict[str, tuple[str, str]] = {
    "bad_address": (later("that is not a web address"), _ADDRESS),
    "scheme": (later("only http and https addresses can be read"), _ADDRESS),
    "userinfo": (later("the address holds a user name or a password"), _ADDRESS),
    "port": (later("the port is not one that is read"), _ADDRESS),
    "private_address": (later("the address leads into a private network"), _NETWORK),
    "dns": (later("the name {host} is not known"), _ADDRESS),
    "refused": (later("{host} refuses the connection"), _LATER),
    "unreachable": (later("{host} cannot be reached from here"), _LATER),
    "timeout": (later("{host} did not answer in time"), _LATER),
    "tls": (later("{host} offers no safe connection (TLS)"), _LATER),
    "anti_bot": (later("{host} asks for a browser (anti-bot page)"), _BROWSER),
    "http_401": (later("{host} asks for a password (401)"), _ADDRESS),
    "http_403": (later("{host} refuses to answer us (403)"), _BROWSER),
    "http_404": (later("there is no page at this address (404)"), _ADDRESS),
    "http_410": (later("the page was taken away for good (410)"), _REMOVE),
    "http_429": (later("{host} asks us to come less often (429)"), _LATER),
    "redirect_loop": (later("the address redirects in a circle"), _ADDRESS),
    "too_many_redirects": (later("the address redirects too often"), _ADDRESS),
    "bad_redirect": (later("the address redirects to nowhere"), _ADDRESS),
    "too_large": (later("the page is larger than 5 MiB"), _ADDRESS),
    "cut_off": (later("{host} broke the connection off"), _LATER),
    "encoding": (later("the page is compressed in a way that cannot be undone"), _LATER),
    "bad_answer": (later("{host} gave no proper answer"), _LATER),
    "unasked_304": (later("{host} says that nothing is new without having been asked"), _LATER),
    "proxy": (later("the proxy of FETCH_PROXY does not let us through"), _PROXY),
    "empty": (later("the page is empty"), _LATER),
    "empty_list": (later("no publications were found on the page"), _LIST),
    "selector_empty": (later("the selector found nothing on the page"), _LIST),
    "bad_selector": (later("the selector is not proper CSS"), _LIST),
    "bad_timezone": (later("the time zone is not known"), _SETTING),
    "no_field": (later("the JSON list lacks a field that was named"), _SETTING),
    "feed": (later("it is a feed now, not a page"), _SETTING),
    "not_a_page": (later("it is not a web page"), _ADDRESS),
    "web_page": (later("it is a web page, not a feed"), _ADDRESS),
    "not_a_feed": (later("it is not a feed"), _ADDRESS),
    "json": (later("it is JSON, not a feed"), _ADDRESS),
    "nothing_to_watch": (
        later("it is a web page without a feed, and no list was recognised on it"),
        _SELECTOR,
    ),
    "doctype": (later("the file holds a document type (DTD), which no list needs"), _OPML),
    "not_opml": (later("it is no OPML file"), _OPML),
    "too_many": (later("the list holds more than 1,000 sources"), later("Split the file.")),
    "not_json": (later("it is not JSON"), _ADDRESS),
    "tag_too_long": (later("the page is damaged beyond reading"), _LATER),
    "broken": (later("the page is damaged beyond reading"), _LATER),
    "parse_timeout": (later("reading the page takes too long"), _LATER),
    "parse_memory": (later("reading the page takes too much memory"), _LATER),
    "parse_died": (later("reading the page broke off"), _LATER),
    "our_fault": (later("reading it failed on our side"), _LOG),
}

_STATUS = re.compile(r"http_(\d{3})", re.ASCII)
_ANSWERED = later("{host} answered {status} instead of a page")

_HEADS = {
    "failing": later("⚠️ {source} cannot be read: {reason}. {action}"),
    "gone": later("🪦 {source} is gone: {reason}. {action}"),
    "moved": later(
        "↪️ {source} says it has moved for good to {address}, which is another owner’s. If that is "
        "right, press “Follow”, or send {command}"
    ),
    "quiet": later(
        "🔇 {source} has had nothing new since {time}, far longer than is usual for it. Look "
        "whether its page has moved or changed."
    ),
    "unread": later("🕳 {source} is due and has not been read. See /status and the log."),
}
_OVER = {
    "failing": later("✅ {source} can be read again."),
    "gone": later("✅ {source} is watched again."),
    "moved": later("✅ {source} is at its own address again."),
    "quiet": later("✅ {source} has news again."),
    "unread": later("✅ {source} is read again."),
}


def render(notices: Notices, chat: Chat) -> tuple[Message, ...]:
    """Tell operators what came to light, in one message where it fits."""
    words = words_for(chat.language)
    blocks = [
        Block(html=_notice(one, words, chat.timezone), button=_button(one, words))
        for one in notices.notices
    ]
    return pack(bold(words.say("About the sources")), blocks)


def reason(error_code: str | None, error: str | None, url: str, words: Words) -> Html:
    """Say why a source cannot be read; the failure's own words where it has no others."""
    known = _CODES.get(error_code or "")
    if known is not None:
        return words.say(known[0], host=domain(url))
    if status := _STATUS.fullmatch(error_code or ""):
        return words.say(_ANSWERED, host=domain(url), status=status[1])
    return escape(cut(one_line(error or ""), 200).rstrip("."))


def said(error: SourceError, words: Words) -> Html:
    """Say what went wrong and what to do; in English in the failure's own words: they know more."""
    if words.language == SOURCE:
        return escape(cut(one_line(str(error)), 500))
    why = reason(error.code, error.reason, error.url, words)
    return join(" ", words.say("{reason}.", reason=why), action(error.code, words))


def action(error_code: str | None, words: Words) -> Html:
    """Say what to do about it."""
    known = _CODES.get(error_code or "")
    return words.say(known[1] if known else _LATER)


def _notice(notice: Notice, words: Words, timezone: str) -> Html:
    title = cut(one_line(notice.title), 80) or domain(notice.url)
    source = join(" ", own(f"#{notice.source_id}"), bold(escape(title)))
    if notice.over:
        return words.say(_OVER[notice.trouble], source=source)
    new = notice.moved_to or ""
    return words.say(
        _HEADS[notice.trouble],
        source=source,
        reason=reason(notice.code, notice.reason, notice.url, words),
        action=action(notice.code, words),
        time=_time(notice.since, timezone, words),
        address=escape(domain(new)),
        command=code(own(f"/source {notice.source_id} address {cut(one_line(new), 300)}")),
    )


def _button(notice: Notice, words: Words) -> Button | None:
    """Offer what can be done about it: follow where it went, or everything else."""
    if notice.over:
        return None
    if notice.trouble == "moved":
        text = words.plain("↪️ Follow #{number}", number=notice.source_id)
        return callback.button(text, "source", f"{notice.source_id}.follow")
    return callback.button(f"🔧 #{notice.source_id}", "source", f"{notice.source_id}.show")


def _time(at: datetime | None, timezone: str, words: Words) -> Html:
    return own(local_time(at, timezone, words)) if at else words.say("its first reading")
