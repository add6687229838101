"""Texts as they once stood, and what one text has that another has not: for `onrecord show`."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from reader.commands.wording import counted, day, dotted
from reader.core.dates import iso
from reader.core.differences import Kind, Piece, differences
from reader.core.records import ArchivedArticle, Copy, TextVersion
from reader.errors import ReaderError, UsageError
from reader.export.shapes import Shape
from reader.terminal import Output, safe, safe_text, wrapped

if TYPE_CHECKING:
    from reader.library import Library

_STYLES: Final = {Kind.REMOVED: "removed", Kind.ADDED: "added"}
_PLAIN: Final = {Kind.REMOVED: ("[-", "-]"), Kind.ADDED: ("{+", "+}")}
"""Around words where no styles are shown, as `git diff --word-diff` does it."""


def version_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options that ask for other texts of an article."""
    parser.add_argument("--versions", action="store_true", help="list the texts that it has had")
    parser.add_argument("--version", metavar="N", type=_number, help="the text number N of those")
    parser.add_argument(
        "--diff",
        action="store_true",
        help="what has changed since the text before; in a copy, since the first one",
    )
    parser.add_argument("--against", metavar="ID", type=_number, help="--diff with another article")


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < len(text) < 18:
        raise argparse.ArgumentTypeError(f"must be a number, not {text!r}")
    return int(text)


def other_texts_wanted(args: argparse.Namespace) -> bool:
    """Whether anything is asked for that only an article of the archive has."""
    return bool(args.versions or args.version or args.diff or args.against)


def as_it_stood(archive: Library, found: ArchivedArticle, number: int) -> ArchivedArticle:
    """An article with the text that `--version` names. Raises UsageError where there is none."""
    if number == 1 and not found.versions:
        return found
    if not 1 <= number <= len(found.versions):
        has = counted(max(1, len(found.versions)), "text")
        raise UsageError(f"article {found.id} has {has}; there is no version {number}")
    return archive.version(found.id, found.versions[number - 1].id)


def print_versions(out: Output, found: ArchivedArticle, *, as_json: bool) -> None:
    """Print which texts an article has had."""
    if as_json:
        out.json({"id": found.id, "versions": [_version_shape(v) for v in found.versions]})
        return
    if not found.versions:
        out.line("It has had one text only.")
    for version in found.versions:
        length = f"{version.length:>10,} characters"
        out.line(f"{version.number:>3}  {_moment(version.added)}{length}  {safe(version.title)}")


def print_differences(
    out: Output, archive: Library, found: ArchivedArticle, args: argparse.Namespace
) -> int:
    """Print what one text has that the other has not; 1 where there is nothing to compare."""
    pair = _pair(archive, found, args)
    if pair is None:
        raise ReaderError(f"article {found.id} has had one text only, and no copies")
    (old, old_name), (new, new_name) = pair
    result = differences(_whole(old), _whole(new))
    added, removed = result.counts()
    if args.json:
        paragraphs = [[[piece.kind.value, piece.text] for piece in p] for p in result.paragraphs]
        shape = {"id": found.id, "from": old_name, "to": new_name, "added": added}
        shape |= {"removed": removed, "complete": result.is_complete, "paragraphs": paragraphs}
        out.json(shape)
        return 0
    out.line(out.style(f"{old_name} → {new_name}", "bold"))
    counts = f"{counted(added, 'word')} added, {counted(removed, 'word')} removed"
    if not result.is_complete:
        counts += "; parts are too long to be compared word by word"
    out.line(out.style(counts, "dim"))
    for line in _paragraphs(out, result.paragraphs):
        out.line(line)
    return 0


def _pair(
    archive: Library, found: ArchivedArticle, args: argparse.Namespace
) -> tuple[tuple[ArchivedArticle, str], tuple[ArchivedArticle, str]] | None:
    """The older and the newer text to be compared, each with what to call it."""
    number = args.version or max(1, len(found.versions))
    newer = as_it_stood(archive, found, number)
    name = f"version {number}" if found.versions else _called(found)
    if args.against:
        other = archive.article(args.against)
        return (other, _called(other)), (newer, name if args.version else _called(found))
    if number > 1:
        return (as_it_stood(archive, found, number - 1), f"version {number - 1}"), (newer, name)
    first, *others = archive.stories.copies(found.id)
    if first.id != found.id:
        other = archive.article(first.id)
        return (other, _called(other)), (newer, _called(found))
    if others:
        other = archive.article(others[0].id)
        return (newer, _called(found)), (other, _called(other))
    return None


def _called(archived: ArchivedArticle) -> str:
    return f"{safe(archived.article.outlet or 'article')} [{archived.id}]"


def _whole(archived: ArchivedArticle) -> str:
    return f"{archived.article.title}\n\n{archived.article.body}"


def _paragraphs(out: Output, paragraphs: tuple[tuple[Piece, ...], ...]) -> Iterator[str]:
    unchanged = 0
    for paragraph in (*paragraphs, None):
        if paragraph is not None and all(piece.kind is Kind.SAME for piece in paragraph):
            unchanged += 1
            continue
        if unchanged:
            yield ""
            yield out.style(f"… {counted(unchanged, 'paragraph')} as before", "dim")
            unchanged = 0
        if paragraph is not None:
            yield ""
            yield from _paragraph(out, paragraph)


def _paragraph(out: Output, pieces: tuple[Piece, ...]) -> Iterator[str]:
    """A paragraph, wrapped; each word is marked for itself, so that lines may break anywhere."""
    kinds: list[Kind] = []
    words: list[str] = []
    for kind, text in pieces:
        fresh = safe_text(text).split()
        if kind is not Kind.SAME and not out.styled and fresh:
            before, after = _PLAIN[kind]
            fresh[0] = before + fresh[0]
            fresh[-1] += after
        words += fresh
        kinds += [kind] * len(fresh)
    at = 0
    for line in wrapped(" ".join(words), out.width):
        parts = []
        for word in line.split():
            # A word that is wider than the line is cut into several of one kind.
            kind = kinds[min(at, len(kinds) - 1)]
            parts.append(out.style(word, _STYLES[kind]) if kind in _STYLES else word)
            at += 1
        yield " ".join(parts)


def copy_lines(out: Output, found: ArchivedArticle, copies: list[Copy]) -> Iterator[str]:
    """In which other outlets a story stands, and that its text has changed."""
    others = [copy for copy in copies if copy.id != found.id]
    if others:
        yield ""
        yield out.style("Also in", "bold")
    for copy in others:
        yield f"{copy.id:>6}  {dotted(copy.outlet or '(no outlet)', day(copy.published))}"
    if found.versions:
        yield ""
        since = span_of_time(found.versions[-1].added - found.versions[0].added)
        text = f"Changed {since} after it came in; --diff shows what."
        yield out.style(text, "dim")


def span_of_time(seconds: int) -> str:
    """ "2 h", "3 days": how much later something was."""
    for unit, length in (("day", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= length:
            number = seconds // length
            return f"{number} {unit}" + ("s" if unit == "day" and number > 1 else "")
    return "moments"


def stories_shape(found: ArchivedArticle, copies: list[Copy]) -> Shape:
    """What `--json` tells of an article that has them: the other articles of its story, and how
    many texts it has had."""
    shape: Shape = {}
    if found.copies:
        shape["copies"] = [
            {
                "id": copy.id,
                "outlet": copy.outlet,
                "date": iso(copy.published),
                "title": copy.title,
                "url": copy.url,
            }
            for copy in copies
            if copy.id != found.id
        ]
    if found.versions:
        shape["versions"] = len(found.versions)
    return shape


def _version_shape(version: TextVersion) -> Shape:
    return {
        "version": version.number,
        "added": dt.datetime.fromtimestamp(version.added, dt.UTC).isoformat(),
        "title": version.title,
        "length": version.length,
    }


def _moment(seconds: int) -> str:
    moment = dt.datetime.fromtimestamp(seconds, dt.UTC).astimezone()
    return f"{day(moment.date()):>11} {moment:%H:%M}"
