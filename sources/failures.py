"""What goes wrong on the way to a page, in plain words: the web library's errors, the statuses."""

import errno
import ssl
from dataclasses import dataclass

import aiohttp

from sources.gate import Refused


@dataclass(frozen=True, slots=True)
class Failure:
    """A code for programs and a line for people."""

    code: str
    reason: str


FAILURES = (aiohttp.ClientError, OSError, ValueError, AssertionError)
"""What aiohttp raises on hostile addresses and answers, beside its own errors."""


def explain(error: Exception, host: str, seconds: float) -> Failure:
    """Say what a failed request means; it had so many seconds in all."""
    cause = getattr(error, "os_error", error)
    if isinstance(cause, Refused):
        return Failure(cause.code, cause.reason)
    if isinstance(error, _PROXYS):
        return Failure("proxy", _proxy(error, host))
    if isinstance(error, TimeoutError):
        return Failure("timeout", _late(error, host, seconds))
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return Failure("dns", f"The name {host} is not known. Check the address.")
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return Failure("tls", _certificate(error.certificate_error, host))
    if isinstance(error, aiohttp.ClientConnectorSSLError | ssl.SSLError):
        return Failure("tls", f"{host} does not manage a safe connection (TLS). {_LATER}")
    if isinstance(error, aiohttp.ClientConnectorError):
        return _unconnected(cause, host)
    if isinstance(error, aiohttp.InvalidURL):
        return Failure("bad_address", "That is not a web address.")
    if isinstance(error, _BROKEN_OFF):
        return Failure("cut_off", f"{host} broke the connection off. {_LATER}")
    return Failure("bad_answer", f"{host} gave an answer that is not proper HTTP.")


_PROXYS = (aiohttp.ClientProxyConnectionError, aiohttp.ClientHttpProxyError)


def _proxy(error: Exception, host: str) -> str:
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return f"The proxy (FETCH_PROXY) does not connect us with {host} ({error.status})."
    return f"The proxy (FETCH_PROXY) cannot be reached. {_LATER}"


def _late(error: TimeoutError, host: str, seconds: float) -> str:
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return f"{host} could not be reached in time. {_LATER}"
    return f"{host} did not answer within {seconds:g} s. {_LATER}"


def refusal(status: int, host: str) -> Failure:
    """Say what a status means that is neither a page, nor "unchanged", nor a redirect."""
    known = _STATUSES.get(status)
    if known is None and status >= 500:
        known = "has a fault of its own ({status}). It may pass by itself."
    sentence = known or "answered {status} instead of a page."
    return Failure(f"http_{status}", f"{host} {sentence.format(status=status)}")


_BROKEN_OFF = (aiohttp.ClientPayloadError, aiohttp.ServerDisconnectedError, OSError)
_LATER = "It may pass by itself."
_STATUSES = {
    401: "asks for a password (401), and we have none.",
    403: "refuses to answer us (403).",
    404: "has no page at this address (404). Check the address.",
    407: "is behind a proxy that asks for a password (407).",
    410: "has taken this page away for good (410). Remove the source or give its new address.",
    429: "asks us to come less often (429). It may pass by itself.",
    503: "is out of service for the moment (503). It may pass by itself.",
}
_CERTIFICATES = {
    9: "is not valid yet",
    10: "has expired",
    18: "is signed by itself",
    19: "is signed by somebody unknown",
    20: "is signed by somebody unknown",
    21: "cannot be verified",
    62: "belongs to another name",
    64: "belongs to another address",
}
"""By OpenSSL's X509_V_ERR numbers."""


def _certificate(error: Exception, host: str) -> str:
    why = _CERTIFICATES.get(getattr(error, "verify_code", 0), "is not valid")
    return f"The certificate of {host} {why}, so the page could be anybody's."


def _unconnected(cause: object, host: str) -> Failure:
    number = getattr(cause, "errno", None)
    if number == errno.ECONNREFUSED:
        return Failure("refused", f"{host} refuses the connection: no web server answers there.")
    if number == errno.ETIMEDOUT:
        return Failure("timeout", f"{host} could not be reached in time. {_LATER}")
    if number in {errno.ECONNRESET, errno.EPIPE}:
        return Failure("cut_off", f"{host} broke the connection off. {_LATER}")
    return Failure("unreachable", f"{host} cannot be reached from here. {_LATER}")
