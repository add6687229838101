"""Which segments an index has just now: read from Whoosh's `.toc` file whenever that is a new
one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reader.errors import SearchIndexError
from reader.search import bits, schema
from reader.search.codec import EXTENSION, ArchiveStorage
from reader.search.searcher import OpenSegment
from reader.search.segment import Segment
from reader.search.segmentfile import SegmentFile, damaged

_TRIES = 10

_Commit = tuple[int, int, int]
"""The number of a commit, and inode and time of its file."""


class Snapshots:
    """The current segments of one of the two indexes."""

    def __init__(self, storage: ArchiveStorage, name: str) -> None:
        self._storage = storage
        self._name = name
        self._lock = threading.Lock()
        self._seen: _Commit | None = None
        self._segments: list[OpenSegment] = []
        self._open: dict[str, Segment] = {}

    def create(self) -> None:
        """Write an index without segments."""
        from whoosh.index import FileIndex

        FileIndex.create(self._storage, schema.schema(), self._name)

    def index(self) -> Any:
        """The Whoosh index, for writing and for Whoosh's own queries."""
        from whoosh.index import FileIndex

        with self._understood():
            return FileIndex(self._storage, indexname=self._name)

    @contextmanager
    def _understood(self) -> Iterator[None]:
        """Whatever a `.toc` file raises on being read becomes a `SearchIndexError`.

        Its checksum was right, so it is not damaged: another version wrote it, with classes that
        this one has not (any error can come of that), or it is not there any more.
        """
        try:
            yield
        except (OSError, SearchIndexError):
            raise
        except Exception as error:
            raise SearchIndexError(
                f"the search index cannot be understood ({self._storage.folder}); build it again: "
                "onrecord rebuild"
            ) from error

    def check_version(self) -> None:
        """Raise `SearchIndexError` if the index was made by another version of this program."""
        if f"version{schema.VERSION}" not in self.index().schema.names():
            raise SearchIndexError(
                "the search index was made by another version of onrecord; build it again: "
                "onrecord rebuild"
            )

    def close(self) -> None:
        """Forget the segments; their files close when no search uses them any more."""
        with self._lock:
            self._seen, self._segments, self._open = None, [], {}

    def current(self) -> list[OpenSegment]:
        """The segments of the newest commit, whoever made it."""
        with self._lock:
            for left in reversed(range(_TRIES)):
                try:
                    newest = self._newest()
                    if newest != self._seen:
                        self._read()
                        self._seen = newest
                    return self._segments
                except FileNotFoundError:
                    # Another program has committed and swept up between our two steps.
                    if not left:
                        raise
        return []

    def _newest(self) -> _Commit:
        """Which commit is the newest; an index built anew has the same numbers once more."""
        from whoosh.index import TOC

        generation = TOC._latest_generation(self._storage, self._name)
        if generation < 0:
            raise FileNotFoundError(f"no index in {self._storage.folder}")
        facts = (Path(self._storage.folder) / TOC._filename(self._name, generation)).stat()
        return generation, facts.st_ino, facts.st_mtime_ns

    def _read(self) -> None:
        from whoosh.index import TOC

        # A folder that was ours when opened stays so, unless somebody replaced a file since.
        self._storage.check_owner()
        with self._understood():
            toc = TOC.read(self._storage, self._name)
        opened: dict[str, Segment] = {}
        segments = []
        for entry in toc.segments:
            key = entry.segment_id()
            segment = self._open.get(key)
            if segment is None:
                path = Path(self._storage.folder) / entry.make_filename(EXTENSION)
                segment = Segment(SegmentFile(path))
            if segment.documents != entry.doc_count_all():
                raise damaged(segment.file.path, "the number of documents")
            opened[key] = segment
            deleted = bits.from_numbers(entry.deleted_docs(), segment.documents)
            segments.append(OpenSegment(segment, segment.everything & ~deleted))
        self._open, self._segments = opened, segments

    def article_ids(self) -> set[int]:
        """The articles of all documents that are not deleted."""
        found: set[int] = set()
        for open_segment in self.current():
            articles = open_segment.segment.articles
            found.update(articles[document] for document in bits.ascending(open_segment.live))
        return found
