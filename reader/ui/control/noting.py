"""Notes on the screen: on the article, or on the quotation one is at."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.errors import ReaderError
from reader.ui.tag_line import shortened

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen
    from reader.ui.screens.note_prompt import NoteAnswer


class Noting:
    """What one does with notes."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def write(self) -> None:
        """Open the editor for the note on the current quotation, or on the article."""
        from reader.ui.screens.note_prompt import NotePrompt

        screen = self._screen
        article = screen.linking.target
        if article is None:
            return
        desk = screen.library.desk
        rows = screen.library.rows([article])
        titles: dict[int | None, str] = {}
        ordinal = self._quotation(article)
        if ordinal is not None and screen.reader.archived is not None:
            quotation = screen.reader.archived.extraction.quotations[ordinal]
            said = quotation.content[0].text(screen.reader.archived.article.body)
            said = said.strip('“”"')
            titles[ordinal] = f"Note on “{shortened(said)}”"
        titles[None] = f"Note on the article “{shortened(rows[0].title) if rows else ''}”"
        texts = {about: desk.note(article, about) for about in titles}

        def written(answer: NoteAnswer | None) -> None:
            if answer is not None:
                self._keep(article, answer)

        screen.app.push_screen(NotePrompt(titles, texts), written)

    def _quotation(self, article: int) -> int | None:
        """The quotation one is at: in the text or beside it, or in a list of quotations."""
        screen = self._screen
        shown = screen.reader.archived
        if shown is None or shown.id != article:
            return None
        if screen.focus_name == "list":
            return screen.listing.ordinal_at(screen.article_list.cursor)
        return screen.reader.current

    def _keep(self, article: int, answer: NoteAnswer) -> None:
        screen = self._screen
        desk = screen.library.desk
        try:
            before = desk.write_note(article, answer.text, answer.about)
        except ReaderError as error:
            screen.say(str(error), error=True)
            return
        now = desk.note(article, answer.about)
        if now == before:
            screen.say("The note is as it was.")
            return
        words = "Noted." if now else "The note is taken away; u brings it back."
        back = partial(desk.write_note, article, before, answer.about)
        screen.marking.done(words, back)
