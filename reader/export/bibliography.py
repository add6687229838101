"""References for other programs: BibTeX, and CSL-JSON (Zotero, pandoc).

With quotations, there is one reference for each article, its quotations in the note.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from reader.core.dates import iso
from reader.export.items import Item, by_article, note_lines

_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "_": r"\_", "%": r"\%", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_PARTICLES = frozenset(
    (
        *(
            "af",
            "al",
            "ben",
            "bin",
            "da",
            "de",
            "del",
            "della",
            "der",
            "di",
            "dos",
            "du",
            "el",
            "ibn",
        ),
        *("la", "le", "ten", "ter", "van", "von", "zu"),
    )
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def latex(text: str) -> str:
    """Any text as LaTeX shows it as it is."""
    return "".join(_LATEX.get(character, character) for character in " ".join(text.split()))


def name_parts(name: str) -> dict[str, str]:
    """A name as CSL has it: family and given name, or the whole as `literal` where it is one
    word or no person's name (a figure or a comma in it)."""
    words = name.split()
    if len(words) < 2 or len(words) > 5 or re.search(r"[\d,/@]", name):
        return {"literal": name}
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in _PARTICLES:
        at -= 1
    return {"family": " ".join(words[at:]), "given": " ".join(words[:at])}


def bibtex(items: Iterable[Item], *, quotes: bool) -> Iterator[str]:
    """One `@article` for each article, keys never the same."""
    used: set[str] = set()
    for group in by_article(items):
        article = group[0].article
        fields = {
            "author": " and ".join(_bibtex_name(name) for name in article.byline),
            "title": "{" + latex(article.title) + "}",
            "journal": latex(article.outlet or ""),
            "url": _url(article.url),
            "note": latex(_note(group)) if quotes else "",
            "keywords": latex(", ".join(group[0].tags)),
            "annotation": latex(_own_notes(group)),
        }
        if article.published is not None:
            fields["date"] = (iso(article.published) or "")[:10]
            fields["year"] = str(article.published.year)
        yield f"@article{{{_key(group[0], used)},\n"
        for name, value in fields.items():
            if value and value != "{}":
                yield f"  {name} = {{{value}}},\n"
        if article.published is not None:
            yield f"  month = {_MONTHS[article.published.month - 1]},\n"
        yield "}\n\n"


def csl_json(items: Iterable[Item], *, quotes: bool) -> Iterator[str]:
    """An array of references, one a line."""
    used: set[str] = set()
    between = "[\n"
    for group in by_article(items):
        yield between + json.dumps(_csl(group, used, quotes=quotes), ensure_ascii=False)
        between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"


def _csl(group: list[Item], used: set[str], *, quotes: bool) -> dict[str, Any]:
    article = group[0].article
    reference: dict[str, Any] = {
        "id": _key(group[0], used),
        "type": "article-newspaper",
        "title": article.title,
        "author": [name_parts(name) for name in article.byline],
        "container-title": article.outlet,
        "section": article.section,
        "URL": article.url,
        "note": _note(group) if quotes else None,
        "keyword": ", ".join(group[0].tags),
        "annote": _own_notes(group),
    }
    day = article.published
    if day is not None:
        reference["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
    return {key: value for key, value in reference.items() if value}


def _note(group: list[Item]) -> str:
    said = []
    for item in group:
        who = item.speaker.name if item.speaker else "nobody named"
        said.append(f"{who}: “{item.said}”")
    return " | ".join(said)


def _own_notes(group: list[Item]) -> str:
    """The reader's own notes, each once: that on the article hangs on all its quotations."""
    notes = dict.fromkeys(note for item in group for note in item.notes)
    return " | ".join(" ".join(note_lines(note)) for note in notes)


def _bibtex_name(name: str) -> str:
    parts = name_parts(name)
    if "literal" in parts or " and " in name:
        return "{" + latex(name) + "}"
    return f"{latex(parts['family'])}, {latex(parts['given'])}"


def _url(url: str | None) -> str:
    return quote(url, safe=":/?#[]@!$&'()*+,;=%~") if url else ""


def _key(item: Item, used: set[str]) -> str:
    article = item.article
    family = name_parts(article.byline[0]) if article.byline else {}
    who = family.get("family") or family.get("literal") or article.outlet or "anon"
    year = str(article.published.year) if article.published else "nd"
    word = next((w for w in article.title.split() if len(_plain(w)) > 3), "story")
    base = key = f"{_plain(who)[:20] or 'anon'}{year}{_plain(word)[:20] or 'story'}"
    number = 1
    while key in used:
        number += 1
        key = f"{base}-{number}"
    used.add(key)
    return key


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return re.sub(r"[^a-z0-9]", "", decomposed)
