"""The parts of README.md that are made from the program: `python -m tests.readme` writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"


def parts() -> Mapping[str, str]:
    """Each made part by the name of its marks, `<!-- name -->` and `<!-- /name -->`."""
    from reader.search.card import QUERY_CARD
    from reader.ui.commands import key_table

    lines = []
    for group, rows in QUERY_CARD:
        lines += [f"| {group} | |", "| --- | --- |"]
        lines += [f"| `{row.example}` | {row.meaning} |" for row in rows]
        lines.append("")
    return {"keys": key_table().strip(), "query": "\n".join(lines).strip()}


def _this(text: str, _: object) -> str:
    return text


def with_parts(text: str) -> str:
    """The README with its made parts made anew."""
    for name, made in parts().items():
        block = f"<!-- {name} -->\n{made}\n<!-- /{name} -->"
        # A function, since the block may hold backslashes.
        text = re.sub(
            f"<!-- {name} -->.*?<!-- /{name} -->", partial(_this, block), text, flags=re.S
        )
    return text


if __name__ == "__main__":
    README.write_text(with_parts(README.read_text(encoding="utf-8")), encoding="utf-8")
