"""The user's own keys are checked before the screen sees them."""

from __future__ import annotations

import pytest

from reader.errors import SettingsError
from reader.ui.commands import BY_ID, COMMANDS
from reader.ui.keymap import checked_keymap, textual_key


def test_every_command_has_a_key_of_its_own_that_terminals_send() -> None:
    owner: dict[str, str] = {}
    for command in COMMANDS:
        assert command.keys, command.id
        for key in command.keys:
            assert textual_key(key)
            assert owner.setdefault(key, command.id) == command.id


def test_a_key_given_to_a_command_is_taken_from_the_one_that_had_it() -> None:
    keymap = checked_keymap({"article.star": "j"})
    assert keymap["article.star"] == ("j",)
    assert "j" not in keymap["move.down"]
    assert "down" in keymap["move.down"]


def test_without_settings_the_table_is_in_force() -> None:
    assert checked_keymap({}) == {command.id: command.keys for command in COMMANDS}


@pytest.mark.parametrize(
    ("own", "named"),
    [
        ({"article.stare": "s"}, "article.stare"),
        ({"article.star": "ctrl+shift+§"}, "ctrl+shift+§"),
        ({"article.star": "x", "undo": "x"}, "x"),
        ({"article.star": "escape"}, "escape"),
        ({"article.star": ["y", "ctrl+q"]}, "ctrl+q"),
    ],
)
def test_a_mistake_is_named_with_its_file(own: dict[str, str | list[str]], named: str) -> None:
    with pytest.raises(SettingsError, match=r"own\.toml") as caught:
        checked_keymap(own, "own.toml")
    assert named in str(caught.value)


def test_the_way_out_cannot_be_lost() -> None:
    keymap = checked_keymap({"quit": "x"})
    assert set(keymap["quit"]) == {"x", "ctrl+q"}


def test_every_command_has_a_handler() -> None:
    from types import SimpleNamespace
    from typing import Any, cast

    from reader.ui.dispatch import handlers

    class Anything(SimpleNamespace):
        def __getattr__(self, name: str) -> Any:
            return Anything()

    assert set(handlers(cast("Any", Anything()))) == set(BY_ID)
