"""The table of export formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from reader.export import bibliography, markdown, page, spreadsheet
from reader.export.citation import cite
from reader.export.items import Item
from reader.export.shapes import article_shape, quotation_shape


def json_array(items: Iterable[Item], *, quotes: bool) -> Iterator[str]:
    """An array of the same objects as `--json` prints, one a line, each with its citation."""
    from reader.terminal import to_json

    between = "[\n"
    for item in items:
        if quotes and item.quotation is not None:
            shape = quotation_shape(
                item.article, item.extraction, item.quotation, reference=item.number
            )
        else:
            shape = article_shape(item.article, item.extraction, number=item.number)
        notes = [{"text": note.text, "quotation": note.said} for note in item.notes]
        own = {"tags": list(item.tags), "notes": notes}
        yield between + to_json(shape | own | {"citation": cite(item)})
        between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"


Writer = Callable[..., Iterator[str]]
"""Takes items and `quotes`, gives the document piece by piece, line ends included."""

FORMATS: dict[str, Writer] = {
    "json": json_array,
    "csv": spreadsheet.lines,
    "markdown": markdown.lines,
    "html": page.lines,
    "bibtex": bibliography.bibtex,
    "csl-json": bibliography.csl_json,
}
"""Every format, by the name that `--format` takes."""
