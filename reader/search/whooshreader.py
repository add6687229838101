"""Our segments as Whoosh's own queries want to read them.

Our searches do not come this way (`evaluate` is some hundred times quicker); it is here so that
the index is a whole Whoosh index, and so that a test can put Whoosh's queries to it and compare.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whoosh.codec import base
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from reader.search.codec import EXTENSION
from reader.search.inverter import COLUMNS
from reader.search.postings import Postings
from reader.search.segmentfile import SegmentFile
from reader.search.vocabulary import Words


def _file(storage: Any, segment: Any) -> SegmentFile:
    return SegmentFile(Path(storage.folder) / segment.make_filename(EXTENSION))


class ArrayTermsReader(base.TermsReader):  # type: ignore[misc]
    """Words and postings of one segment."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._file = _file(storage, segment)
        self._words: dict[str, Words] = {}

    def _field(self, name: str) -> Words:
        if name not in self._words:
            self._words[name] = Words(self._file, name)
        return self._words[name]

    def _postings(self, field: str, text: bytes) -> Postings:
        found = self._field(field)
        number = found.find(text.decode())
        if number is None:
            raise TermNotFound(f"No term {field}:{text!r}")
        return found.postings(number)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._field(term[0]).find(term[1].decode()) is not None

    def indexed_field_names(self) -> list[str]:
        """The fields with words."""
        return [name for name in self._file.facts["fields"] if not name.endswith("/")]

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Every word of every field, in order."""
        for field in self.indexed_field_names():
            for word in self._field(field).all_words():
                yield field, word.encode()

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """The words from a beginning on, in order."""
        return (term for term in self.terms() if term >= (fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Words with their numbers."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Words from a beginning on, with their numbers."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """How many documents a word has, and how often it stands in them."""
        postings = self._postings(fieldname, text)
        documents, counts = postings.documents(), postings.counts()
        return TermInfo(
            weight=sum(counts),
            df=postings.found,
            minlength=1,
            maxlength=255,
            maxweight=max(counts),
            minid=documents[0],
            maxid=documents[-1],
        )

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """How many documents a word has, perhaps none."""
        return self.term_info(fieldname, text).doc_frequency() if (fieldname, text) in self else 0

    def frequency(self, fieldname: str, text: bytes) -> float:
        """How often a word stands in all of them."""
        return self.term_info(fieldname, text).weight() if (fieldname, text) in self else 0.0

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        """The documents of a word, for Whoosh to step through."""
        postings = self._postings(fieldname, text)
        documents, counts = postings.documents(), postings.counts()
        return ListMatcher(
            documents,
            [float(count) for count in counts],
            [array("H", postings.places(document)).tobytes() for document in documents],
            format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class ArrayDocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """Stored ids and lengths of one segment."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._file = _file(storage, segment)
        self._segment = segment
        self._ids = self._file.numbers("id", COLUMNS["id"])
        self._lengths = self._file.numbers("words", COLUMNS["words"])

    def doc_count(self) -> int:
        """Documents that are not deleted."""
        count: int = self._segment.doc_count()
        return count

    def doc_count_all(self) -> int:
        """Documents, deleted ones included."""
        return len(self._ids)

    def has_deletions(self) -> bool:
        """Whether any is deleted."""
        return bool(self._segment.deleted_count())

    def is_deleted(self, docnum: int) -> bool:
        """Whether one is deleted."""
        deleted: bool = self._segment.is_deleted(docnum)
        return deleted

    def deleted_docs(self) -> set[int]:
        """The numbers of the deleted ones."""
        deleted: set[int] = self._segment.deleted_docs()
        return deleted

    def stored_fields(self, docnum: int) -> dict[str, int]:
        """The id."""
        return {"id": self._ids[docnum]}

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """How many words the article has."""
        return self._lengths[docnum]

    def field_length(self, fieldname: str) -> int:
        """How many words all of them have."""
        return sum(self._lengths)

    def min_field_length(self, fieldname: str) -> int:
        """The shortest."""
        return min(self._lengths, default=0)

    def max_field_length(self, fieldname: str) -> int:
        """The longest."""
        return max(self._lengths, default=0)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
