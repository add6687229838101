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
)
"""In the order of help and README."""
