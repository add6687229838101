"""The real program, in an environment that holds nothing but a home: as a child process, or as a
call of its `main` with streams of its own, which is ten times as quick."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader.cli import main

ROOT = Path(__file__).resolve().parent.parent.parent
"""The checkout, from which the child imports the program."""

PROGRAM = [sys.executable, "-m", "reader"]


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """Every line of stdout, as JSON."""
        return [json.loads(line) for line in self.out.splitlines()]


class Program:
    """onrecord with a home and an archive of its own, below one folder."""

    def __init__(self, folder: Path) -> None:
        """Everything lies below `folder`."""
        self.home = folder / "home"
        self.home.mkdir(exist_ok=True)
        self.archive = folder / "archive"

    def environment(self, **more: str) -> dict[str, str]:
        """The child's whole environment."""
        return {
            "HOME": str(self.home),
            "PYTHONPATH": str(ROOT),
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "ONRECORD_ARCHIVE": str(self.archive),
            **more,
        }

    def __call__(
        self,
        *words: str | bytes | Path,
        stdin: str | bytes = b"",
        env: dict[str, str] | None = None,
    ) -> Ran:
        """Run a command in this process, with that on its stdin."""
        out, err = io.BytesIO(), io.BytesIO()
        before = os.environ.copy(), Path.cwd(), sys.stdin, sys.stdout, sys.stderr
        os.environ.clear()
        os.environ.update(self.environment(**(env or {})))
        os.chdir(self.home)
        sys.stdin = io.TextIOWrapper(io.BytesIO(_bytes(stdin)), encoding="utf-8")
        sys.stdout = io.TextIOWrapper(out, encoding="utf-8")
        sys.stderr = io.TextIOWrapper(err, encoding="utf-8", errors="backslashreplace")
        try:
            code = main([os.fsdecode(word) for word in words])
            sys.stdout.flush()
            sys.stderr.flush()
            return Ran(code, out.getvalue().decode(), err.getvalue().decode())
        finally:
            os.environ.clear()
            os.environ.update(before[0])
            os.chdir(before[1])
            sys.stdin, sys.stdout, sys.stderr = before[2:]

    def apart(
        self,
        *words: str | bytes | Path,
        stdin: str | bytes = b"",
        env: dict[str, str] | None = None,
    ) -> Ran:
        """Run a command in a process of its own; none may end in a traceback."""
        done = subprocess.run(
            [*PROGRAM, *words],
            input=_bytes(stdin),
            capture_output=True,
            env=self.environment(**(env or {})),
            cwd=self.home,
            timeout=120,
        )
        err = done.stderr.decode()
        assert "Traceback" not in err, err
        return Ran(done.returncode, done.stdout.decode(), err)


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text
