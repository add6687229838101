"""The pictures of the README: the same at each making, and asking nothing of the network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
MAKE = ROOT / "screenshots" / "make.py"
XMLNS = "http://www.w3.org/2000/svg"


def made(folder: Path, *names: str, seed: str) -> dict[str, str]:
    """The pictures that one run of the script makes."""
    subprocess.run(
        [sys.executable, str(MAKE), "--out", str(folder), *names],
        check=True,
        capture_output=True,
        # What must not show in a picture.
        env={**os.environ, "PYTHONHASHSEED": seed, "TERM": "dumb", "TEXTUAL_THEME": "nord"},
    )
    return {path.stem: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_two_runs_make_the_same_bytes(tmp_path: Path) -> None:
    once = made(tmp_path / "once", "main", "no-colour", seed="1")
    again = made(tmp_path / "again", "main", seed="2")
    assert once["main"] == again["main"]
    assert once.keys() == {"main", "no-colour"}
    assert once["main"] != once["no-colour"]


def test_the_pictures_kept_here_ask_nothing_of_the_network() -> None:
    kept = sorted(MAKE.parent.glob("*.svg"))
    assert kept
    for picture in kept:
        svg = picture.read_text(encoding="utf-8")
        assert set(re.findall(r"https?://[^\s\"'<>)]*", svg)) <= {XMLNS}, picture.name
        assert "@import" not in svg and "url(" not in svg.replace("url(#", ""), picture.name
        assert not re.search(r"<(image|script|foreignObject)\b", svg), picture.name
        assert ElementTree.fromstring(svg).tag == f"{{{XMLNS}}}svg"


def test_the_picture_without_colour_has_none() -> None:
    svg = (MAKE.parent / "no-colour.svg").read_text(encoding="utf-8")
    terminal = svg[svg.index("<style>") : svg.index("</style>")]
    for red, green, blue in re.findall(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", terminal):
        assert red == green == blue
