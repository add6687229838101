"""What is on a page and cannot be seen by its reader: no text of the article."""

from __future__ import annotations

import re
from typing import Any, Final

from reader.ingest.pages.tree import drop

_ZERO: Final = r"(?:0+(?:\.0+)?|\.0+)(?![\d.])"
_STYLE = re.compile(
    rf"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*{_ZERO}|"
    r"(?:left|right|top|text-indent|margin-left|margin-top)\s*:\s*-\d{3,}|"
    r"clip\s*:\s*rect\(\s*[01](?:px)?[\s,]|clip-path\s*:\s*inset\(\s*(?:50|100)%|"
    r"transform\s*:\s*scale\(\s*0\s*\)|color\s*:\s*transparent|"
    r"(?:\A|[;\s])(?:max-)?(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|\Z)(?=.*overflow\s*:\s*hidden)|"
    r"overflow\s*:\s*hidden(?=.*[;\s](?:max-)?(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|!|\Z))",
    re.IGNORECASE | re.DOTALL,
)
_FADED = re.compile(rf"(?:\A|[;\s])opacity\s*:\s*{_ZERO}", re.IGNORECASE)
"""Hides where nothing names the element; with a class it may wait to be faded in."""

_COLOUR = re.compile(
    r"(?P<what>(?<![\w-])color|background(?:-color)?)\s*:\s*"
    r"(?P<colour>#[0-9a-f]{3,8}|rgba?\([\d\s.,%]{5,40}\)|[a-z]{3,20})",
    re.IGNORECASE,
)
_CLASSES: Final = frozenset(
    ("visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "screen-reader-only",
     "screenreader", "u-hidden", "is-hidden", "hidden", "d-none", "offscreen", "a11y-hidden")
)  # fmt: skip
_SHOWN_WIDE = re.compile(r"(?:sm|md|lg|xl|2xl):(?!hidden)|d-(?:sm|md|lg|xl|xxl)-(?!none)")
"""Classes of the usual style libraries that show on wide screens what is hidden on narrow ones."""

_RULE = re.compile(r"(?:\A|(?<=[};]))\s*((?:[.#][\w-]+\s*,?\s*)+)\{([^{}]{0,500})\}")
_NEVER_TEXT: Final = frozenset(
    ("script", "style", "template", "noscript", "iframe", "object", "svg", "datalist")
)
_LEVELS: Final = 30
"""How far up the ground is looked for; a page of 2 MB in white must not take seconds."""

_WHITE: Final = frozenset(("#fff", "#ffffff", "white", "rgb(255,255,255)", "rgba(255,255,255,1)"))


def drop_hidden(tree: Any) -> None:
    """Take out of a tree what no reader of the page sees: hidden elements, scripts, templates.

    Hidden are the attributes `hidden` and aria-hidden, what a closed `details` holds beside its
    summary, styles that hide, shrink to nothing, move off the page or paint in the colour of the
    ground (on the element, or by a rule for one class or id in a style sheet of the page), and the
    usual class names for it. An element that holds more than half of the page's text stays: it
    waits for a script that will show it.
    """
    hiding = _hiding_names(tree)
    half = len(tree.text_content()) / 2
    doomed = [
        element
        for element in tree.iter()
        if isinstance(element.tag, str)
        and element.tag not in ("html", "body", "head")
        and (element.tag in ("script", "style", "template") or _is_hidden(element, hiding))
    ]
    for element in doomed:
        if element.tag in _NEVER_TEXT or len(element.text_content()) <= half:
            drop(element)


def looks_hidden(element: Any) -> bool:
    """Whether an element is hidden by its own attributes, style sheets apart."""
    return _is_hidden(element, frozenset())


def _is_hidden(element: Any, hiding: frozenset[str]) -> bool:
    """Whether an element is hidden by itself."""
    parent = element.getparent()
    if parent is not None and parent.tag == "details" and element.tag != "summary":
        return parent.get("open") is None
    attributes = element.attrib
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true":
        return True
    style = attributes.get("style", "")[:2000]
    if style and (_STYLE.search(style) or _paints_itself_away(element, style)):
        return True
    if style and "class" not in attributes and _FADED.search(style):
        return True
    names = attributes.get("class", "").split()[:50]
    if any(f".{name}" in hiding for name in names):
        return True
    if any(name in _CLASSES for name in names) and not any(map(_SHOWN_WIDE.match, names)):
        return True
    return f"#{attributes.get('id', '')}" in hiding


def _paints_itself_away(element: Any, style: str) -> bool:
    """Whether a style gives text the colour of its ground; without any ground said, on the element
    or around it, that is white."""
    colours = {
        found["what"].lower().removesuffix("-color"): _plain(found["colour"])
        for found in _COLOUR.finditer(style)
    }
    ink = colours.get("color")
    if ink is None:
        return False
    if "background" in colours:
        return colours["background"] == ink
    if ink not in _WHITE:
        return False
    above = element
    for _ in range(_LEVELS):
        if above is None:
            break
        has_ground = "background" in (above.get("style") or "") or above.get("bgcolor")
        # A class may paint the ground: then nothing is known.
        if has_ground or above.get("class") or above.get("id"):
            return False
        above = above.getparent()
    return True


def _plain(colour: str) -> str:
    """A colour for comparing: "#FFF" and "#ffffff" and "white" are one."""
    text = re.sub(r"\s", "", colour.lower())
    if text.startswith("#") and len(text) == 4:
        text = "#" + "".join(2 * letter for letter in text[1:])
    return "white" if text in _WHITE else text


def _hiding_names(tree: Any) -> frozenset[str]:
    """The classes and ids that the page's own style sheets hide, as ".name" and "#name"."""
    names: set[str] = set()
    for style in list(tree.iter("style"))[:50]:
        sheet = re.sub(r"/\*.{0,5000}?\*/", "", (style.text or "")[:200_000], flags=re.DOTALL)
        sheet = re.sub(
            r"@media[^{]{0,500}\{(?:[^{}]{0,5000}\{[^{}]{0,5000}\}){0,500}\s*\}", "", sheet
        )
        for rule in _RULE.finditer(sheet):
            if _STYLE.search(rule[2]):
                selectors = (part.strip() for part in rule[1].split(","))
                names.update(part for part in selectors if part and " " not in part)
    return frozenset(names)
