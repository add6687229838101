"""Print the command of README.md's code blocks that has a given word in it."""

from __future__ import annotations

import re
import sys
from pathlib import Path


def main() -> int:
    """Print it; 1 unless there is exactly one."""
    word = sys.argv[1]
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:sh|bash|console)?\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    lines = [line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines()]
    found = sorted({line for line in lines if re.search(rf"\b{re.escape(word)}\b", line)})
    if len(found) != 1:
        print(f"README.md has {len(found)} commands with {word}, not one: {found}", file=sys.stderr)
        return 1
    print(found[0])
    return 0


if __name__ == "__main__":
    sys.exit(main())
