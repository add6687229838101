"""Lists of subscriptions, ours and others'."""

from __future__ import annotations

import io
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reader.core.text import clean_line
from reader.ingest import Subscription, read_stream
from reader.ingest.net.subscriptions import found_on_disk, opml_of

NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).map(
    lambda text: clean_line(text).replace("/", "-") or "x"
)
SUBSCRIPTIONS = st.lists(
    st.builds(
        Subscription,
        NAMES,
        st.integers(0, 999).map(lambda n: f"https://f{n}.example/?a=1&b=2"),
        st.none() | st.lists(NAMES, min_size=1, max_size=3).map("/".join),
        st.lists(NAMES.filter(lambda tag: "," not in tag), max_size=2, unique=True).map(tuple),
    ),
    max_size=8,
    min_size=1,
)


@given(SUBSCRIPTIONS)
def test_what_is_written_as_opml_is_read_again(subscriptions: list[Subscription]) -> None:
    written = opml_of(subscriptions)
    again = list(read_stream(io.BytesIO(written.encode()), name="x"))
    assert sorted(map(repr, again)) == sorted(map(repr, subscriptions))


def test_other_readers_files_are_found(tmp_path: Path) -> None:
    assert found_on_disk(tmp_path, {}) == []
    for place in (".config/newsboat/urls", ".newsraft/feeds"):
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / place).write_text("")
    assert [reader for reader, _ in found_on_disk(tmp_path, {})] == ["newsboat", "newsraft"]
    assert found_on_disk(tmp_path, {"XDG_CONFIG_HOME": "/nowhere"})[0][0] == "newsraft"


def test_exported_lists_of_other_readers_are_found(tmp_path: Path) -> None:
    for place in (".config/liferea/feedlist.opml", "Downloads/feeds.opml", "a.opml", "b/c.opml"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text("")
    (tmp_path / "folder.opml").mkdir()
    assert [path.name for _, path in found_on_disk(tmp_path, {})] == [
        "feedlist.opml",
        "a.opml",
        "feeds.opml",
    ]
