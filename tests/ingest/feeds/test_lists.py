"""Subscription lists of other readers."""

from __future__ import annotations

import pytest

from reader.errors import IntakeError
from reader.ingest import IntakeFailure, Subscription
from reader.ingest.feeds.lists import SavedSearch, read_list
from reader.ingest.feeds.newsboat_query import NotExpressibleError, in_our_words
from reader.search.parser import parse


def lines(text: str) -> list[object]:
    """What a list holds."""
    return list(read_list(text.encode(), name="urls"))


def refusals(found: list[object]) -> list[str]:
    """The lines about what was refused."""
    return [one.message for one in found if isinstance(one, IntakeFailure)]


def test_a_newsboat_file_is_read_with_tags_and_titles() -> None:
    found = lines(
        '# mine\nhttps://a.example/rss news "world news" "~The A" !\nhttps://b.example/\n\n'
        "https://c.example/ \"un'closed\n"
    )
    assert found == [
        Subscription("The A", "https://a.example/rss", "news", ("news", "world news")),
        Subscription("b.example", "https://b.example/", None),
        Subscription("c.example", "https://c.example/", "\"un'closed", ("\"un'closed",)),
    ]


def test_query_feeds_become_saved_searches() -> None:
    [found] = lines('"query:About Syria:unread = \\"yes\\" and title =~ \\"syria|iraq\\"" war\n')
    assert found == SavedSearch("About Syria", "is:unread (title:syria OR title:iraq)")


def test_a_newsraft_file_is_read_with_its_sections() -> None:
    found = lines(
        'https://a.example/1 "One"\n@ Coast [60] {reload-period 60}\n'
        'https://a.example/2 "Two" [30]\nhttps://a.example/3 "Three" < item-limit 5\n'
        '@ Global\nhttps://a.example/4 "The Four"\n'
    )
    assert [(one.title, one.folder) for one in found if isinstance(one, Subscription)] == [
        ("One", None),
        ("Two", "Coast"),
        ("Three", "Coast"),
        ("The Four", None),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "exec:~/bin/feed",
        "filter:~/bin/x:https://a.example/",
        '"filter:~/bin/x y:https://a.example/"',
        "|cat ~/secret",
        "$(cat ~/secret)",
        '"exec:sh -c \\"rm -rf ~\\""',
        "`reboot`",
    ],
)
def test_commands_are_refused_and_not_repeated(line: str) -> None:
    found = lines(f"https://a.example/\n{line}\n")
    [refused] = refusals(found)
    assert "command" in refused
    assert "never" in refused
    assert line.split()[0].strip('"') not in refused
    assert len(found) == 2


def test_passwords_are_cut_off_and_other_schemes_refused() -> None:
    found = lines("https://ann:hunter2@a.example/\nfile:///etc/passwd\n")
    assert found[0] == Subscription("a.example", "https://a.example/", None)
    assert refusals(found) == ["line 2 has no http or https address; left out"]


def test_opml_is_a_list_too() -> None:
    found = lines(
        '<opml><body><outline text="News"><outline xmlUrl="https://a.example/" text="A" '
        'category="/one,two"/></outline></body></opml>'
    )
    assert found == [Subscription("A", "https://a.example/", "News", ("one", "two"))]


@pytest.mark.parametrize("text", ["", "Dear diary,\nnothing happened.\n", '{"a": 1}', "<html>"])
def test_what_is_no_list_is_said_so(text: str) -> None:
    with pytest.raises(IntakeError):
        lines(text)


@pytest.mark.parametrize(
    ("newsboat", "ours"),
    [
        ('unread = "yes"', "is:unread"),
        ('unread != "yes"', "is:read"),
        ('title =~ "port strike"', 'title:"port strike"'),
        ('content !~ "rugby"', "-body:rugby"),
        ('tags # "local" or tags # "coast"', "(tag:local OR tag:coast)"),
        ('(author = "Ann Reed" or feedtitle =~ "wire") and age < 7',
         '(byline:"Ann Reed" OR outlet:wire) -7d'),
        ('flags # "s"', "is:starred"),
    ],
)  # fmt: skip
def test_a_newsboat_query_says_the_same_in_our_words(newsboat: str, ours: str) -> None:
    assert in_our_words(newsboat) == ours
    parse(ours)


@pytest.mark.parametrize(
    "newsboat",
    ['rssurl =~ "x"', 'title =~ "^A.*b$"', "age > 30", "title", 'title = "x" and', '(title = "x"',
     "((((" * 40, 'title between 1:2', 'title =~ ""'],
)  # fmt: skip
def test_what_our_words_cannot_say_is_refused(newsboat: str) -> None:
    with pytest.raises(NotExpressibleError):
        in_our_words(newsboat)
