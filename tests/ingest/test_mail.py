"""Mailboxes, messages and pages saved as MHTML."""

from __future__ import annotations

import base64
import datetime as dt
import io
import time

import pytest

from reader.core.article import Article
from reader.ingest import Intake, IntakeFailure, read_stream
from reader.ingest.mail import read_message
from tests.ingest.pages.newsrooms import PARAGRAPHS, TEXT

PLAIN = """From: Ann Reed <ann@hw.example>
To: readers@hw.example
Subject: =?utf-8?q?Caf=C3=A9_opens_=1B=5B31mlate=0D=0AX=3A_y?=
Date: Tue, 03 Mar 2026 10:00:00 +0100
Message-ID: <1@hw.example>

The harbour board said on Tuesday that the new pier would open in
the spring, two years later than first planned.

> "We would rather be late than wrong," said Maria Okafor.

--{blank}
Sent by Harbour Wire
""".format(blank=" ")
NEWSLETTER = f"""From: "Harbour Wire" <news@hw.example>
Subject: Pier opens late
Date: Tue, 03 Mar 2026 10:00:00 GMT
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: multipart/alternative; boundary=c

--c
Content-Type: text/plain; charset=x-unknown-9

See it in your browser.
--c
Content-Type: text/html; charset=utf-8

<html><body>{TEXT}</body></html>
--c--
--b
Content-Type: text/plain; name="../../notes.txt"
Content-Disposition: attachment; filename="../../notes.txt"

SECRET
--b--
"""
SAVED = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://hw.example/pier
Subject: Pier opens late
Date: Tue, 3 Mar 2026 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="x"

--x
Content-Type: text/html
Content-Location: https://hw.example/pier

<html><head><title>Pier opens late | Harbour Wire</title></head><body><article>
<h1>Pier opens late</h1><p class=byline>By Ann Reed</p>{TEXT}</article></body></html>
--x--
"""


def read(text: str) -> list[Intake]:
    return list(read_stream(io.BytesIO(text.encode()), name="mail"))


def test_a_plain_message_is_an_article() -> None:
    [article] = read(PLAIN)
    assert isinstance(article, Article)
    assert article.title == "Café opens late X: y"
    assert article.byline == ("Ann Reed",)
    assert article.published == dt.datetime.fromisoformat("2026-03-03T10:00:00+01:00")
    assert article.guid == "1@hw.example"
    assert article.body == (
        "The harbour board said on Tuesday that the new pier would open in the spring, two years "
        'later than first planned.\n\n"We would rather be late than wrong," said Maria Okafor.'
    )


def test_a_newsletter_is_read_from_its_page_and_never_from_attachments() -> None:
    [article] = read(NEWSLETTER)
    assert isinstance(article, Article)
    assert article.body == "\n\n".join(PARAGRAPHS)
    assert (article.outlet, article.byline) == ("Harbour Wire", ())


def test_a_page_saved_as_mhtml_is_a_page() -> None:
    [article] = read(SAVED)
    assert isinstance(article, Article)
    assert article.url == "https://hw.example/pier"
    assert article.byline == ("Ann Reed",)
    assert article.body == "\n\n".join(PARAGRAPHS)


def deep(levels: int) -> str:
    head = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(levels)
    )
    return f"From: a@b.example\nSubject: Deep\nDate: 3 Mar 2026\n{head}"


@pytest.mark.parametrize("levels", [40, 400, 5000])
def test_a_bad_message_does_not_keep_the_others_out(levels: int) -> None:
    line = "From a@b.example Tue Mar  3 10:00:00 2026\n"
    first, failure, last = read(line + PLAIN + "\n" + line + deep(levels) + "\n" + line + PLAIN)
    assert isinstance(first, Article)
    assert isinstance(failure, IntakeFailure)
    assert "message 2" in failure.message
    assert isinstance(last, Article)


def test_a_sentence_that_begins_with_from_parts_no_messages() -> None:
    text = "From a@b.example Tue Mar  3 10:00:00 2026\n" + PLAIN.replace("-- \n", "From now on.\n")
    assert len(read(text)) == 1


def test_damaged_base64_gives_what_is_left_of_it() -> None:
    text = base64.encodebytes(b"The new pier would open in the spring, they said." * 9)
    spoilt = text.replace(b"\n", b"!\n")[:-9]
    head = b"From: Ann Reed <a@h.invalid>\nSubject: Pier\nContent-Transfer-Encoding: base64\n\n"
    article = read_message(head + spoilt)
    assert article.body.startswith("The new pier would open in the spring, they said.The new pier")


def test_a_header_without_end_costs_little() -> None:
    head = b"From: Ann Reed <a@h.invalid>\nSubject: Pier\n" + b"X: y\n" * 400_000
    began = time.process_time()
    article = read_message(head + b"\nThe new pier would open in the spring.\n")
    assert article.body == "The new pier would open in the spring."
    assert (article.title, article.byline) == ("Pier", ("Ann Reed",))
    assert time.process_time() - began < 2
