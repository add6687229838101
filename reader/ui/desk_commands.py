"""The part of the table of commands that is about the reader's own marks on articles."""

from __future__ import annotations

from reader.ui.command import Command, Group

DESK: tuple[Command, ...] = (
    Command(
        "article.tag",
        ("t",),
        "tag",
        "Put tags on the article, or on so many from it as the number typed before; -TAG takes "
        "one off, Tab completes, Ctrl-L means the whole list.",
        Group.DESK,
        "onrecord tag ID|QUERY +TAG",
    ),
    Command(
        "article.untag",
        ("T",),
        "untag",
        "Take a tag off the article.",
        Group.DESK,
        "onrecord tag ID|QUERY -TAG",
    ),
    Command(
        "article.note",
        (";",),
        "note",
        "Write a note on the quotation you are at, or on the article; it stands over the text.",
        Group.DESK,
        "onrecord note ID TEXT",
    ),
    Command(
        "quotation.collect",
        ("C",),
        "collect quotation",
        "Put the quotation into a collection, the last used by default; F lists them, and there "
        "C takes it out.",
        Group.DESK,
        "onrecord collect add NAME ID:N",
    ),
    Command(
        "article.mute",
        ("M",),
        "mute",
        "Mute the article, or by a rule all of its outlet or section or with certain words; a "
        "muted one is shown again.",
        Group.DESK,
        "onrecord rules add mute QUERY",
    ),
    Command(
        "rules.list",
        ("W",),
        "rules",
        "List the rules that mute, keep and tag what comes in; Enter removes one.",
        Group.DESK,
        "onrecord rules",
    ),
)
"""In the order of help and README."""
