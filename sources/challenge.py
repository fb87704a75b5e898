"""Pages that only want to know whether there is a browser, sent in place of the real one."""

import re
from collections.abc import Mapping

_LONGEST = 64 * 1024  # bytes; such pages are a script and little else
_STATUSES = frozenset({200, 202, 403, 412, 429, 503, 521})
_FEW_WORDS = 1500  # bytes outside scripts: "checking your browser", in several languages
_TAG = re.compile(rb"<[^<>]*>")
_MARKS = re.compile(
    rb"cdn-cgi/challenge-platform|cf-browser-verification|cf_chl_|__jsl_clearance"
    rb"|acw_sc__v2|\$_ts\s*=|_Incapsula_Resource|window\._cf_chl_opt|/_sec/cp_challenge"
    rb"|captcha-delivery\.com|document\.cookie\s*=\s*[\"'][^\"']{0,200}[\"'];?\s*"
    rb"(?:window\.)?location\.reload"
)
"""What the usual guards write: Cloudflare, Knownsec, Aliyun, Ruishu, Imperva, Akamai, DataDome,
and the home-made cookie that is set before the page is loaded again."""


def is_challenge(status: int, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether this answer asks for a browser's proof instead of giving what was asked for."""
    if status == 412 or "challenge" in headers.get("cf-mitigated", ""):
        return True  # 412 without a condition of ours is Ruishu's, the usual one of gov.cn
    if status not in _STATUSES or len(body) > _LONGEST or not _looks_like_html(body):
        return False
    # The same scripts sit in ordinary pages; a challenge has nothing else to say.
    return _MARKS.search(body) is not None and _words(body) < _FEW_WORDS


def _looks_like_html(body: bytes) -> bool:
    head = body[:1024].lstrip().lower()
    return head.startswith((b"<!doctype html", b"<html", b"<script", b"<head", b"<meta"))


def _words(body: bytes) -> int:
    """Roughly the bytes of text that a reader would see."""
    first, *scripts = body.lower().split(b"<script")
    outside = [first, *(script.partition(b"</script")[2] for script in scripts)]
    return len(_TAG.sub(b"", b"".join(outside)).strip())
