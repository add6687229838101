"""Articles and queries made by hypothesis: few words, so that they meet often."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from reader.search.backend import SearchDocument, SearchQuotation

WORDS = [
    "war",
    "wars",
    "warring",
    "warm",
    "run",
    "running",
    "runner",
    "minister",
    "ministers",
    "ministry",
    "harbour",
    "harbor",
    "Erdoğan",
    "erdogan",
    "O'Brien",
    "don't",
    "the",
    "of",
    "a",
    "zone",
    "zones",
    "no-fly",
    "U.S.",
    "東京",
    "Straße",
    "café",
]
NAMES = ("Ann Lee", "Lee", "Bo Ann", "Fahrettin Altun", "Altun")
DAY = 86400
FIRST_DAY = 18262 * DAY  # 2020-01-01

word = st.sampled_from(WORDS)
name = st.sampled_from(NAMES)
kind = st.sampled_from(["direct", "mixed", "indirect"])


def sentence(most: int = 8) -> st.SearchStrategy[str]:
    """Some words, the first perhaps with a capital, with an end or without."""
    return st.builds(
        lambda words, end: " ".join(words)[:1].upper() + " ".join(words)[1:] + end,
        st.lists(word, min_size=0, max_size=most),
        st.sampled_from([".", "?", "", "’s war.", ".”", ","]),
    )


text = st.builds(
    lambda paragraphs: "\n\n".join(" ".join(parts) for parts in paragraphs),
    st.lists(st.lists(sentence(), max_size=3), max_size=3),
)


@st.composite
def documents(draw: st.DrawFn) -> list[SearchDocument]:
    """Up to nine articles with some quotations, of few days, in any order."""
    result = []
    number = 0
    for at in draw(st.lists(st.integers(1, 12), unique=True, max_size=9)):
        quotations = []
        for _ in range(draw(st.integers(0, 3))):
            number += 1
            quotations.append(
                SearchQuotation(
                    at * 10 + number % 10 + 1000 * number,
                    draw(sentence()),
                    draw(kind),
                    tuple(draw(st.lists(name, max_size=2))),
                    draw(st.sampled_from(["", "minister of war", "runner"])),
                )
            )
        result.append(
            SearchDocument(
                at,
                draw(sentence(4)),
                draw(text),
                tuple(draw(st.lists(name, max_size=2))),
                draw(st.sampled_from(["", "The Harbour Post", "War Zone"])),
                draw(st.sampled_from(["", "World", "The Ministry"])),
                draw(st.sampled_from(["", "https://harbour.example/war/zone"])),
                draw(st.integers(0, 5)) * DAY + FIRST_DAY,
                tuple(quotations),
            )
        )
    return result


def _quoted(words: list[str], end: str) -> str:
    return '"' + " ".join(words) + '"' + end


phrase = st.builds(_quoted, st.lists(word, min_size=1, max_size=3), st.sampled_from(["", "", "*"]))
beginning = st.builds(lambda w, letters: w[:letters].rstrip("'-.") + "*", word, st.integers(1, 4))
plain = st.one_of(
    word, word, phrase, beginning, word.map(lambda w: "=" + w), word.map("~{}".format)
)
field = st.sampled_from(
    [
        "title:",
        "body:",
        "said:",
        "about:",
        "speaker:",
        "by:",
        "outlet:",
        "section:",
        "url:",
        "tag:",
        "byline:",
        "role:",
        "kind:",
        "text:",
        "author:",
        "site:",
    ]
)
near_operand = st.one_of(
    word, phrase, beginning, word.map("={}".format), st.builds("({} OR {})".format, word, phrase)
)
operator = st.sampled_from(["near/1", "near/3", "near/20", "pre/2", "w/4", "/s", "/p"])
value = st.sampled_from(
    [
        "date:2020-01-02",
        "date:2020-01-02..2020-01-04",
        "after:2020-01-03",
        "before:2020-01-03",
        "since:2020-01-02",
        "date:2019..2020-01-02",
        "date:..2020-01-02",
        "date:2020",
        "-date:2020-01-01",
        "-2d",
        "date:-3d",
        "date:yesterday",
        "date:today",
        "-has:quotes",
        "has:quotes",
        "has:tag",
        "quotes:>1",
        "quotes:0",
        "quotes:1..2",
        "quotes:<=1",
        "words:>=12",
        "words:<20",
        "words:5..30",
        "kind:direct",
        "kind:indirect",
        "is:starred",
        "is:muted",
        "-is:muted",
        "has:collection",
        "note:war",
        "-is:starred",
        "is:unread",
        "title:/wa.*e/",
        "title:/^(the|a) /",
        r"title:/\bwar\b/",
        "title:/minist(er|ry)s?$/",
        "-title:/o/",
        "search:wars",
        "-search:wars",
        'search:"not the harbour"',
        "search:both",
        "atleast/2 war",
        "atleast/3 run",
        "atleast/2 title:war",
        "said:(atleast/2 the)",
        "atleast/2 wa*",
        "by:ann said:war",
        "by:lee kind:mixed",
        "speaker:lee",
    ]
)
atom = st.one_of(
    plain,
    plain,
    st.builds("{}{}".format, field, plain),
    st.builds("{}({} OR {})".format, st.sampled_from(["title:", "said:", "body:"]), word, phrase),
    st.builds("{} {} {}".format, near_operand, operator, near_operand),
    st.builds("said:({} {} {})".format, near_operand, operator, near_operand),
    st.builds("{} near/4 {} near/4 {}".format, word, word, word),
    value,
)
SAVED = {
    "wars": "war OR minister",
    "not the harbour": "NOT harbour",
    "both": 'search:wars search:"not the harbour" date:2020',
}
"""Saved searches, one of which is made of the others."""

TODAY = dt.date(2020, 1, 5)
"""What `yesterday` and `-2d` are counted from."""

queries = st.recursive(
    atom,
    lambda inner: st.one_of(
        st.builds("{} {}".format, inner, inner),
        st.builds("{} OR {}".format, inner, inner),
        st.builds("({}) -({})".format, inner, inner),
        st.builds("NOT ({})".format, inner),
        st.builds("{} AND ({})".format, inner, inner),
        st.builds("{} && ({} | {})".format, inner, inner, inner),
    ),
    max_leaves=4,
)
