"""Citations in words, after the notes style of the Chicago Manual (17th edition, 14.191)."""

from __future__ import annotations

from reader.core.article import Article, Published
from reader.core.quotation import QuotationKind
from reader.export.items import Item

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


def long_day(published: Published | None) -> str:
    """The day as "28 February 2020", or an empty text for None."""
    if published is None:
        return ""
    return f"{published.day} {_MONTHS[published.month - 1]} {published.year}"


def authors(names: tuple[str, ...]) -> str:
    """The names as a sentence has them: "A", "A and B", "A, B, and C", "A et al." from four on."""
    if len(names) > 3:
        return f"{names[0]} et al."
    if len(names) == 3:
        return f"{names[0]}, {names[1]}, and {names[2]}"
    return " and ".join(names)


def cite_article(article: Article) -> str:
    """Author, “Title,” Outlet, day, address. What is unknown is left out."""
    title = article.title.strip()
    ending = "" if title.endswith(("?", "!", ".", ",")) else ","
    rest = [article.outlet or "", long_day(article.published), article.url or ""]
    after = ", ".join(part for part in rest if part)
    if not after:
        ending = ""
    who = authors(article.byline)
    parts = [f"{who}, " if who else "", f"“{title}{ending}”", f" {after}" if after else ""]
    return "".join(parts).rstrip() + "."


def cite(item: Item) -> str:
    """The citation of an article, or of a quotation: its speaker, "quoted in" (or "paraphrased
    in"), its article."""
    quotation, speaker = item.quotation, item.speaker
    if quotation is None or speaker is None:
        return cite_article(item.article)
    who = f"{speaker.name}, {speaker.role}" if speaker.role else speaker.name
    how = "paraphrased" if quotation.kind is QuotationKind.INDIRECT else "quoted"
    return f"{who}, {how} in {cite_article(item.article)}"


def with_citation(item: Item) -> str:
    """A quotation ready to be pasted: what was said, a dash, its citation.

    Only a direct quotation is put in quotation marks: a mixed one has its own within it, and what
    an article paraphrases are not its speaker's words.
    """
    said = item.said.strip()
    if item.quotation is not None and item.quotation.kind is QuotationKind.DIRECT:
        for opening, closing in (("“", "”"), ('"', '"')):
            said = said.removeprefix(opening).removesuffix(closing)
        said = f"“{said}”"
    return f"{said} — {cite(item)}"
