"""The settings file: what is read, and that an error names file and key."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import config, paths
from reader.config import Settings, from_table, load
from reader.core.records import Sort
from reader.errors import SettingsError

FULL = """
archive = "~/news"

[screen]
theme = "onrecord-light"
measure = 66
sidebar = "number"

[search]
sort = "relevance"
limit = 20

[browser]
command = ["firefox", "--new-tab"]

[keys]
"quotation.next" = "n"
"quotation.previous" = ["p", "ctrl+p"]
"""


def write(folder: Path, text: str | bytes) -> str:
    file = folder / "config.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(file)


def test_every_key_of_a_full_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    settings = load(write(tmp_path, FULL))
    assert settings == Settings(
        archive=Path("/home/ann/news"),
        theme="onrecord-light",
        measure=66,
        sidebar="number",
        sort=Sort.RELEVANCE,
        limit=20,
        browser=("firefox", "--new-tab"),
        keys={"quotation.next": ("n",), "quotation.previous": ("p", "ctrl+p")},
        file=tmp_path / "config.toml",
    )


def test_without_a_file_the_defaults_are_in_force_and_none_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load() == Settings()
    assert list(tmp_path.rglob("*")) == []


def test_a_file_that_was_named_must_be_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = str(tmp_path / "none.toml")
    with pytest.raises(SettingsError, match=r"none\.toml: there is no such"):
        load(missing)
    monkeypatch.setenv(paths.SETTINGS_VARIABLE, missing)
    with pytest.raises(SettingsError, match=r"none\.toml: there is no such"):
        load()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[screen]\nmeasure = 'wide'", r"screen\.measure: must be a whole number from 40 to 200"),
        ("[screen]\nmeasure = true", r"screen\.measure: must be a whole number"),
        ("[screen]\nmeasure = 5", r"screen\.measure: .*, not 5"),
        ("[search]\nsort = 'random'", r'search\.sort: must be one of "newest", "oldest"'),
        ("[search]\nlimmit = 3", r"search\.limmit: there is no such key; did you mean search\."),
        ("colour = 1", r"colour: there is no such key; the keys are archive, "),
        ("archive = 3", r"archive: must be a text"),
        ("archive = ''", r"archive: must be a text"),
        ("screen = 1", r"screen: there is no such key"),
        ("[browser]\ncommand = []", r"browser\.command: must be a text or a list"),
        ("[browser]\ncommand = [1]", r"browser\.command: must be a text or a list"),
        ("keys = 1", r"keys: must be a table"),
        ("[keys]\nopen = 1", r'keys: "open" must be a key or a list'),
        ("archive = \n", r"no valid TOML: .*line 1"),
        ("a = 1\na = 2\nb = 3", r"no valid TOML: .*line 2"),
        ("a = " + "[" * 5000, r"no valid TOML"),
    ],
)
def test_an_error_names_file_and_key(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SettingsError, match=r"config\.toml: " + message):
        load(write(tmp_path, text))


def test_a_file_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"config\.toml: .*not UTF-8"):
        load(write(tmp_path, b"archive = '\xff'"))
    with pytest.raises(SettingsError, match="cannot be read"):
        load(str(tmp_path))


def test_lines_may_end_as_on_windows(tmp_path: Path) -> None:
    assert load(write(tmp_path, b"[search]\r\nlimit = 7\r\n")).limit == 7


def test_every_setting_has_a_field_and_a_line_of_help() -> None:
    for key in config.KEYS:
        assert hasattr(Settings(), key.attribute)
        assert key.help


words = st.text(max_size=8)
toml_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=4,
)
names = st.sampled_from([part for key in config.KEYS for part in key.name.split(".")]) | words


@given(
    st.dictionaries(
        names, st.dictionaries(names, toml_values, max_size=4) | toml_values, max_size=4
    )
)
def test_any_table_gives_settings_or_one_clear_error(table: dict[str, object]) -> None:
    try:
        found = from_table(table, Path("f.toml"))
    except SettingsError as error:
        assert str(error).startswith("f.toml: ")
    else:
        assert 40 <= found.measure <= 200
        assert all(isinstance(k, str) for keys in found.keys.values() for k in keys)


def test_the_archive_is_chosen_by_option_then_variable_then_settings_then_platform(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(paths.ARCHIVE_VARIABLE, "/by/variable")
    assert paths.archive_folder("/by/option", Path("/by/settings")) == Path("/by/option")
    assert paths.archive_folder(None, Path("/by/settings")) == Path("/by/variable")
    monkeypatch.delenv(paths.ARCHIVE_VARIABLE)
    assert paths.archive_folder(None, Path("/by/settings")) == Path("/by/settings")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert paths.archive_folder() == tmp_path / "onrecord" / "archive"
    assert list(tmp_path.iterdir()) == []
