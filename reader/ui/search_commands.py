"""The commands of search within a text, search within a list, facets and folders."""

from __future__ import annotations

from reader.ui.command import Command, Group

_S = Group.SEARCH

SEARCH: tuple[Command, ...] = (
    Command(
        "search.open",
        ("/",),
        "search",
        "Search the whole archive as you type; in the article find in its text, "
        "where / once more searches the archive.",
        _S,
        "onrecord search QUERY",
    ),
    Command(
        "search.archive",
        ("'",),
        "search the archive",
        "Search the whole archive from anywhere, the article too.",
        _S,
        "onrecord search QUERY",
    ),
    Command(
        "search.within",
        ("\\",),
        "search in these",
        "Search in what is listed: hits, a feed, a folder, what somebody said; Esc goes back.",
        _S,
        "onrecord search '(QUERY) MORE'",
    ),
    Command(
        "hit.next",
        ("n",),
        "next hit",
        "To the next matched words, across articles; without a search, the next unread.",
        _S,
    ),
    Command(
        "hit.previous",
        ("N",),
        "previous hit",
        "To the matched words before; without a search, the unread before.",
        _S,
    ),
    Command(
        "search.order",
        ("S",),
        "order of hits",
        "Newest first, best first or oldest first.",
        _S,
        "onrecord search QUERY --sort relevance",
    ),
    Command(
        "search.people",
        ("p",),
        "who speaks about it",
        "Who speaks in what is listed; Enter narrows the list to them.",
        _S,
        "onrecord speakers QUERY",
    ),
    Command(
        "facet.next",
        ("v",),
        "who, outlets, months, tags",
        "How what is listed is spread: who speaks, outlets, months, tags; "
        "Enter narrows the list to one.",
        _S,
        "onrecord search QUERY --facets",
    ),
    Command(
        "facet.previous",
        ("V",),
        "the page before",
        "The same, the other way round.",
        _S,
    ),
    Command(
        "search.widen",
        ("backspace",),
        "take back the narrowing",
        "Go back to what was listed before the last search or narrowing.",
        _S,
    ),
    Command(
        "search.save",
        ("b",),
        "save the search",
        "Keep the search as a folder at the top; search:name uses it in others.",
        _S,
        "onrecord search --save NAME QUERY",
    ),
    Command(
        "folder.next",
        (">",),
        "next folder with news",
        "To the first unread story of the next saved search that has any.",
        _S,
        "onrecord searches",
    ),
    Command(
        "folder.previous",
        ("<",),
        "folder with news before",
        "The same, the other way round.",
        _S,
    ),
    Command(
        "list.filter",
        ("f",),
        "filter",
        "Show all articles, the unread or the starred; within a search, a feed or a folder "
        "the unread.",
        _S,
        "onrecord search is:unread",
    ),
)
"""Every command under the heading of search, in the order of help and README."""
