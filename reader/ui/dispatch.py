"""Which function each command of the table calls. A test holds that none is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen

Handler = Callable[[int], object]
"""Takes the count typed before the key, 1 without one."""


def handlers(screen: MainScreen) -> Mapping[str, Handler]:
    """The handler of every command, by its id."""
    reading, searching = screen.reading, screen.searching
    finding, narrowing, folders = screen.finding, screen.narrowing, screen.folders

    def in_text() -> bool:
        # The first key after a start means the archive, also where one left off in a text.
        return screen.focus_name == "reader" and not screen.is_fresh

    marking, watching, linking = screen.marking, screen.watching, screen.linking
    moving, viewing, feeding = screen.moving, screen.viewing, screen.feeding
    comparing = screen.comparing
    return {
        "quotation.next": lambda n: reading.jump("quotation", 1, n),
        "quotation.previous": lambda n: reading.jump("quotation", -1, n),
        "quotation.next_same": lambda n: reading.jump("same", 1, n),
        "quotation.previous_same": lambda n: reading.jump("same", -1, n),
        "speaker.next": lambda n: reading.jump("speaker", 1, n),
        "speaker.previous": lambda n: reading.jump("speaker", -1, n),
        "speaker.archive": lambda n: viewing.show_speaker(),
        "quotation.copy": lambda n: marking.copy(),
        "quotation.why": lambda n: viewing.why(),
        "speaker.order": lambda n: viewing.next_order(),
        "search.open": lambda n: finding.begin() if in_text() else searching.begin(),
        "search.archive": lambda n: searching.begin(),
        "search.within": lambda n: searching.begin_within(),
        "hit.next": lambda n: reading.next_hit(1, n),
        "hit.previous": lambda n: reading.next_hit(-1, n),
        "search.order": lambda n: searching.next_order(),
        "search.people": lambda n: narrowing.toggle_people(),
        "facet.next": lambda n: narrowing.turn(n),
        "facet.previous": lambda n: narrowing.turn(-n),
        "search.widen": lambda n: moving.widen(),
        "search.save": lambda n: narrowing.save(),
        "folder.next": lambda n: folders.next_unread(1),
        "folder.previous": lambda n: folders.next_unread(-1),
        "list.filter": lambda n: viewing.next_filter(),
        "move.down": lambda n: moving.rows(n),
        "move.up": lambda n: moving.rows(-n),
        "move.page_down": lambda n: moving.pages(n),
        "move.page_up": lambda n: moving.pages(-n),
        "move.half_down": lambda n: moving.pages(0.5 * n),
        "move.half_up": lambda n: moving.pages(-0.5 * n),
        "move.first": lambda n: moving.first(),
        "move.last": lambda n: moving.last(),
        "move.space": lambda n: moving.read_on(),
        "move.open": lambda n: moving.open_here(),
        "move.back": lambda n: moving.left(),
        "pane.next": lambda n: moving.next_pane(1),
        "pane.previous": lambda n: moving.next_pane(-1),
        "visited.back": lambda n: reading.back(),
        "article.star": lambda n: marking.star(),
        "article.read": lambda n: marking.read(),
        "list.read_all": lambda n: marking.read_all(),
        "article.tag": lambda n: screen.desk.tagging.tag(n),
        "article.untag": lambda n: screen.desk.tagging.untag(n),
        "article.note": lambda n: screen.desk.noting.write(),
        "article.mute": lambda n: screen.desk.muting.mute(),
        "rules.list": lambda n: screen.desk.muting.list_rules(),
        "quotation.collect": lambda n: screen.desk.collecting.collect(),
        "undo": lambda n: marking.undo(),
        "article.browser": lambda n: linking.browse(),
        "article.browser_read": lambda n: linking.browse_and_mark(),
        "link.choose": lambda n: linking.choose(),
        "article.copies": lambda n: comparing.show_copies(),
        "article.changes": lambda n: comparing.show_changes(),
        "article.pipe": lambda n: linking.ask_for_command(),
        "article.add": lambda n: viewing.ask_for_news(),
        "list.export": lambda n: viewing.ask_for_file(),
        "list.choose": lambda n: feeding.choose(),
        "feeds.refresh": lambda n: feeding.refresh_one(),
        "feeds.refresh_all": lambda n: feeding.refresh_all(),
        "feeds.edit": lambda n: feeding.edit(),
        "feeds.failed": lambda n: feeding.next_failed(),
        "help": lambda n: viewing.help(),
        "palette": lambda n: screen.app.action_command_palette(),
        "view.zen": lambda n: viewing.toggle_zen(),
        "view.theme": lambda n: viewing.next_theme(),
        "archive.check": lambda n: viewing.check(),
        "archive.rebuild": lambda n: watching.rebuild(),
        "sample.remove": lambda n: screen.remove_sample(),
        "escape": lambda n: moving.escape(),
        "back": lambda n: moving.back(),
        "quit": lambda n: viewing.leave(),
    }
