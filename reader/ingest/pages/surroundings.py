"""Where on a page an element stands: beside the story, or in a part about other things."""

from __future__ import annotations

import re
from typing import Any, Final

_OTHERS = re.compile(
    r"(?:\A|[\s_-])comments?(?:\Z|\s|[_-]?(?:list|area|section|thread|item|body|text|form|author|"
    r"info|name|wrap|container|content|box|meta))|disqus|related|recommend|popular|recirc|"
    r"most-?read|also-?read|read-?next|trending|carousel|newsletter|promo\b|breadcrumb"
)
"""Labels of parts that are never about this story."""

_MARGINS = re.compile(r"sidebar|teaser|(?:\A|[\s_-])footer|author-?(?:bio|info|box)|widget")
"""Labels of parts that mostly are not."""

_HARD_TAGS: Final = frozenset(("nav", "form"))
_SOFT_TAGS: Final = frozenset(("aside", "footer"))
_LEVELS: Final = 14


class Surroundings:
    """The parts of one page. What holds the headline or most of the story is never elsewhere,
    whatever it is called."""

    def __init__(self, tree: Any, heading: Any) -> None:
        """`heading` is the element of the headline, or None."""
        self._spine: set[Any] = set()
        starts = [heading, _densest(tree)]
        for element in starts:
            while element is not None:
                self._spine.add(element)
                element = element.getparent()
        self._known: dict[Any, int] = {}

    def distance(self, element: Any) -> int:
        """0 for an element of the story, 1 for one in the margin, 2 for one about other things."""
        above = element.getparent()
        path: list[Any] = []
        worst = 0
        for _ in range(_LEVELS):
            if above is None or above in self._spine or not isinstance(above.tag, str):
                break
            if above in self._known:
                worst = max(worst, self._known[above])
                break
            path.append(above)
            above = above.getparent()
        for part in reversed(path):
            worst = max(worst, _kind_of(part))
            self._known[part] = worst
        return worst

    def is_elsewhere(self, element: Any) -> bool:
        """Whether an element lies in the margin or in a part about other things."""
        return self.distance(element) > 0


def _kind_of(element: Any) -> int:
    if element.tag in _HARD_TAGS:
        return 2
    label = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    if label != " " and _OTHERS.search(label):
        return 2
    return 1 if element.tag in _SOFT_TAGS or (label != " " and _MARGINS.search(label)) else 0


def _densest(tree: Any) -> Any:
    """The parent of the most paragraphs' text; None without paragraphs."""
    weights: dict[Any, int] = {}
    for paragraph in tree.iter("p"):
        parent = paragraph.getparent()
        if parent is not None:
            weights[parent] = weights.get(parent, 0) + len(paragraph.text or "")
    return max(weights, key=weights.__getitem__, default=None)
