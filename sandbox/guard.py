"""Keeps other sites' pages out of the sandbox, and its own page's content in bounds."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing from elsewhere is ever loaded, and nothing inline is run."""


def guard(host: str) -> Middleware:
    """Returns the middleware of a sandbox that was started on this host.

    A page of another site may give its own name the sandbox's address (DNS rebinding); then its
    requests come as if from the sandbox's own page, GET ones without any Origin. So the name that
    was asked for has to be one that nobody else can own.
    """

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        asked = request.headers.get("Host", "")
        if not _is_own(asked, host):
            raise web.HTTPForbidden(text="The sandbox answers under its own address only.")
        origin = request.headers.get("Origin")
        if origin and origin.partition("://")[2] != asked:
            raise web.HTTPForbidden(text="Only the sandbox's own page may do that.")
        return _bounded(await handler(request))

    return guarded


def _is_own(asked: str, host: str) -> bool:
    """Whether a Host header names this machine itself, or what the sandbox was started on."""
    name = _name(asked)
    if name in ("localhost", host.lower()):
        return bool(name)
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _name(asked: str) -> str:
    try:
        return (urlsplit(f"//{asked}").hostname or "").lower()
    except ValueError:
        return ""


def _bounded(response: web.StreamResponse) -> web.StreamResponse:
    if not response.prepared:
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "no-referrer")
    return response
