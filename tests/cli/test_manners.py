"""How the program behaves in a shell: what it imports, how it ends, what it lets through."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reader import __version__
from tests.cli.program import PROGRAM, Program
from tests.cli.stories import PIER


def test_the_version_is_printed(onrecord: Program) -> None:
    for word in ("--version", "-V"):
        ran = onrecord.apart(word)
        assert (ran.code, ran.out) == (0, f"onrecord {__version__}\n")


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["search", "--help"]])
def test_version_and_help_import_neither_screen_nor_index(
    onrecord: Program, words: list[str]
) -> None:
    code = (
        "import sys; from reader.cli import main; code = main(sys.argv[1:]); "
        "heavy = {'textual', 'rich', 'whoosh', 'trafilatura', 'sqlite3', 'platformdirs'}; "
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        env=onrecord.environment(),
    )
    assert (done.returncode, done.stderr) == (0, "[]\n")


def test_commands_never_import_the_screens_toolkit(onrecord: Program, stories: Path) -> None:
    code = (
        "import sys; from reader.cli import main; "
        "[main(words.split('|')) for words in sys.argv[1:]]; "
        "sys.exit('textual' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, f"import|{stories}", "quotes", "speakers", "config|keys"],
        capture_output=True,
        env=onrecord.environment(),
    )
    assert done.returncode == 0


def test_a_mistyped_command_is_pointed_out(onrecord: Program) -> None:
    ran = onrecord("serach", "pier")
    assert ran.code == 2
    assert "did you mean onrecord search?" in ran.err


def test_a_folder_named_like_a_command_is_a_path_when_written_as_one(onrecord: Program) -> None:
    (onrecord.home / "search").mkdir()
    for words in (["./search"], ["--", "search"]):
        ran = onrecord(*words)
        assert ran.code == 2
        assert "needs a terminal" in ran.err


def test_options_may_stand_before_the_command(filled: Program, tmp_path: Path) -> None:
    ran = filled("--archive", tmp_path, "stats")
    assert ran.code == 1
    assert str(tmp_path) in ran.err


@pytest.mark.parametrize(
    "words",
    [
        [b"search", b"\xff\xfe"],
        [b"\xff"],
        [b"import", b"\xff.txt"],
        [b"show", b"\x1b]0;x\x07\xff"],
        [b"search", b"pier", b"--\xff\x1b[2J"],
        [b"export", b"--format", b"\xff\x1b"],
        [b"stats", b"--archive", b"/nowhere/\xff\x1b[31m"],
    ],
)
def test_words_that_are_no_utf8_never_raise(filled: Program, words: list[bytes]) -> None:
    ran = filled.apart(*words)
    assert ran.code in (1, 2), ran
    assert "\x1b" not in ran.out + ran.err


def test_a_reader_that_goes_away_ends_the_program_silently(filled: Program) -> None:
    child = subprocess.Popen(
        [*PROGRAM, "quotes", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=filled.environment(),
    )
    assert child.stdout is not None and child.stdin is not None and child.stderr is not None
    with child:
        child.stdout.close()
        child.stdin.write(b'{"id": 1, "text": "x"}\n')
        child.stdin.flush()
        assert child.wait(60) == 128 + signal.SIGPIPE
        assert child.stderr.read() == b""


def test_an_import_that_is_interrupted_loses_nothing_it_has_reported(
    onrecord: Program, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(250):
        (folder / f"{number:03}.txt").write_text(PIER.replace("Pier Opens", f"Pier {number} Opens"))
    child = subprocess.Popen(
        [*PROGRAM, "import", folder, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=onrecord.environment(),
    )
    assert child.stdout is not None and child.stderr is not None
    with child:
        first = child.stdout.readline()
        child.send_signal(signal.SIGINT)
        reported = [json.loads(line) for line in [first, *child.stdout]]
        assert child.wait(60) == 128 + signal.SIGINT
        assert child.stderr.read() == b""
    assert 0 < len(reported) < 250
    titles = {one["title"] for one in json.loads(onrecord("export", "--format", "json").out)}
    assert {one["title"] for one in reported} <= titles
    assert onrecord("import", folder).code == 0
    assert onrecord("check").code == 0
    assert onrecord("stats", "--json").objects[0]["articles"] == 250


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_with_its_number_and_no_traceback(
    onrecord: Program, number: signal.Signals
) -> None:
    child = subprocess.Popen(
        [*PROGRAM, "quotes", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=onrecord.environment(),
    )
    assert child.stdout is not None and child.stdin is not None and child.stderr is not None
    with child:
        child.stdin.write(b'{"id": 1, "text": "x"}\n')
        child.stdin.flush()
        # Answered at once, not when a buffer is full: it now waits for the next line.
        assert child.stdout.readline() == b'{"id": 1, "quotes": []}\n'
        child.send_signal(number)
        assert child.wait(60) == 128 + number
        assert child.stderr.read() == b""


def test_stdout_that_is_closed_does_no_harm(filled: Program) -> None:
    command = f"exec {' '.join(PROGRAM)} speakers >&-"
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, env=filled.environment()
    )
    assert "Traceback" not in done.stderr


def test_a_full_disk_under_stdout_is_one_line(filled: Program) -> None:
    if not Path("/dev/full").exists():
        return
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, "speakers"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=filled.environment(),
        )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1


def test_json_is_utf8_whatever_the_locale(onrecord: Program) -> None:
    story = PIER.replace("Maria Okafor", "Márta Őri").replace("Okafor", "Őri")
    latin = {"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "latin-1"}
    ran = onrecord.apart("quotes", "-", "--json", stdin=story, env=latin)
    assert "Márta Őri" in ran.out
    plain = onrecord.apart("quotes", "-", stdin=story, env={"PYTHONIOENCODING": "ascii"})
    assert plain.code == 0
    assert "M?rta" in plain.out


def test_escapes_in_a_story_never_come_out(onrecord: Program, tmp_path: Path) -> None:
    file = tmp_path / "bad.txt"
    file.write_text(
        PIER.replace("Pier Opens", "Pier \x1b]0;owned\x07\x1b[31mOpens")
        .replace("Okafor", "Okafor\x9b2J\u202e")
        .replace("Local", "Lo\x1b[2Jcal")
    )
    assert onrecord("import", file).code == 0
    number = str(onrecord("export", "--format", "json").out.count("{") and 1)
    for words in (
        ["show", number, "--quotes"], ["show", str(file)], ["quotes", str(file)], ["quotes"],
        ["speakers"], ["export", "--format", "markdown"], ["export", "--format", "csv"],
        ["quotes", str(file), "--json"], ["export", "--format", "html"],
    ):  # fmt: skip
        ran = onrecord(*words)
        assert ran.code == 0, words
        assert not set("\x1b\x07\x9b\u202e") & set(ran.out + ran.err), words


def test_an_archive_in_a_place_that_cannot_be_is_one_line(onrecord: Program, stories: Path) -> None:
    place = stories / "pier.txt" / "archive"
    ran = onrecord("search", "x", "--archive", place)
    assert ran.code == 1
    assert ran.err.count("\n") == 1


def test_the_program_can_be_called_as_a_function(
    filled: Program, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.cli import main

    monkeypatch.setenv("ONRECORD_ARCHIVE", str(filled.archive))
    before = signal.getsignal(signal.SIGTERM)
    assert main(["speakers", "--json"]) == 0
    assert "Maria Okafor" in capsys.readouterr().out
    assert signal.getsignal(signal.SIGTERM) is before
    assert os.environ["ONRECORD_ARCHIVE"]
