"""When two entries are the same article: by guid, by address and by content together.

No single one is enough: feeds repeat one guid for all entries, change guids and addresses when a
site moves, and edit titles and texts. The rule here: the same address or the same content is the
same article; the same guid is, too, where the title or the address agrees.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from domain.article import Entry, Known

# Parameters that say where a reader came from, not what is read; each is documented by the
# system that adds it (Google Analytics, Meta, Microsoft, Mailchimp, WeChat, Matomo).
_TRACKING = frozenset(
    {
        "fbclid", "gclid", "dclid", "msclkid", "yclid", "mc_cid", "mc_eid", "igshid",
        "scene", "srcid", "clicktime", "enterid", "spm", "_hsenc", "_hsmi", "oly_enc_id",
    }
)  # fmt: skip
_TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "matomo_")
_SHORT = len("content:") + 16  # characters of a key: 2**64 hashes for a feed's few thousand
_DEFAULT_PORTS = {"http": 80, "https": 443}


@lru_cache(maxsize=4096)  # each is asked for several times while its entry is taken in
def canonical_url(url: str) -> str:
    """Return one spelling for all addresses of one page; "" for an address that is none.

    The host is lower case, the default port, the fragment and tracking parameters are gone. The
    scheme is kept: some pages exist under one of them only.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return ""
    host = parts.hostname.rstrip(".")
    if port and port != _DEFAULT_PORTS[parts.scheme]:
        host = f"{host}:{port}"
    path = (
        quote(
            unquote(parts.path, errors="surrogateescape"),
            safe="/%:@!$&'()*+,;=~-._",
            errors="surrogateescape",
        )
        or "/"
    )
    return urlunsplit((parts.scheme, host, path, _kept_query(parts.query), ""))


def place(url: str) -> str:
    """Return what addresses of one page have in common: neither the scheme nor a last slash."""
    canonical = canonical_url(url)
    return canonical.partition("://")[2].rstrip("/") if canonical else url


def registrable(url: str) -> str:
    """Return the part of an address's host that somebody registered: "chengdu.gov.cn".

    A rule of thumb in place of the list of public suffixes: it knows country codes with a second
    level (gov.cn, co.uk), and takes sites of one hosting service for one owner's.
    """
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    labels = host.split(".")
    if ":" in host or labels[-1].isdecimal():
        return host
    shared = len(labels) > 2 and len(labels[-1]) == 2 and _is_shared(labels[-2])
    return ".".join(labels[-3:] if shared else labels[-2:])


@lru_cache(maxsize=1024)
def content_hash(title: str, text: str) -> str:
    """Return a fingerprint of the words alone: white space and markup do not change it."""
    return sha256("\n".join((_words(title), _words(text))).encode(errors="replace")).hexdigest()


def keys(entry: Entry) -> tuple[str, ...]:
    """Return the identities of an entry, the strongest first."""
    url = canonical_url(entry.url)
    found = [_key("url", url)] if url else []
    found.append(_key("content", content_hash(entry.title, entry.text)))
    if entry.guid:
        found.append(_key("guid", entry.guid))
    return tuple(found)


def short_keys(guid: str, url: str) -> tuple[str, ...]:
    """Return the identities that entries of one feed may wrongly share, cut short.

    Long enough to tell the few thousand entries of one feed apart, short enough to be kept.
    """
    canonical = canonical_url(url)
    found = [_key("url", canonical)] if canonical else []
    return tuple(key[:_SHORT] for key in (*found, *([_key("guid", guid)] if guid else ())))


def distinct(
    entries: Sequence[Entry], besides: Iterable[tuple[str, ...]] = ()
) -> list[tuple[Entry, tuple[str, ...]]]:
    """Return each article of a feed once with its keys, leaving out keys that identify nothing.

    A guid or an address that several different entries of one feed share is not theirs.

    `besides`: the short keys of entries that stand in the feed too, each its own article.
    """
    unique: dict[str, tuple[Entry, tuple[str, ...]]] = {}
    for entry in entries:
        own = keys(entry)
        content = next(key for key in own if key.startswith("content:"))
        unique.setdefault(content, (entry, own))
    shared = Counter(key[:_SHORT] for _, own in unique.values() for key in own)
    shared.update(key for other in besides for key in other)
    return [
        (entry, tuple(key for key in own if shared[key[:_SHORT]] == 1))
        for entry, own in unique.values()
    ]


def recognise(entry: Entry, own: Sequence[str], known: Mapping[str, Known]) -> Known | None:
    """Return the article that this entry is, if its source has brought it before."""
    agreeing: dict[int, set[str]] = {}
    for key in own:
        if key in known:
            agreeing.setdefault(known[key].article_id, set()).add(key.partition(":")[0])
    articles = {article.article_id: article for article in known.values()}
    for article_id, kinds in agreeing.items():
        article = articles[article_id]
        title_agrees = _words(article.title) == _words(entry.title)
        if "content" in kinds or len(kinds) > 1 or title_agrees:
            return article
        if kinds == {"url"} and not entry.guid:
            return article
    return None


def _is_shared(label: str) -> bool:
    # com.cn, gov.cn, sc.cn (a province), co.uk, org.hk
    return len(label) <= 2 or label in {"com", "net", "org", "gov", "edu", "mil"}


def _key(kind: str, value: str) -> str:
    return f"{kind}:{sha256(value.encode(errors='replace')).hexdigest()[:40]}"


def _kept_query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True, errors="replace", max_num_fields=None)
    return urlencode([pair for pair in pairs if not _tracks(pair[0].lower())])


def _tracks(name: str) -> bool:
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()
