"""What can go wrong with a source, each in one plain line: what, why, what to do.

* SourceError
  * FetchError: it could not be had
  * ParseError: it came, and could not be read
"""

import re
import unicodedata
from datetime import timedelta

_LONGEST = 300  # characters; a message to a person, not a log
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # controls, bidi, surrogates, unassigned


class SourceError(Exception):
    """A source could not be read; `str(error)` is one line for people.

    `code` is for programs: short, stable, lower case ("dns", "http_404", "not_a_feed").
    `url` is the address as it was asked for: it may hold secrets, the line never does.
    """

    def __init__(self, url: str, reason: str, *, code: str) -> None:
        super().__init__(one_line(reason))
        self.url = url
        self.code = code

    @property
    def reason(self) -> str:
        """The line itself."""
        return str(self.args[0])


class FetchError(SourceError):
    """The address gave no page; `retry_after` is the wait that the server asked for, if it did.

    Codes: bad_address, scheme, userinfo, port, private_address; dns, refused, unreachable,
    timeout, tls; http_<status>, anti_bot; redirect_loop, too_many_redirects, bad_redirect;
    too_large, encoding, cut_off, bad_answer, unasked_304; proxy.
    """

    def __init__(
        self, url: str, reason: str, *, code: str, retry_after: timedelta | None = None
    ) -> None:
        super().__init__(url, reason, code=code)
        self.retry_after = retry_after


class ParseError(SourceError):
    """The page came, but nothing could be read from it.

    Codes: empty, web_page, json, not_a_feed, tag_too_long, too_large, broken; feed, not_a_page,
    not_json, no_field, empty_list, bad_selector, selector_empty, bad_timezone; doctype, not_opml,
    too_many, nothing_to_watch; parse_timeout, parse_memory, parse_died.
    """


def one_line(text: str, longest: int = _LONGEST) -> str:
    """Return text on one line, without anything a terminal or chat would act upon."""
    plain = "".join(
        " " if character in "\t\r\n" else character
        for character in text[: longest * 4]
        if character in "\t\r\n" or unicodedata.category(character) not in _HIDDEN
    )
    plain = re.sub(r"\s+", " ", plain).strip()
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"
