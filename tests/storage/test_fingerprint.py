"""The quick way to a fingerprint gives what the plain way gives, whatever the text."""

from __future__ import annotations

from hashlib import blake2b

from hypothesis import given
from hypothesis import strategies as st

from reader.core.article import Article
from reader.storage.identity import fingerprint

ODD = st.text(st.sampled_from("aB \n\t\x1c\x1f\x85\xa0“”éÉßİ中\u2003\u3000\ud800z"))


@given(st.text(), st.text() | ODD)
def test_both_ways_agree(title: str, body: str) -> None:
    plain = " ".join(f"{title}\n{body}".casefold().split()).encode("utf-8", "replace")
    assert fingerprint(Article(title, body)) == blake2b(plain, digest_size=16).digest()


def test_case_and_blanks_do_not_matter() -> None:
    one = Article("Bridge Opens", "“It is ours,” said\n\nAna Ruiz.")
    other = Article("BRIDGE  opens", "“it is ours,” said Ana RUIZ. ")
    assert fingerprint(one) == fingerprint(other)
    assert fingerprint(one) != fingerprint(Article("Bridge Opens", "“It is ours,” said Ana."))
