"""Look into the built wheel: everything that the program needs must be in it."""

from __future__ import annotations

import sys
import zipfile

NEEDED = ("reader/py.typed", "reader/ui/app.tcss", "reader/cli.py")
"""Files without which the program does not run, or says less about its types."""


def main() -> int:
    """Check the wheel named on the command line; 1 when something is missing or too much."""
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        names = wheel.namelist()
    wrong = [f"missing: {name}" for name in NEEDED if name not in names]
    stories = [n for n in names if n.startswith("reader/data/sample/") and not n.endswith(".md")]
    if len(stories) < 20:
        wrong.append(f"only {len(stories)} files of the sample")
    tops = {name.split("/")[0] for name in names}
    wrong += [f"too much: {top}" for top in sorted(tops) if not top.startswith(("reader", "onrec"))]
    print(f"{len(names)} files in the wheel, {len(stories)} of them the sample's")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
