"""Pages that only want to know whether there is a browser, sent in place of the real one."""

import re
from collections.abc import Mapping

_LONGEST = 64 * 1024  # bytes; such pages are a script and little else
_REFUSALS = frozenset({200, 202, 403, 412, 429, 503, 521})
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
    if status not in _REFUSALS or len(body) > _LONGEST:
        return False
    return _looks_like_html(body) and _MARKS.search(body) is not None


def _looks_like_html(body: bytes) -> bool:
    head = body[:1024].lstrip().lower()
    return head.startswith((b"<!doctype html", b"<html", b"<script", b"<head", b"<meta"))
