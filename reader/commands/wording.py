"""Articles, quotations and speakers in words, for people who read the output of a command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from reader.core.article import Article, BlockKind, Published
from reader.core.quotation import Extraction, Quotation, QuotationKind
from reader.core.records import GAP, ArchivedArticle, ArchivedSpeaker, ArticleRow
from reader.core.span import Span
from reader.terminal import Output, cell_width, fitted, padded, safe, safe_text, wrapped

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""English whatever the locale, as all of the program."""

KIND_MARKS = {QuotationKind.DIRECT: "┃", QuotationKind.MIXED: "╏", QuotationKind.INDIRECT: "┊"}
"""What stands beside a quotation: solid, broken, dotted, so that no colour is needed."""


def day(published: Published | None) -> str:
    """The day as "28 Feb 2020", or an empty text for None."""
    return (
        ""
        if published is None
        else (f"{published.day} {MONTHS[published.month - 1]} {published.year}")
    )


def period(first: Published | None, last: Published | None) -> str:
    """From when to when: "27 Feb 2020 - 3 Mar 2020", or one day."""
    a, b = day(first), day(last)
    return a if a == b or not b else f"{a} – {b}" if a else b


def counted(number: int, thing: str) -> str:
    """ "1 story", "12 stories"."""
    if number == 1:
        return f"1 {thing}"
    return f"{number:,} {thing[:-1]}ies" if thing.endswith("y") else f"{number:,} {thing}s"


def dotted(*parts: object) -> str:
    """The parts that are not empty, with a dot between, safe to print."""
    return " · ".join(safe(part) for part in parts if part not in (None, ""))


def tag_words(article: ArticleRow | ArchivedArticle) -> str:
    """The reader's own tags, and a word where there is a note."""
    noted = article.noted if isinstance(article, ArticleRow) else False
    return " ".join([*(f"#{tag}" for tag in article.tags), *(["(noted)"] if noted else [])])


def own_lines(out: Output, archived: ArchivedArticle) -> Iterator[str]:
    """The reader's own tags and notes, below an article's text."""
    from reader.export.items import note_lines

    if archived.tags or archived.notes:
        yield ""
    if archived.tags:
        yield out.style(safe(tag_words(archived)), "accent")
    for note in archived.notes:
        for line in note_lines(note):
            yield from wrapped(safe(line), out.width, "> ")


def quotation_lines(
    out: Output,
    content: str,
    kind: QuotationKind,
    who: str | None,
    role: str | None,
    *,
    below: str = "",
    hits: Callable[[str], Iterable[Span]] = lambda line: (),
) -> Iterator[str]:
    """A quotation: who, then the words with the mark of their kind beside them, and what stands
    below. `hits` says what of a line was searched for."""
    name = safe(who) if who else "(nobody named)"
    head = out.style(name, "bold") if who else out.style(name, "italic")
    if role:
        room = out.width - cell_width(name) - 4
        if room > 12:
            head += out.style(", " + fitted(safe(role), room), "dim")
    yield head
    mark = KIND_MARKS[kind]
    text = " ".join(safe_text(content).split())
    for line in wrapped(text, out.width - 4):
        yield f"  {out.style(mark, 'accent')} {out.lit(line, hits(line))}"
    if below:
        yield f"    {out.style(below, 'dim')}"


def explained(body: str, quotation: Quotation) -> Iterator[str]:
    """How a quotation was found and attributed, and where its parts lie."""
    pieces = ", ".join(f"{s.start}-{s.end}" for s in quotation.content)
    parts = [f"{quotation.kind} at {pieces}", f"confidence {quotation.confidence:.2f}"]
    if quotation.cue is not None:
        parts.append(f"cue “{safe(quotation.cue.text(body))}”")
    if quotation.mention is not None:
        parts.append(f"mention “{safe(quotation.mention.text(body))}”")
    yield "    " + " · ".join(parts)
    for step in quotation.why:
        yield f"    - {safe(step)}"


def extracted_lines(
    out: Output, body: str, extraction: Extraction, quotation: Quotation
) -> Iterator[str]:
    """A quotation just found in a text."""
    speaker = None if quotation.speaker is None else extraction.speakers[quotation.speaker]
    return quotation_lines(
        out,
        GAP.join(span.text(body) for span in quotation.content),
        quotation.kind,
        speaker.name if speaker else None,
        speaker.role if speaker else None,
    )


def article_lines(out: Output, article: Article) -> Iterator[str]:
    """A whole article as text: head, then the body, subheads set apart."""
    for line in wrapped(safe(article.title), out.width):
        yield out.style(line, "bold")
    who = ", ".join(article.byline)
    head = dotted(who, article.outlet, day(article.published), article.section)
    if head:
        yield out.style(head, "dim")
    if article.url:
        yield out.style(safe(article.url), "dim")
    if not article.blocks:
        yield ""
        yield from wrapped(safe_text(article.body), out.width)
    for block in article.blocks:
        yield ""
        text = safe_text(block.span.text(article.body))
        lines = wrapped(text, out.width)
        if block.kind is BlockKind.SUBHEAD:
            yield from (out.style(line, "bold", "accent") for line in lines)
        elif block.kind is BlockKind.LIST_ITEM:
            yield from _hanging(out, text)
        elif block.kind in (BlockKind.BLOCKQUOTE, BlockKind.CAPTION):
            yield from wrapped(text, out.width, "  ")
        else:
            yield from lines


def link_lines(out: Output, article: Article) -> Iterator[str]:
    """Where an article's links lead, each address once, numbered as on the screen."""
    pairs = list(article.linked_words.items())
    if not pairs:
        yield "The text has no links."
    for number, (url, words) in enumerate(pairs, 1):
        yield f"[{number}] {safe(words)}"
        # Not wrapped: it is there to be copied.
        yield out.style(f"    {safe(url)}", "dim")


def speaker_rows(out: Output, speakers: list[ArchivedSpeaker]) -> Iterator[str]:
    """A table of speakers: quotations, name, role, articles, from when to when."""
    if not speakers:
        return
    periods = [period(s.first, s.last) for s in speakers]
    last = max(cell_width(p) for p in periods)
    numbers = max(len(f"{s.quotations:,}") for s in speakers)
    stories = max(len(counted(s.articles, "story")) for s in speakers)
    names = [safe(s.name) for s in speakers]
    room = out.width - numbers - stories - last - 8
    name_width = min(max(cell_width(n) for n in names), max(room - 10, 16))
    roles = [safe(s.roles[0]) if s.roles else "" for s in speakers]
    role_width = min(max(cell_width(role) for role in roles), max(room - name_width, 10))
    for speaker, name, role, when in zip(speakers, names, roles, periods, strict=True):
        cells = (
            padded(f"{speaker.quotations:,}", numbers, right=True),
            out.style(padded(name, name_width), "bold"),
            out.style(padded(role, role_width), "dim"),
            padded(counted(speaker.articles, "story"), stories, right=True),
            when,
        )
        yield "  ".join(cells).rstrip()


def _hanging(out: Output, text: str) -> Iterator[str]:
    for i, line in enumerate(wrapped(text, out.width, "  ")):
        yield ("- " + line[2:]) if i == 0 else line
