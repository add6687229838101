"""A reader pane for two texts as one: what was removed is struck out, what was added underlined."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style

from reader.core.article import ArticleId
from reader.core.quotation import Extraction
from reader.core.records import ArchivedArticle
from reader.core.span import Span
from reader.ui.comparison import Comparison
from reader.ui.looks import looks_of
from reader.ui.widgets.reader_pane import ReaderPane


class ComparisonPane(ReaderPane):
    """Shows a comparison; its changes are what the pane knows as hits."""

    def __init__(self, *, measure: int, id: str | None = None) -> None:
        super().__init__(measure=measure, id=id)
        self._added: tuple[Span, ...] = ()
        self._removed: tuple[Span, ...] = ()

    def compare(self, comparison: Comparison, heading: str) -> None:
        """Show a comparison under what the texts are called."""
        self._added, self._removed = comparison.added, comparison.removed
        self.note = f"{heading}\n{comparison.summary}"
        self.show(
            ArchivedArticle(ArticleId(0), comparison.article, Extraction(), (), True, False),
        )
        self.show_hits([], list(comparison.changes))

    def step(self, by: int) -> bool:
        """To the next change (-1: the one before); whether there is one."""
        number = self.current_hit
        if number is None:
            number = bisect_left([hit.start for hit in self.hits], self.place) - (by > 0)
        number += by
        if not 0 <= number < len(self.hits):
            return False
        self.go_to_hit(number)
        return True

    def _mark(self, start: int, end: int) -> Segment:
        added, removed = _within(self._added, start, end), _within(self._removed, start, end)
        mark = "±" if added and removed else "+" if added else "-" if removed else " "
        return Segment(mark, looks_of(self).strong)

    def _layers(self, start: int, end: int) -> list[tuple[tuple[int, int], Style]]:
        looks = looks_of(self)
        layers: list[tuple[tuple[int, int], Style]] = []
        for spans, look in ((self._added, looks.added), (self._removed, looks.removed)):
            layers += [((span.start, span.end), look) for span in _within(spans, start, end)]
        if self.current_hit is not None:
            start, end = self.hits[self.current_hit]
            layers.append(((start, end), looks.cursor))
        return layers


def _within(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Those of the spans, which lie in order and apart, that touch [start, end)."""
    first = bisect_right(spans, start, key=lambda span: span.end)
    last = bisect_left(spans, end, key=lambda span: span.start)
    return spans[first:last]
