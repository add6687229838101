"""Addresses from strangers, handed to a program: as one argument, without a shell, in silence."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.ui.browser import is_web_address, open_address

ADDRESS = "https://news.example/a?b=c&d=$(touch%20x);e='f'#g"


class Browser:
    """A program that says through a pipe with which words it was started."""

    def __init__(self, folder: Path) -> None:
        self.pipe = folder / "said"
        os.mkfifo(self.pipe)
        self.path = folder / "my browser"
        self.path.write_text(
            f"#!{sys.executable} -S\nimport json, sys\n"
            "print('chatter'); print('noise', file=sys.stderr)\n"
            f"open({str(self.pipe)!r}, 'w').write(json.dumps(sys.argv[1:]))\n"
        )
        self.path.chmod(0o755)
        self._end = os.open(self.pipe, os.O_RDONLY | os.O_NONBLOCK)

    def said(self) -> list[str]:
        """The words it got."""
        ready, _, _ = select.select([self._end], [], [], 20)
        assert ready, "the browser was not started"
        return list(json.loads(os.read(self._end, 1 << 16)))

    def close(self) -> None:
        """Let go of the pipe."""
        os.close(self._end)


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    program = Browser(tmp_path)
    yield program
    program.close()


def test_the_command_of_the_settings_gets_the_address_as_its_last_word(browser: Browser) -> None:
    assert open_address(ADDRESS, (str(browser.path), "--new-tab")) is None
    assert browser.said() == ["--new-tab", ADDRESS]


def test_a_percent_s_says_where_the_address_goes(browser: Browser) -> None:
    assert open_address(ADDRESS, (str(browser.path), "--url=%s", "--private")) is None
    assert browser.said() == [f"--url={ADDRESS}", "--private"]


def test_the_environments_browser_is_split_into_words_but_not_given_to_a_shell(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", f"'{browser.path}' '$HOME' ;echo")
    assert open_address(ADDRESS) is None
    assert browser.said() == ["$HOME", ";echo", ADDRESS]


def test_the_next_browser_of_the_list_is_tried(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", f"/nonexistent/browser:'{browser.path}' -a")
    assert open_address(ADDRESS) is None
    assert browser.said() == ["-a", ADDRESS]


def test_nothing_reaches_the_terminal(browser: Browser, capfd: pytest.CaptureFixture[str]) -> None:
    open_address(ADDRESS, (str(browser.path),))
    browser.said()
    assert capfd.readouterr() == ("", "")


def test_a_browser_that_is_not_there_gives_one_line() -> None:
    trouble = open_address(ADDRESS, ("/nonexistent/browser",))
    assert trouble is not None and "/nonexistent/browser: No such file" in trouble
    assert "browser.command" in trouble and "\n" not in trouble


def test_no_browser_at_all_gives_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("BROWSER", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    trouble = open_address(ADDRESS)
    assert trouble is not None and trouble.startswith("No browser found")


@pytest.mark.parametrize(
    "address",
    [
        *("", "news.example", "file:///etc/passwd", "javascript:alert(1)", "-x", "--help"),
        *("ftp://news.example/", "http:///path", "http://", "https://a b/", "http://a:port/"),
        *("http://a/\x1b]52;c;x\x07", "http://a/\n--evil", "http://[::1", "HTTPS"),
        *("http://a/" + "x" * 5000, "x-http://a/", "data:text/html,x", "http://a/\u202ex"),
    ],
)
def test_what_is_no_web_address_is_never_opened(
    address: str, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []
    monkeypatch.setattr(subprocess, "Popen", lambda *words, **how: started.append(words))
    assert not is_web_address(address)
    assert open_address(address, (str(browser.path),)) is not None
    assert not started


@pytest.mark.parametrize(
    "address", [ADDRESS, "http://127.0.0.1:8080/x", "https://bücher.example/ü"]
)
def test_web_addresses_are_known(address: str) -> None:
    assert is_web_address(address)
