"""Shell completion and the manual page, read off the parsers, so that they cannot disagree."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from reader import __version__
from reader.cli import build_parser
from reader.commands import COMMANDS
from reader.commands.collect import ACTIONS as COLLECT_ACTIONS
from reader.commands.completion import FORMS
from reader.commands.config import ACTIONS
from reader.commands.feeds import ACTIONS as FEED_ACTIONS
from reader.commands.retention import ACTIONS as RETENTION_ACTIONS
from reader.commands.rules import ACTIONS as RULE_ACTIONS
from reader.commands.searches import ACTIONS as SEARCH_ACTIONS

_WORDS = {
    "config": ACTIONS,
    "completion": FORMS,
    "feeds": tuple(FEED_ACTIONS),
    "collect": tuple(COLLECT_ACTIONS),
    "rules": tuple(RULE_ACTIONS),
    "retention": RETENTION_ACTIONS,
    "searches": SEARCH_ACTIONS,
}
"""The commands whose words are one of a few."""

_FILES = frozenset({"import", "quotes", "show", "backup", "restore", "feeds"})
"""The commands whose words are files."""


def bash() -> Iterator[str]:
    """Completion for bash."""
    yield "_onrecord() {"
    yield '    local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}"'
    yield "    local word command="
    yield '    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do'
    yield f'        case "$word" in {"|".join(COMMANDS)}) command=$word; break;; esac'
    yield "    done"
    yield '    case "$command:$prev" in'
    for command in (None, *COMMANDS):
        for action in _options(command):
            if action.choices:
                options = "|".join(f"{command or ''}:{one}" for one in action.option_strings)
                words = " ".join(map(str, action.choices))
                yield f'        {options}) COMPREPLY=($(compgen -W "{words}" -- "$cur")); return;;'
    yield '        *:-o|*:--output|*:--config) COMPREPLY=($(compgen -f -- "$cur")); return;;'
    yield '        *:--archive) COMPREPLY=($(compgen -d -- "$cur")); return;;'
    yield "    esac"
    yield '    case "$command" in'
    for name in COMMANDS:
        words = " ".join((*_WORDS.get(name, ()), *_names(name)))
        files = ' $([[ $cur == -* ]] || compgen -f -- "$cur")' if name in _FILES else ""
        yield f'        {name}) COMPREPLY=($(compgen -W "{words}" -- "$cur"){files});;'
    words = " ".join((*COMMANDS, *_names(None)))
    yield f'        *) COMPREPLY=($(compgen -W "{words}" -- "$cur") $(compgen -f -- "$cur"));;'
    yield "    esac"
    yield "}"
    yield "complete -o filenames -F _onrecord onrecord"


def zsh() -> Iterator[str]:
    """Completion for zsh, by way of its reader of bash completion."""
    yield "#compdef onrecord"
    yield "autoload -U +X bashcompinit && bashcompinit"
    yield from bash()


def fish() -> Iterator[str]:
    """Completion for fish."""
    none = "__fish_use_subcommand"
    for name, about in COMMANDS.items():
        yield f"complete -c onrecord -n {none} -a {name} -d {_quoted(about.summary)}"
    for command in (None, *COMMANDS):
        when = f"'__fish_seen_subcommand_from {command}'" if command else none
        if command and command not in _FILES:
            yield f"complete -c onrecord -n {when} -f"
        if command in _WORDS:
            yield f"complete -c onrecord -n {when} -a {_quoted(' '.join(_WORDS[command]))}"
        for action in _options(command):
            parts = [f"complete -c onrecord -n {when}"]
            parts += [
                f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"
                for name in action.option_strings
            ]
            if action.choices:
                parts.append(f"-x -a {_quoted(' '.join(map(str, action.choices)))}")
            elif action.nargs != 0:
                parts.append("-r")
            yield " ".join([*parts, f"-d {_quoted(action.help or '')}"])


def man() -> Iterator[str]:
    """The manual page, for man(1)."""
    yield f'.TH ONRECORD 1 "" "onrecord {__version__}" "User Commands"'
    yield ".SH NAME"
    yield r"onrecord \- a news reader for the terminal that knows who said what"
    yield ".SH SYNOPSIS"
    yield r".B onrecord"
    yield r"[\fIPATH\fR ...]"
    yield ".br"
    yield r".B onrecord"
    yield r"\fICOMMAND\fR [...]"
    yield ".SH OPTIONS"
    yield from _man_options(None)
    yield ".SH COMMANDS"
    for command in COMMANDS:
        parser = build_parser(command)
        yield f".SS onrecord {command}"
        yield from _man_text(parser.description or "")
        yield from _man_options(command)
        yield from _man_text(parser.epilog or "", verbatim=True)
    yield ".SH ENVIRONMENT"
    for name, about in (
        ("ONRECORD_ARCHIVE", "the archive's folder"),
        ("ONRECORD_CONFIG", "the settings file"),
        ("NO_COLOR", "no colours in what the commands print"),
    ):
        yield ".TP"
        yield rf"\fB{name}\fR"
        yield about
    yield ".SH EXIT STATUS"
    yield "0: done. 1: done in part, or nothing found. 2: wrong usage or settings."
    yield "130, 143, 129: ended by SIGINT, SIGTERM, SIGHUP."


def _options(command: str | None) -> list[argparse.Action]:
    actions = build_parser(command)._actions
    return [action for action in actions if action.option_strings]


def _names(command: str | None) -> list[str]:
    return [name for action in _options(command) for name in action.option_strings]


def _man_options(command: str | None) -> Iterator[str]:
    for action in _options(command):
        names = ", ".join(rf"\fB{_roff(name)}\fR" for name in action.option_strings)
        value = action.metavar or ("|".join(map(str, action.choices)) if action.choices else "")
        yield ".TP"
        yield names + (rf" \fI{_roff(str(value))}\fR" if value and action.nargs != 0 else "")
        yield _roff(action.help or "")


def _man_text(text: str, *, verbatim: bool = False) -> Iterator[str]:
    if verbatim:
        yield ".PP"
        yield ".nf"
    for line in text.splitlines():
        yield _roff(line)
    if verbatim:
        yield ".fi"


def _roff(text: str) -> str:
    escaped = text.replace("\\", r"\e").replace("-", r"\-")
    return r"\&" + escaped if escaped.startswith((".", "'")) else escaped


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
