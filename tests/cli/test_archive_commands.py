"""`onrecord check`, `rebuild`, `backup`, `restore`, `stats`, `config`, `completion`."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from reader.commands import COMMANDS
from reader.storage.lock import try_lock
from tests.cli.program import Program


def test_a_sound_archive_is_called_sound(filled: Program) -> None:
    ran = filled("check")
    assert (ran.code, ran.out) == (0, f"{filled.archive}: sound\n")
    assert (filled("check", "--json").code, filled("check", "--json").out) == (0, "")


def test_an_index_that_was_lost_is_found_missing_and_repaired(
    onrecord: Program, stories: Path
) -> None:
    onrecord("import", stories)
    shutil.rmtree(onrecord.archive / "index")
    assert onrecord("check").code == 1
    assert onrecord("check", "--repair").code == 0
    assert onrecord("check").code == 0
    assert onrecord("search", "pier").code == 0


def test_a_damaged_database_is_one_line_and_repair_saves_what_can_be_read(
    onrecord: Program, stories: Path
) -> None:
    onrecord("import", stories)
    with (onrecord.archive / "archive.db").open("r+b") as database:
        database.write(b"\0" * 100)
    for words in (["check"], ["search", "pier"], ["import", str(stories)]):
        ran = onrecord(*words)
        assert (ran.code, ran.out) == (1, ""), words
        assert "is damaged" in ran.err
    onrecord("check", "--repair")
    assert onrecord("check").code == 0
    assert onrecord("import", stories).code == 0
    assert onrecord("search", "pier").code == 0


def test_the_index_can_be_built_again(onrecord: Program, stories: Path) -> None:
    onrecord("import", stories)
    shutil.rmtree(onrecord.archive / "index")
    ran = onrecord("rebuild")
    assert ran.code == 0
    assert "3 stories" in ran.out
    assert onrecord("search", "ploughs").code == 0


def test_a_backup_comes_back_as_it_was(onrecord: Program, stories: Path, tmp_path: Path) -> None:
    onrecord("import", stories)
    file = tmp_path / "backup.db"
    assert onrecord("backup", file).code == 0
    again = onrecord("backup", file)
    assert again.code == 1
    assert "is there already" in again.err
    other = tmp_path / "other"
    assert onrecord("restore", file, "--archive", other).code == 0
    ran = onrecord("search", "pier", "--json", "--archive", other)
    assert len(ran.objects) == 2


def test_what_is_no_backup_is_refused_and_changes_nothing(
    onrecord: Program, stories: Path, tmp_path: Path
) -> None:
    onrecord("import", stories)
    for file in (stories / "pier.txt", tmp_path / "none.db", tmp_path):
        ran = onrecord("restore", file)
        assert ran.code == 1, ran
        assert ran.err.count("\n") == 1
    assert onrecord("search", "pier").code == 0


@pytest.mark.parametrize("words", [["backup"], ["restore"], ["backup", "a", "b"]])
def test_backup_and_restore_need_one_file(onrecord: Program, words: list[str]) -> None:
    assert onrecord(*words).code == 2


def test_stats_count_what_there_is(filled: Program) -> None:
    (figures,) = filled("stats", "--json").objects
    assert figures["articles"] == 3
    assert figures["unread"] == 3
    assert "articles" in filled("stats").out


def test_config_path_names_the_file_in_force(onrecord: Program, tmp_path: Path) -> None:
    assert onrecord("config", "path").out == f"{onrecord.home}/.config/onrecord/config.toml\n"
    named = onrecord("config", "path", "--config", tmp_path / "my.toml")
    assert named.out == f"{tmp_path}/my.toml\n"


def test_config_check_says_whether_the_settings_are_sound(
    onrecord: Program, tmp_path: Path
) -> None:
    ran = onrecord("config", "check")
    assert ran.code == 0
    assert "defaults" in ran.out
    file = tmp_path / "my.toml"
    file.write_text("[search]\nlimit = 'many'\n")
    wrong = onrecord("config", "check", "--config", file)
    assert (wrong.code, wrong.out) == (2, "")
    assert f"{file}: search.limit: must be a whole number" in wrong.err
    file.write_text('[keys]\n"no.such" = "x"\n')
    assert "no.such" in onrecord("config", "check", env={"ONRECORD_CONFIG": str(file)}).err
    assert list(onrecord.home.iterdir()) == []


def test_wrong_settings_stop_every_command_that_reads_them(
    onrecord: Program, tmp_path: Path
) -> None:
    file = tmp_path / "my.toml"
    file.write_text("colour = 1")
    for words in (
        ["search", "x"],
        ["speakers"],
        ["import", "x"],
        ["check"],
        ["export", "--format", "csv"],
    ):
        assert onrecord(*words, "--config", file).code == 2, words


def test_the_settings_name_the_archive_unless_something_else_does(
    onrecord: Program, stories: Path, tmp_path: Path
) -> None:
    file = tmp_path / "my.toml"
    file.write_text(f'archive = "{tmp_path / "mine"}"\n')
    onrecord("import", stories, "--config", file, env={"ONRECORD_ARCHIVE": ""})
    assert (tmp_path / "mine" / "archive.db").is_file()
    assert not onrecord.archive.exists()


def test_config_keys_lists_the_keys_in_force_with_ones_own(
    onrecord: Program, tmp_path: Path
) -> None:
    plain = onrecord("config", "keys")
    assert plain.code == 0
    assert "quotation.next" in plain.out
    file = tmp_path / "my.toml"
    file.write_text('[keys]\n"quotation.next" = "f5"\n')
    own = onrecord("config", "keys", "--config", file).out
    (line,) = [line for line in own.splitlines() if " quotation.next " in line]
    assert line.startswith("* f5 ")


def test_config_show_lists_every_setting(onrecord: Program) -> None:
    assert "search.limit" in onrecord("config", "show").out


@pytest.mark.parametrize(
    "words", [["config"], ["config", "no"], ["completion"], ["completion", "x"]]
)
def test_an_unknown_word_is_wrong_usage(onrecord: Program, words: list[str]) -> None:
    assert onrecord(*words).code == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_has_an_example(onrecord: Program, command: str) -> None:
    ran = onrecord(command, "--help")
    assert ran.code == 0
    assert f"onrecord {command}" in ran.out.partition("example")[2]


def test_the_main_help_lists_every_command(onrecord: Program) -> None:
    ran = onrecord("--help")
    for name, command in COMMANDS.items():
        assert f"  {name} " in ran.out
        assert command.summary in ran.out


def test_bash_completes_commands_options_and_choices(onrecord: Program, tmp_path: Path) -> None:
    script = tmp_path / "complete.bash"
    script.write_text(onrecord("completion", "bash").out)

    def complete(*words: str) -> set[str]:
        typed = " ".join(f"'{word}'" for word in words)
        ask = f"source {script}; COMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}; _onrecord; "
        done = subprocess.run(
            ["bash", "-c", ask + 'printf "%s\\n" "${COMPREPLY[@]}"'],
            capture_output=True,
            text=True,
            cwd=onrecord.home,
            check=True,
        )
        return set(done.stdout.split())

    assert complete("onrecord", "sea") == {"search", "searches"}
    assert complete("onrecord", "search", "--so") == {"--sort"}
    assert complete("onrecord", "search", "x", "--sort", "") == {"newest", "oldest", "relevance"}
    assert "csl-json" in complete("onrecord", "export", "--format", "")
    assert complete("onrecord", "config", "k") == {"keys"}


@pytest.mark.parametrize("form", ["zsh", "fish", "man"])
def test_the_other_forms_name_every_command(onrecord: Program, form: str) -> None:
    text = onrecord("completion", form).out
    assert all(name in text for name in COMMANDS)
    assert json.dumps(text)


def test_a_search_says_what_it_could_not_look_through(onrecord: Program, stories: Path) -> None:
    assert onrecord("import", stories).code == 0
    whole = len(onrecord("search", "the", "--json").objects)
    with closing(sqlite3.connect(onrecord.archive / "archive.db")) as database:
        database.execute("UPDATE article SET indexed = 0 WHERE id = 1")
        database.commit()
    with try_lock(onrecord.archive / "index.lock") as mine:
        assert mine
        ran = onrecord("search", "the", "--json")
    assert ran.code == 0
    assert len(ran.objects) == whole
    assert "articles are not searchable yet: another onrecord is building the index" in ran.err
    again = onrecord("search", "the", "--json")
    assert (len(again.objects), again.err) == (whole, "")
