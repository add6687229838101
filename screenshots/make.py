"""Makes the pictures in this folder from the bundled sample: `python screenshots/make.py`.

    python screenshots/make.py                 all of them
    python screenshots/make.py main narrow     these
    python screenshots/make.py --out FOLDER    elsewhere

Each picture is the real program, run without a terminal, with keys pressed, and drawn as SVG. Two
runs give the same bytes. The pictures ask nothing of the network: where Rich refers to web fonts,
the viewer's own fixed-width font stands in.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import os
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from rich.cells import cell_len  # noqa: E402 - ours is not found before the path is set

from reader.ui.colour import luminance, written  # noqa: E402

if TYPE_CHECKING:
    from textual.app import App
    from textual.pilot import Pilot

FONTS = "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace"
_TEXT = re.compile(r'(<text [^>]*?)x="([\d.]+)"([^>]*?)textLength="[\d.]+"([^>]*>)([^<]*)</text>')
CELL = 12.2
"""How wide Rich draws a cell."""

MOST_LOOKS = 60
ARTICLE = "Aide's charge"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: how large the terminal is, which keys are pressed, what it shows."""

    name: str
    shows: str
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = (120, 40)
    theme: str = "onrecord-dark"
    colour: bool = True
    article: str = ARTICLE
    """How the title of the article begins to which the cursor goes first."""


IN_AN_ARTICLE = ("enter", "]", "]", "]", "]")

PICTURES = (
    Picture("main", "List, reader and sidebar, in the fourth quotation", IN_AN_ARTICLE),
    Picture("light", "The same in the light theme", IN_AN_ARTICLE, theme="onrecord-light"),
    Picture("search", "Search as one types", ("slash", *"ferry inquiry"), article=""),
    Picture("speaker", "Everything one speaker said, newest first", (*IN_AN_ARTICLE, "P")),
    Picture("narrow", "80 columns: list and reader", IN_AN_ARTICLE, size=(80, 24)),
    Picture("wide", "200 columns", IN_AN_ARTICLE, size=(200, 60)),
    Picture("help", "All keys, from the table of commands", ("question_mark",)),
    Picture("no-colour", "Without any colour (NO_COLOR)", IN_AN_ARTICLE, colour=False),
)
"""What is shown, in the order of the README."""


def main() -> int:
    """Make the pictures that are asked for; 2 for a name that is none."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="which pictures (default: all)")
    parser.add_argument("--out", type=Path, default=ROOT / "screenshots", help="where to put them")
    options = parser.parse_args()
    known = {picture.name: picture for picture in PICTURES}
    if unknown := [name for name in options.names if name not in known]:
        print(f"no such picture: {', '.join(unknown)}; there are {', '.join(known)}")
        return 2
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        surroundings(Path(home))
        archive = sample_archive(Path(home))
        for name in options.names or known:
            # An archive for each: articles that one picture opens stay unread in the next.
            copy = Path(shutil.copytree(archive, Path(home) / name))
            svg = asyncio.run(taken(known[name], copy))
            (options.out / f"{name}.svg").write_text(svg, encoding="utf-8")
            print(f"{name}.svg", file=sys.stderr)
    return 0


def surroundings(home: Path) -> None:
    """Nothing of the person who runs this gets into the pictures: no settings, no variables."""
    for name in list(os.environ):
        if name.startswith(("TEXTUAL", "XDG_", "ONRECORD")):
            del os.environ[name]
    for name in ("UNICODE_VERSION", "NO_COLOR", "FORCE_COLOR"):
        os.environ.pop(name, None)
    os.environ["HOME"] = str(home)


def sample_archive(home: Path) -> Path:
    """The sample's stories in an archive of their own."""
    from reader.library import Library
    from reader.sample import sample_files

    stories = sample_files()
    if stories is None:
        raise SystemExit("data/sample is missing")
    library = Library.open(home / "archive")
    for _ in library.import_paths([stories]):
        pass
    library.close()
    return home / "archive"


async def taken(picture: Picture, archive: Path) -> str:
    """Run the program, press the keys, and return the picture."""
    from reader.config import Settings
    from reader.library import Library
    from reader.ui.app import ReaderApp

    if not picture.colour:
        os.environ["NO_COLOR"] = "1"
    library = Library.open(archive)
    try:
        rows = library.rows(library.article_ids())
        down = next(n for n, row in enumerate(rows) if row.title.startswith(picture.article))
        app = ReaderApp(library, Settings(theme=picture.theme), own_folder=archive)
        async with app.run_test(size=picture.size) as pilot:
            await settled(app, pilot)
            for key in (*down * ("j",), *picture.keys):
                await pilot.press(key)
                await settled(app, pilot)
            return offline(app.export_screenshot(title="onrecord"), app)
    finally:
        library.close()
        os.environ.pop("NO_COLOR", None)


async def settled(app: App[None], pilot: Pilot[None]) -> None:
    """Wait until the screen stays as it is: searches and previews come after a short rest."""
    last, same = "", 0
    for _ in range(MOST_LOOKS):
        await app.workers.wait_for_complete()
        await pilot.pause(0.08)
        now = app.export_screenshot()
        same = same + 1 if now == last else 0
        if same == 3:
            return
        last = now
    raise SystemExit("the screen never came to rest")


def offline(svg: str, app: App[None]) -> str:
    """The picture without its references to the network, and framed in the theme's own colour."""
    svg = re.sub(r"\s*@font-face\s*\{[^}]*\}", "", svg)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: ?[^;]+;", f"font-family: {FONTS};", svg)
    # Rich names its parts after a checksum: a small change would change every line.
    svg = re.sub(r"terminal-\d+", "terminal", svg).replace("&#160;", "\u00a0")
    svg = _TEXT.sub(trimmed, svg)
    colours = app.get_css_variables()
    for of_rich, ours in (("#292929", "background"), ("#c5c8c6", "muted")):
        frame = colours[ours].lower()
        svg = svg.replace(of_rich, written((luminance(frame),) * 3) if app.no_color else frame)
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def trimmed(found: re.Match[str]) -> str:
    """A piece of text without the blanks at its ends, in the place where its words stood.

    Some programs that draw SVG leave out no-break spaces at the beginning.
    """
    head, x, between, tail, text = found.groups()
    words = text.strip("\u00a0\n")
    left = (len(text) - len(text.lstrip("\u00a0"))) * CELL
    if not words:
        return "\n" if "\n" in text else ""
    width = cell_len(html.unescape(words)) * CELL
    return f'{head}x="{float(x) + left:.6g}"{between}textLength="{width:.6g}"{tail}{words}</text>'


if __name__ == "__main__":
    sys.exit(main())
