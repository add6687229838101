"""`onrecord import --watch`: it keeps running, and what is put into the folder comes in."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.commands import import_
from tests.cli.program import PROGRAM, Program


def put(folder: Path, name: str, title: str, ago: float = 60) -> None:
    """A story, as if it had been written so many seconds ago."""
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(json.dumps({"title": title, "body": f"The story of {title}. It is short."}))
    written = file.stat().st_mtime - ago
    os.utime(file, (written, written))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[Callable[[], None]]], None]:
    """Instead of waiting: the steps, one a look, and then Ctrl-C."""

    def set_to(steps: list[Callable[[], None]]) -> None:
        following: Iterator[Callable[[], None]] = iter(steps)

        def wait(seconds: float) -> None:
            assert seconds >= 2
            step = next(following, None)
            if step is None:
                raise KeyboardInterrupt
            step()

        monkeypatch.setattr(import_, "_wait", wait)

    return set_to


def test_new_and_changed_files_come_in_until_ctrl_c(
    onrecord: Program, tmp_path: Path, clock: Callable[[list[Callable[[], None]]], None]
) -> None:
    folder = tmp_path / "clippings"
    put(folder, "1.json", "Frost in May")
    clock(
        [
            lambda: put(folder, "2.json", "Lights on the Quay"),
            lambda: put(folder, "3.json", "Half a Story", ago=0),
            lambda: None,
            lambda: put(folder, "1.json", "Frost in June"),
        ]
    )
    ran = onrecord("import", "--watch", folder, "--json")
    assert ran.code == 130
    assert [one["title"] for one in ran.objects] == [
        "Frost in May",
        "Lights on the Quay",
        "Half a Story",
        "Frost in June",
    ]
    assert "Ctrl-C ends" in ran.err and "Traceback" not in ran.err

    put(folder, "4.json", "Market Day")
    clock([lambda: None])
    ran = onrecord("import", "--watch", folder)
    assert ran.out == "1 story imported\n"


def test_a_bad_file_is_one_line_and_does_not_come_again(
    onrecord: Program, tmp_path: Path, clock: Callable[[list[Callable[[], None]]], None]
) -> None:
    folder = tmp_path / "clippings"
    put(folder, "good.json", "Frost in May")
    (folder / "bad.json").write_bytes(b"%PDF-1.4 no story")
    os.utime(folder / "bad.json", (1e9, 1e9))
    clock([lambda: None, lambda: None])
    ran = onrecord("import", "--watch", folder)
    assert ran.err.count("bad.json") == 1
    assert ran.out.count("imported") == 1


def test_only_folders_are_watched(onrecord: Program, tmp_path: Path) -> None:
    ran = onrecord("import", "--watch", tmp_path / "nothing")
    assert ran.code == 2
    assert "not a folder" in ran.err


def test_the_real_program_ends_cleanly_at_ctrl_c(onrecord: Program, tmp_path: Path) -> None:
    folder = tmp_path / "clippings"
    put(folder, "1.json", "Frost in May")
    with subprocess.Popen(
        [*PROGRAM, "import", "--watch", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=onrecord.environment(PYTHONUNBUFFERED="1"),
    ) as child:
        assert child.stdout is not None and child.stderr is not None
        assert child.stdout.readline() == "1 story imported\n"
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=30)
    assert (child.returncode, out) == (130, "")
    assert err.splitlines() == [f"onrecord: watching {folder}; Ctrl-C ends"]
