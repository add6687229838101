"""Bytes to text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.encoding import as_utf8, decode

WORDS = "Café “opens” – late"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_usual_encodings_need_no_declaration(encoding: str) -> None:
    assert decode((WORDS * 20).encode(encoding)).lstrip("\ufeff") == WORDS * 20


@pytest.mark.parametrize(
    "declared", ["iso-8859-1", "us-ascii", "utf-8", "rot13", "zlib", "no-such"]
)
def test_wrong_declarations_do_no_harm(declared: str) -> None:
    assert decode(WORDS.encode("utf-8"), declared) == WORDS
    assert decode(WORDS.encode("cp1252"), declared) == WORDS


def test_declarations_count_where_nothing_else_tells() -> None:
    assert decode("Пирс".encode("koi8-r"), "koi8-r") == "Пирс"
    page = b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
    assert decode(page + "Пирс".encode("cp1251")).endswith("Пирс")


def test_a_few_spoilt_bytes_do_not_turn_the_rest_into_another_encoding() -> None:
    text = decode("“We can’t,” she said. ".encode() * 30 + b"\xff\xfe")
    assert text.startswith("“We can’t,” she said.")
    assert text.endswith("\ufffd\ufffd")


@given(st.binary(max_size=300), st.one_of(st.none(), st.text(max_size=12)))
def test_any_bytes_become_text(data: bytes, declared: str | None) -> None:
    assert isinstance(decode(data, declared), str)


@given(st.text(max_size=300).filter(lambda text: text.count("\0") * 5 < len(text.encode())))
def test_what_is_utf8_is_read_as_utf8(text: str) -> None:
    data = text.encode()
    if not data.startswith((b"\xff", b"\xfe", b"\x00", b"\xef\xbb\xbf")):
        assert decode(data) == text


@pytest.mark.parametrize(
    ("codec", "declared", "words"),
    [
        ("iso-2022-jp", "iso-2022-jp", "港の桟橋が開く"),
        ("hz", "hz-gb-2312", "码头开放"),
        ("tis-620", "tis-620", "ท่าเรือเปิด"),
        ("cp874", "windows-874", "ท่าเรือเปิด"),
        ("cp932", "shift_jis", "①港㈱"),
        ("gb18030", "gb2312", "码头開放€"),
        ("cp949", "euc-kr", "부두 개장 똠"),
        ("cp932", "x-sjis", "港の桟橋"),
    ],
)
def test_encodings_are_read_as_browsers_do(codec: str, declared: str, words: str) -> None:
    page = f'<meta charset="{declared}"><p>Pier</p>'.encode() + words.encode(codec)
    assert decode(page).endswith(words)
    assert decode(words.encode(codec), declared) == words
    assert as_utf8(words.encode(codec), declared).decode() == words


def test_escapes_of_a_terminal_are_no_japanese() -> None:
    assert decode(b"Pier\x1b[31m \x1b$B opens", "utf-8") == "Pier\x1b[31m \x1b$B opens"


@pytest.mark.parametrize("codec", ["utf-32-le", "utf-32-be"])
def test_wide_text_without_a_mark_is_told_by_its_zeros(codec: str) -> None:
    assert decode((WORDS * 9).encode(codec)) == WORDS * 9
