"""What the status line says: where one is, and three keys that make sense just now. Pure."""

from __future__ import annotations

from typing import Literal

from reader.core.records import ArchivedArticle
from reader.ui.commands import shown_key
from reader.ui.jumps import position
from reader.ui.keymap import Keymap
from reader.ui.layout import Panes
from reader.ui.listing import Listing, View

Focus = Literal["list", "reader", "sidebar", "spread", "search", "find"]

Hints = tuple[tuple[str, str], ...]


def in_article(archived: ArchivedArticle, current: int | None) -> str:
    """ "quotation 3 of 14 · Fahrettin Altun 2 of 4 · mixed, said, .97", or how many there are."""
    extraction = archived.extraction
    total = len(extraction.quotations)
    if not total:
        return "nobody is quoted here"
    if current is None:
        people = len(extraction.speakers)
        return (
            f"{total} {'quotation' if total == 1 else 'quotations'}, "
            f"{people} {'speaker' if people == 1 else 'speakers'}"
        )
    quotation = extraction.quotations[current]
    if quotation.speaker is None:
        who = "no speaker given"
    else:
        name = extraction.speakers[quotation.speaker].name
        nth, of = position(extraction, current)
        who = f"{name} {nth} of {of}"
    how: list[str] = [quotation.kind.value]
    if quotation.cue is not None:
        cue = " ".join(quotation.cue.text(archived.article.body).split())
        # In a transcript the cue is a colon: nothing to name.
        if said := cue.strip(",.:; ")[:30]:
            how.append(said)
    how.append(f"{quotation.confidence:.2f}".removeprefix("0"))
    return f"quotation {current + 1} of {total} · {who} · {', '.join(how)}"


def where(
    focus: Focus,
    listing: Listing,
    cursor: int,
    archived: ArchivedArticle | None,
    current: int | None,
    hit: tuple[int, int] | None,
    found: str = "",
) -> str:
    """Where one is. `hit` is the current hit's number and how many the article has; `found` says
    the same of words that are looked for in the text, or of the page that counts what is listed."""
    if focus == "spread":
        return found
    if focus == "find":
        return found or "words to find in this text; / again searches the archive"
    if focus == "search":
        if listing.view is View.HITS and listing.pending:
            return f"{listing.searched} % of the archive is searched: the index is being built"
        if listing.view is View.HITS:
            return "Enter goes to the hits, Esc closes the search"
        return 'words, "a phrase", -not, speaker:name, outlet:name, after:2026-03'
    if focus == "list" or archived is None:
        if listing.pending:
            return f"searching {listing.searched} % of the archive: the index is being built"
        if not len(listing.ids):
            return "nothing here"
        if listing.cut_short:
            return "the newest hits; older ones are being looked for"
        item = "quotation" if listing.lists_quotations else "article"
        return f"{item} {cursor + 1:,} of {listing.total:,}"
    if found and focus == "reader":
        return f"{found} · {in_article(archived, current)}"
    if hit is not None and focus == "reader" and current is None:
        return f"hit {hit[0]} of {hit[1]} · {in_article(archived, current)}"
    return in_article(archived, current)


def hints(
    focus: Focus, listing: Listing, panes: Panes, keymap: Keymap, *, finding: bool = False
) -> Hints:
    """Three keys with a word or two each; the last one is always the help."""
    searching = listing.view is View.HITS
    chosen = {
        "search": (("escape", "close"),),
        "list": (
            ("move.open", "open"),
            ("hit.next", "next hit") if searching else ("search.open", "search"),
        ),
        "reader": (
            ("quotation.next", "next quotation"),
            ("hit.next", "next place" if finding else "next hit")
            if searching or finding
            else ("speaker.next", "next speaker"),
        ),
        "sidebar": (
            ("move.open", "all they said"),
            ("pane.next", "panes") if panes.list else ("back", "back"),
        ),
        "spread": (("move.open", "narrow to it"), ("facet.next", "other pages")),
        "find": (("escape", "close"),),
    }[focus]
    shown = [(shown_key(keymap[name][0]), words) for name, words in chosen if keymap[name]]
    if focus not in ("search", "find") and keymap["help"]:
        shown.append((shown_key(keymap["help"][0]), "help"))
    return tuple(shown)
