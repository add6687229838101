"""The query language on one card, from which the help screen and the README are made."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """One line of the card."""

    example: str
    meaning: str


QUERY_CARD: tuple[tuple[str, tuple[Row, ...]], ...] = (
    (
        "Words",
        (
            Row(
                "ceasefire talks",
                "both words, in title or text, in any form (talk, talks, talking)",
            ),
            Row('"no-fly zone"', "these words one after the other"),
            Row(
                "=strikes", "the word as written, no other form (capitals and accents never matter)"
            ),
            Row("refug*", "words that begin so; also in a phrase"),
            Row("~erdogn", "the word or one a typing mistake away"),
            Row("syria -truce", "the first and not the second; NOT is the same"),
            Row("syria OR iraq", "one or both; AND is what a blank means"),
            Row("(syria OR iraq) budget", "brackets group"),
        ),
    ),
    (
        "Where",
        (
            Row("title:budget", "in the title; body: in the text"),
            Row("speaker:altun", "somebody quoted has this name"),
            Row("said:refugees", "the word stands in what somebody is quoted with"),
            Row(
                "by:altun said:refugees",
                "one and the same quotation, by this speaker, with this word",
            ),
            Row('role:"prime minister"', "somebody quoted is described so"),
            Row("kind:indirect", "has such a quotation: direct, mixed or indirect"),
            Row("about:budget", "in title, section or tags, or three times in the text"),
            Row("byline:baker", "the author"),
            Row('outlet:"daily ledger"', "the publisher"),
            Row("section:world", "the section"),
            Row("tag:election", 'your own tag; tag:"air power", tag:elec*, has:tag for any'),
            Row("note:bridge", "the word stands in your note; has:note for any"),
            Row("collection:budget", "quotations in your collection; has:collection for any"),
            Row("url:ledger.example", "words of the address"),
            Row("title:(syria OR iraq)", "a field for a whole group"),
        ),
    ),
    (
        "When and how many",
        (
            Row("date:2020-02", "that month; 2020 that year, 2020-02-28 that day"),
            Row("date:2019..2021", "from the beginning of the one to the end of the other"),
            Row(
                "after:2020-02 before:2020-04", "from the first on, until before the second begins"
            ),
            Row("-30d", "the last 30 days; also w, m and y"),
            Row("date:yesterday", "yesterday; also today"),
            Row("words:>800", "longer than 800 words; also <, >=, <=, 300..500"),
            Row("quotes:>3", "more than three quotations; has:quotes for at least one"),
            Row("is:unread", "not read yet; also is:read, is:starred, is:kept, is:muted"),
        ),
    ),
    (
        "How near",
        (
            Row("erdogan near/5 putin", "at most 5 words apart, in either order"),
            Row("erdogan pre/3 said", "the first before the second, at most 3 words apart"),
            Row('truce /s ("far away" OR lost)', "in one sentence; /p in one paragraph"),
            Row("atleast/4 refugees", "at least four times"),
        ),
    ),
    (
        "More",
        (
            Row("title:/colou?r/", "a regular expression somewhere in the title"),
            Row(
                "talks",
                "newest first, or best first: nearly so, the likeliest scored, of over 3,000 hits",
            ),
            Row("search:syria", 'a saved search, also inside others; search:"my name"'),
        ),
    ),
)
"""Groups of rows: what one types, and what it finds."""
