"""Reading a call of the Bot API from HTTP: query, form, JSON or multipart, within bounds."""

import json
from typing import Any

from aiohttp import BodyPartReader, web

from sandbox.files import LARGEST_UPLOAD
from sandbox.parameters import Parameters, Upload, decode
from sandbox.refusal import Refusal, bad_request

MOST_FIELDS = 200

_CHUNK = 2**20
"""More than ever waits in a stream: what is read beyond a chunk aiohttp would push back, which it
warns of as deprecated."""


async def read_call(request: web.Request) -> Parameters:
    """The call's parameters; those of the body win over those of the address.

    Raises:
        Refusal: too large, or not readable as what it says it is.
    """
    query: dict[str, Any] = dict(request.query)
    if not request.can_read_body:
        return decode(query)
    if request.content_type == "application/json":
        return decode(query | await _read_json(request))
    if request.content_type == "multipart/form-data":
        fields, uploads = await _read_multipart(request)
        return decode(query | fields, uploads)
    try:
        form = await request.post()
    except web.HTTPRequestEntityTooLarge:
        raise too_large() from None
    return decode(query | {name: value for name, value in form.items() if isinstance(value, str)})


def too_large() -> Refusal:
    """More than Telegram takes."""
    return Refusal(413, "Request Entity Too Large")


async def _read_json(request: web.Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.read() or b"{}")
    except web.HTTPRequestEntityTooLarge:
        raise too_large() from None
    except (ValueError, RecursionError):
        raise bad_request("can't parse request body as JSON object") from None
    if not isinstance(body, dict):
        raise bad_request("can't parse request body as JSON object")
    return body


async def _read_multipart(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    fields: dict[str, Any] = {}
    uploads: dict[str, Upload] = {}
    left = LARGEST_UPLOAD
    try:
        reader = await request.multipart()
        while (part := await reader.next()) is not None:
            if not isinstance(part, BodyPartReader) or len(fields) + len(uploads) > MOST_FIELDS:
                raise bad_request("can't parse multipart request body")
            content = await _read_part(part, left)
            left -= len(content)
            _file(part, content, fields, uploads)
    except (ValueError, AssertionError, UnicodeError):
        raise bad_request("can't parse multipart request body") from None
    return fields, uploads


async def _read_part(part: BodyPartReader, left: int) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk(_CHUNK):
        content += chunk
        if len(content) > left:
            raise too_large()
    return bytes(content)


def _file(
    part: BodyPartReader, content: bytes, fields: dict[str, Any], uploads: dict[str, Upload]
) -> None:
    name = part.name or ""
    if part.filename is None:
        fields[name] = content.decode()
        return
    uploads[name] = Upload(
        file_name=part.filename,
        mime_type=part.headers.get("Content-Type", ""),
        content=content,
    )
