"""The application: one archive, one theme, one main screen."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.app import App, SystemCommand
from textual.screen import Screen

from reader.errors import ReaderError
from reader.ui.commands import COMMANDS, shown_key
from reader.ui.keymap import Keymap, checked_keymap
from reader.ui.looks import Looks
from reader.ui.screens.main import MainScreen
from reader.ui.themes import DEFAULT, our_themes, palette_for, variables

if TYPE_CHECKING:
    from reader.config import Settings
    from reader.library import Library


class ReaderApp(App[None]):
    """Opens the archive's screen; what the screen does is in `reader.ui.screens.main`."""

    CSS_PATH = "app.tcss"
    TITLE = "onrecord"
    ENABLE_COMMAND_PALETTE = True

    def __init__(
        self,
        library: Library,
        settings: Settings,
        *,
        own_folder: Path,
        imports: Sequence[str] = (),
    ) -> None:
        themes = {theme.name: theme for theme in our_themes()}
        self.looks = Looks(palette_for(themes[DEFAULT]))
        super().__init__()
        # Smooth scrolling multiplies what is written to the terminal by 25.
        self.animation_level = "none"
        self._library = library
        self._settings = settings
        self._own_folder = own_folder
        self._imports = tuple(imports)
        self._early_keys: list[events.Key] | None = []
        """What was typed before there is a screen to take it; None from then on."""
        self._own_keys: Keymap = checked_keymap(
            {name: list(keys) for name, keys in settings.keys.items()},
            str(settings.file or "settings"),
        )
        for theme in themes.values():
            self.register_theme(theme)
        # Before the first frame: a theme set later means a second style sheet, and 60 ms.
        self.theme = self._wanted_theme()
        self.looks = Looks(palette_for(self.current_theme))

    # Start and end

    def on_mount(self) -> None:
        """Signals, the main screen."""
        self.theme_changed_signal.subscribe(self, lambda _: self._new_looks())
        self._catch_signals()
        # Not at once: until the application is ready all that is drawn is thrown away, and what
        # follows the first frame would be done before it. A third of the time to it.
        self.call_later(self._open_main)

    async def _open_main(self) -> None:
        await self.push_screen(MainScreen(self._library, self._settings, self._own_keys))
        self.call_after_refresh(_collect_garbage_again)
        if self._imports:
            self.call_after_refresh(self._main.watching.import_paths, list(self._imports))
        elif self._library.is_sample:
            self.call_after_refresh(self._build_sample)
        early, self._early_keys = self._early_keys, None
        for event in early or ():
            self.post_message(event)

    def _wanted_theme(self) -> str:
        wanted = self._settings.theme or self._library.state("theme") or DEFAULT
        return wanted if wanted in self.available_themes else DEFAULT

    @property
    def _main(self) -> MainScreen:
        screen = self.screen_stack[-1]
        return next(s for s in (screen, *self.screen_stack) if isinstance(s, MainScreen))

    def _catch_signals(self) -> None:
        """SIGTERM and SIGHUP leave the terminal as it was found; Textual alone does not."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            # No main thread (tests), or a platform without signals.
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, self._end_by, int(number))

    def _end_by(self, number: int) -> None:
        with suppress(StopIteration):
            self._main.arranging.save_place()
            self._main.watching.end()
        self.exit(return_code=128 + number)

    async def on_event(self, event: events.Event) -> None:
        """Hand keys to the main screen at once and in order; all else is Textual's."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            if self._early_keys is not None:
                self._early_keys.append(event)
                return
            screen = self.screen
            if isinstance(screen, MainScreen) and screen.take_key(event):
                return
        await super().on_event(event)

    def action_help_quit(self) -> None:
        """Ctrl-C ends the program, as everywhere in a terminal."""
        self._end_by(signal.SIGINT)

    async def action_quit(self) -> None:
        """Leave at once."""
        self._main.viewing.leave()

    def close(self) -> None:
        """End the children, close the archive."""
        self._library.close()

    # The sample

    def _build_sample(self) -> None:
        from reader.sample import is_complete

        if not is_complete(self._library.folder):
            self._main.watching.build_sample()

    def leave_sample(self, then: Callable[[MainScreen], None]) -> None:
        """Put the sample away for good, open the user's own archive, and do something with it."""
        from reader.library import Library
        from reader.sample import REMOVED_KEY

        try:
            own = Library.open(self._own_folder)
            own.set_state(REMOVED_KEY, "1")
        except ReaderError as error:
            self._main.say(str(error), error=True)
            return
        self._main.watching.end()
        sample, self._library = self._library, own
        screen = MainScreen(own, self._settings, self._own_keys)

        async def switch() -> None:
            await self.switch_screen(screen)
            sample.close()
            then(screen)

        # A dialog that led here is still on its way out.
        self.call_later(switch)

    # Looks

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours our style sheet names beyond Textual's own."""
        return variables(self.looks.palette)

    def _new_looks(self) -> None:
        self.looks = Looks(palette_for(self.current_theme))
        self.refresh_css(animate=False)
        for screen in self.screen_stack:
            for widget in screen.query("*"):
                widget.refresh()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: the one table of commands."""
        main = self._main
        for command in COMMANDS:
            if command.id in ("palette", "escape"):
                continue
            keys = " ".join(shown_key(key) for key in self._own_keys[command.id])
            yield SystemCommand(
                command.label[0].upper() + command.label[1:],
                f"{command.help}  {keys}",
                lambda name=command.id: main.run_command(name),
            )

    def write_to_terminal(self, sequence: str) -> None:
        """Write a control sequence of our own (never text from outside) to the terminal."""
        if self._driver is not None:
            self._driver.write(sequence)
            self._driver.flush()


def _collect_garbage_again() -> None:
    """The first frame is drawn. What stands by now stays to the end and need not be looked at; and
    a line of the screen is some 60 objects, so that the usual 700 mean a pass every dozen lines."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()


def open_library(folder: Path, *, sample: bool, has_imports: bool) -> Library:
    """The archive to open: the sample where asked for, or where the user's own is empty.

    Raises ArchiveError.
    """
    from reader.library import Library
    from reader.sample import REMOVED_KEY, sample_archive_folder, sample_files

    library: Library | None = None
    if not sample:
        library = Library.open(folder)
        is_used = library.count() or library.subscriptions.count() or library.state(REMOVED_KEY)
        if has_imports or is_used or not sample_files():
            return library
    try:
        opened = Library.open(sample_archive_folder(), is_sample=True)
    except ReaderError:
        if library is None:
            raise
        return library
    if library is not None:
        library.close()
    return opened


def run(
    library_folder: Path,
    settings: Settings,
    *,
    imports: Sequence[str] = (),
    sample: bool = False,
) -> int:
    """Open the screen on the archive in `library_folder`; the exit code when it is closed.

    `imports` are files and folders to bring in first, behind the screen. `sample` opens the
    bundled sample whatever the archive holds. Raises ReaderError.
    """
    has_imports = bool(imports) or bool(settings.watch)
    library = open_library(library_folder, sample=sample, has_imports=has_imports)
    app = ReaderApp(library, settings, own_folder=library_folder, imports=imports)
    try:
        app.run()
    finally:
        app.close()
    return app.return_code or 0
