"""A page is only had from the machine whose certificate proves its name."""

import asyncio
import shutil
import ssl
import subprocess
from typing import Any, cast

import aiohttp
import pytest

from sources.errors import FetchError
from sources.failures import explain
from sources.web import Web
from tests.sources.servers import answer, serving


@pytest.fixture(scope="module")
def self_signed(tmp_path_factory):
    """The TLS context of a server that vouches for itself."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs the program openssl to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-subj", "/CN=127.0.0.1", "-days", "2"]
    command += ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


async def fetched(url: str) -> FetchError:
    async with Web(allow_cidrs=["127.0.0.0/8"], pause=0.0, deadline=3.0) as web:
        with pytest.raises(FetchError) as caught:
            await web.fetch(url)
    return caught.value


async def test_a_self_signed_certificate_is_refused_and_named(self_signed):
    async with serving(answer(b"secret"), ssl=self_signed) as server:
        error = await fetched(server.url().replace("http:", "https:"))
    assert error.code == "tls"
    assert "signed by itself" in str(error)
    assert server.heads == []


async def test_a_server_that_speaks_no_tls_is_named():
    def greet(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 hello, this is mail\r\n")
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        error = await fetched(f"https://127.0.0.1:{port}/")
    assert error.code == "tls"


@pytest.mark.parametrize(
    ("code", "words"),
    [(10, "has expired"), (62, "belongs to another name"), (20, "unknown"), (99, "is not valid")],
)
def test_what_is_wrong_with_a_certificate_is_said(code, words):
    cause = ssl.SSLCertVerificationError(1, "certificate verify failed")
    cause.verify_code = code
    key = cast(Any, None)
    failure = explain(aiohttp.ClientConnectorCertificateError(key, cause), "news.example", 30)
    assert failure.code == "tls"
    assert words in failure.reason
    assert "news.example" in failure.reason
