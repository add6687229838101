"""Servers that write what they like: what can be read is, all else is one clear line."""

from __future__ import annotations

import asyncio
import gzip
import socket
import threading
from contextlib import suppress

import pytest

from reader.core.text import clean_line
from reader.ingest.net.bounded import accepted
from reader.ingest.net.fetch import fetch, new_client
from reader.ingest.net.hops import is_for_good
from reader.ingest.net.results import FetchLimits, FetchRequest, FetchResult, Outcome
from reader.ingest.net.wording import why_unreachable
from tests.ingest.net.loopback import FEED
from tests.ingest.net.raw import HEAD, chunked, writing

QUICK = FetchLimits(seconds=5, read_seconds=5, size=1 << 20)
ZIPPED = gzip.compress(FEED)
CHUNKS = HEAD + b"Transfer-Encoding: chunked\r\n"
AS_GZIP = HEAD + b"Content-Encoding: gzip\r\n"


def sized(body: bytes) -> bytes:
    """A body behind its length."""
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def status(line: bytes, *headers: bytes) -> bytes:
    """An answer without a body."""
    return b"\r\n".join((b"HTTP/1.1 " + line, *headers, sized(b"")))


def ask(url: str) -> FetchResult:
    async def run() -> FetchResult:
        async with new_client(QUICK) as client:
            return await fetch(client, FetchRequest(url), QUICK)

    return asyncio.run(run())


READ = {
    "HTTP/1.0, to the end": b"HTTP/1.0 200 OK\r\n\r\n" + FEED,
    "no reason": b"HTTP/1.0 200\r\n\r\n" + FEED,
    "line feeds only": b"HTTP/1.1 200 OK\nContent-Length: %d\n\n%s" % (len(FEED), FEED),
    "chunks": CHUNKS + b"\r\n" + chunked(FEED[:20], FEED[20:]),
    "chunks with trailers": CHUNKS + b"\r\n%x;a=b\r\n%s\r\n0\r\nX: y\r\n\r\n" % (len(FEED), FEED),
    "gzip in chunks": CHUNKS
    + b"Content-Encoding: gzip\r\n\r\n"
    + chunked(ZIPPED[:20], ZIPPED[20:]),
    "gzip of two": AS_GZIP + sized(gzip.compress(FEED[:30]) + gzip.compress(FEED[30:])),
    "gzip of two, untold": HEAD + sized(gzip.compress(FEED[:30]) + gzip.compress(FEED[30:])),
    "gzip with junk behind": AS_GZIP + sized(ZIPPED + b"junk"),
    "early hints": b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + HEAD + sized(FEED),
    "a folded header": HEAD + b"X: a\r\n b\r\n" + sized(FEED),
    "many headers": HEAD + b"".join(b"X-%d: y\r\n" % n for n in range(900)) + sized(FEED),
    "a cookie": HEAD + b"Set-Cookie: a=b; Path=/\r\n" + sized(FEED),
}
REFUSED = {
    "no HTTP at all": (FEED, "broke off"),
    "nothing": (b"", "broke off"),
    "chunks without their end": (CHUNKS + b"\r\n" + chunked(FEED)[:-5], "broke off"),
    "half a chunk": (CHUNKS + b"\r\n%x\r\n%s" % (len(FEED), FEED[:30]), "broke off"),
    "a wrong length in gzip": (AS_GZIP + sized(ZIPPED[:-4] + b"\1\0\0\0"), "makes no sense"),
    "a wrong sum in gzip": (
        AS_GZIP + sized(ZIPPED[:-8] + b"abcd" + ZIPPED[-4:]), "makes no sense",
    ),
    "a cut gzip": (AS_GZIP + sized(ZIPPED[:-9]), "cut short"),
    "two lengths": (HEAD + b"Content-Length: 5\r\n" + sized(FEED), "no proper HTTP"),
    "a header of 2 MB": (HEAD + b"X: " + b"y" * (2 << 20) + b"\r\n" + sized(FEED), "no proper"),
    "a NUL": (HEAD + b"X: a\0b\r\n" + sized(FEED), "no proper HTTP"),
    "no length": (HEAD + sized(b""), "nothing in it"),
    "a colourful reason": (status(b"500 \x1b[31mred\x1b]0;x\x07"), "answered 500 red"),
    "the law": (status(b"451 Unavailable For Legal Reasons"), "answered 451"),
    "several choices": (status(b"300 Multiple Choices", b"Location: /x"), "answered 300"),
    "a part": (HEAD.replace(b"200 OK", b"206 Part") + sized(FEED), "answered 206"),
    "another protocol": (status(b"101 Switching", b"Upgrade: h2c"), "broke off"),
    "a status of none": (status(b"000 x"), "no proper HTTP"),
    "TLS": (b"\x15\x03\x01\x00\x02\x02\x28", "no proper HTTP"),
    "to data": (status(b"301 M", b"Location: data:text/xml,<rss/>"), "no web address"),
    "to gopher": (status(b"307 M", b"Location: gopher://127.0.0.1/"), "no web address"),
    "to port 99999": (status(b"308 M", b"Location: http://127.0.0.1:99999/"), "no web address"),
    "to https nobody speaks": (
        status(b"301 M", b"Location: https://127.0.0.1:1/"), "reached: nobody answers",
    ),
    "to itself": (status(b"308 M", b"Location: /"), "redirects more than"),
}  # fmt: skip


@pytest.mark.parametrize("answer", READ.values(), ids=list(READ))
def test_what_can_be_read_is(answer: bytes) -> None:
    with writing(answer) as url:
        result = ask(url)
    assert (result.message, result.outcome) == ("", Outcome.FRESH)
    assert result.body == FEED


@pytest.mark.parametrize(("answer", "words"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_read_is_one_line(answer: bytes, words: str) -> None:
    with writing(answer) as url:
        result = ask(url)
    assert (result.outcome, result.body) == (Outcome.FAILED, b"")
    assert words in result.message
    assert clean_line(result.message) == result.message


def test_brotli_is_read_where_it_was_asked_for() -> None:
    brotli = pytest.importorskip("brotli")
    assert "br" in accepted()
    whole = brotli.compress(FEED)
    head = HEAD + b"Content-Encoding: BR\r\n"
    with writing(head + sized(whole)) as url:
        assert ask(url).body == FEED
    long = bytes(range(256)) * 3000
    with writing(head + sized(brotli.compress(long))) as url:
        assert ask(url).body == long
    with writing(head + sized(whole[:-3])) as url:
        assert "cut short" in ask(url).message
    with writing(head + sized(brotli.compress(b" " * (8 << 20)))) as url:
        assert "larger than 1 MB" in ask(url).message


def test_many_empty_streams_in_one_body_take_no_longer_than_their_bytes() -> None:
    with writing(HEAD + sized(gzip.compress(b"") * 20_000 + ZIPPED)) as url:
        assert ask(url).body == FEED


@pytest.mark.parametrize(
    ("header", "seconds"),
    [(b"Fri, 31 Dec 1999 23:59:59 GMT", 0), (b"-5", None), (b"1e3", None), (b"", None)],
)
def test_odd_wishes_to_be_left_alone_are_none(header: bytes, seconds: int | None) -> None:
    with writing(status(b"503 M", b"Retry-After: " + header)) as url:
        result = ask(url)
    assert (result.outcome, result.retry_after) == (Outcome.LATER, seconds)


def test_the_newer_internet_protocol_is_spoken() -> None:
    try:
        with writing(HEAD + sized(FEED), socket.AF_INET6) as url:
            assert ask(url).body == FEED
    except OSError:
        assert not socket.has_ipv6 or not _has_loopback()


def _has_loopback() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


def test_https_that_is_none_is_said_clearly() -> None:
    with writing(b"HTTP/1.1 400 Bad Request\r\n\r\n") as url:
        message = ask(url.replace("http:", "https:")).message
    assert message == "cannot be reached: it does not speak https there; http may do"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired "
         "(_ssl.c:1006)", "not trusted: its certificate has expired"),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: Hostname mismatch, "
         "certificate is not valid for 'a'", "not trusted: its certificate is for another name"),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate "
         "(_ssl.c:1)", "not trusted: its certificate is signed by itself"),
        ("[SSL: TLSV1_ALERT_PROTOCOL_VERSION] tlsv1 alert protocol version (_ssl.c:1006)",
         "it refuses to speak https with us"),
        ("[Errno -2] Name or service not known", "no such name is known"),
        ("[Errno -3] Temporary failure in name resolution", "names cannot be looked up just now"),
        ("[Errno 113] No route to host", "No route to host"),
        ("", ""),
    ],
)  # fmt: skip
def test_why_a_host_cannot_be_reached_is_in_plain_words(said: str, words: str) -> None:
    assert why_unreachable(said) == words


@pytest.mark.parametrize("url", ["file:///etc/passwd", "data:text/xml,x", "ftp://x/", "http://"])
def test_only_web_addresses_are_asked(url: str) -> None:
    assert ask(url).message == "is not an http or https address"


@pytest.mark.parametrize("second", [b"junk left over\r\n\r\n", b"", HEAD[:9]])
def test_a_connection_that_was_spoilt_before_spoils_no_other_feed(second: bytes) -> None:
    """The first answer on a connection is good, the second one is not."""
    asked: list[int] = []
    good = HEAD + sized(FEED)

    def serve(server: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _ = server.accept()
                with connection, suppress(OSError):
                    connection.settimeout(5)
                    for number, answer in enumerate((good, second)):
                        if not connection.recv(65536):
                            break
                        asked.append(number)
                        connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, args=(server,), daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"

        async def run() -> list[Outcome]:
            async with new_client(QUICK) as client:
                return [(await fetch(client, FetchRequest(url), QUICK)).outcome for _ in range(3)]

        assert asyncio.run(run()) == [Outcome.FRESH] * 3
        server.shutdown(socket.SHUT_RDWR)
    assert asked.count(0) == 3


def test_a_server_that_always_talks_nonsense_is_asked_once() -> None:
    with writing(b"nonsense\r\n\r\n") as url:
        assert ask(url).outcome is Outcome.FAILED


@pytest.mark.parametrize(
    ("status_code", "current", "target", "expected"),
    [
        (301, "http://a.example/", "https://a.example/", True),
        (308, "https://a.example/", "https://b.example/", True),
        (301, "https://a.example/", "http://a.example/", False),
        (302, "http://a.example/", "https://a.example/", False),
    ],
)
def test_no_move_from_https_to_http_is_for_good(
    status_code: int, current: str, target: str, expected: bool
) -> None:
    assert is_for_good(status_code, current, target) is expected
