"""Tags as they are drawn, and as they are completed on a line where they are typed. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.core.marks import tag_key

_TITLE = 56
"""Characters of a title in a dialog."""

_LAST = re.compile(r'(?:^|[\s,])([-+]?)("[^"]*|[^\s,"]*)$')


def tag_line(tags: Sequence[str]) -> str:
    """Tags as list and reader show them."""
    return "  ".join(f"#{tag}" for tag in tags)


def shortened(text: str) -> str:
    """A text on one line, so short that a dialog has room for it."""
    plain = " ".join(text.split())
    return plain if len(plain) <= _TITLE else plain[: _TITLE - 1].rstrip() + "…"


def candidates(line: str, known: Sequence[str]) -> list[str]:
    """The known tags that begin as the last word of the line does; all where none has begun."""
    found = _LAST.search(line)
    if found is None:
        return []
    begun = tag_key(found[2].lstrip('"'))
    return [name for name in known if tag_key(name).startswith(begun)]


def completed(line: str, known: Sequence[str]) -> str:
    """The line with its last word completed as far as all candidates agree; a tag that is sure is
    finished, with quotation marks where it has several words."""
    found = _LAST.search(line)
    names = candidates(line, known)
    if found is None or not names or not found[2].strip('"'):
        return line
    before = line[: found.start(2)]
    if len(names) == 1:
        [name] = names
        return before + (f'"{name}" ' if re.search(r"[\s,]", name) else f"{name} ")
    common, *others = (tag_key(name) for name in names)
    while not all(other.startswith(common) for other in others):
        common = common[:-1]
    begun = found[2].lstrip('"')
    if len(common) <= len(begun):
        return line
    mark = '"' if found[2].startswith('"') or " " in common else ""
    return before + mark + names[0][: len(common)]
