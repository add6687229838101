"""How our segments sit inside a Whoosh index: a codec, a segment class, a writer, a folder.

Whoosh keeps the schema, the list of segments and deletions (the `.toc` file, changed in one
rename), the write lock and the sweeping up of old files, and any Whoosh query can be put to the
index. What its own codec does in pickled blocks, `segmentfile` does in plain arrays.

The `.toc` file is a pickle, and names the classes of this module and of `schema`: neither may move
without a new `VERSION`. A pickle from a stranger runs a stranger's code, so the folder must be
ours."""

from __future__ import annotations

import io
import os
import stat
import warnings
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reader.errors import DamagedIndexError, SearchIndexError
from reader.search.inverter import Inverter

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh.codec import base
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.structfile import StructFile
    from whoosh.writing import SegmentWriter

EXTENSION = ".dat"
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class ArraySegment(base.Segment):  # type: ignore[misc]
    """What the `.toc` file keeps about one segment."""

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self._count = 0
        self._deleted: set[int] = set()

    def codec(self) -> ArrayCodec:
        """The codec that reads it."""
        return ArrayCodec()

    def set_doc_count(self, count: int) -> None:
        """Remember how many documents were written."""
        self._count = count

    def doc_count_all(self) -> int:
        """Documents, deleted ones included."""
        return self._count

    def doc_count(self) -> int:
        """Documents that are not deleted."""
        return self._count - len(self._deleted)

    def deleted_count(self) -> int:
        """How many are deleted."""
        return len(self._deleted)

    def has_deletions(self) -> bool:
        """Whether any is deleted."""
        return bool(self._deleted)

    def deleted_docs(self) -> set[int]:
        """The numbers of the deleted ones."""
        return self._deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Mark one as deleted."""
        self._deleted.add(docnum) if delete else self._deleted.discard(docnum)

    def is_deleted(self, docnum: int) -> bool:
        """Whether one is deleted."""
        return docnum in self._deleted

    def should_assemble(self) -> bool:
        """Never packed into one compound file: it is one file."""
        return False


class _NothingToWrite:
    """Stands in for Whoosh's writers of postings and columns: the inverter does their work."""

    is_closed = True

    def close(self) -> None:
        """Nothing is open."""


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Reads our segments for Whoosh's own queries; they are written by `ArrayWriter` only."""

    length_stats = False

    def per_document_writer(self, storage: Any, segment: Any) -> _NothingToWrite:
        """See `ArrayWriter`."""
        return _NothingToWrite()

    def field_writer(self, storage: Any, segment: Any) -> _NothingToWrite:
        """See `ArrayWriter`."""
        return _NothingToWrite()

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:
        """A segment without documents."""
        return ArraySegment(indexname)

    def terms_reader(self, storage: Any, segment: Any) -> Any:
        """Words and postings, as Whoosh wants them."""
        from reader.search.whooshreader import ArrayTermsReader

        return ArrayTermsReader(storage, segment)

    def per_document_reader(self, storage: Any, segment: Any) -> Any:
        """Stored ids and lengths, as Whoosh wants them."""
        from reader.search.whooshreader import ArrayDocumentReader

        return ArrayDocumentReader(storage, segment)


class ArrayWriter(SegmentWriter):  # type: ignore[misc]
    """A Whoosh writer whose new segment is what its `inverter` has collected."""

    def __init__(self, index: Any, timeout: float) -> None:
        self.inverter = Inverter()
        super().__init__(index, codec=ArrayCodec(), compound=False, timeout=timeout, limitmb=1)

    def commit_with(self, choose: Callable[[list[ArraySegment]], list[ArraySegment]]) -> None:
        """Commit, keeping of the old segments those that `choose` gives back."""
        self._added = len(self.inverter) > 0
        self.commit(mergetype=lambda _, segments: choose(segments))

    def _finalize_segment(self) -> ArraySegment:
        segment: ArraySegment = self.newsegment
        path = Path(self.storage.folder) / segment.make_filename(EXTENSION)
        handle = os.open(path, _NEW_FILE, 0o600)
        with os.fdopen(handle, "wb") as stream:
            self.inverter.write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        segment.set_doc_count(len(self.inverter))
        self._close_segment()
        return segment


class ArchiveStorage(FileStorage):  # type: ignore[misc]
    """The folder of an index that belongs to us alone; its `.toc` files carry a checksum.

    Whoosh neither syncs nor checks that file, and unpickles whatever it finds there.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), supports_mmap=False)

    def check_owner(self) -> None:
        """Raise `SearchIndexError` if anybody else could have written here."""
        if os.name != "posix":
            return
        names = [name for name in self.list() if name.endswith((".toc", EXTENSION))]
        for path in [self.folder, *(str(Path(self.folder) / name) for name in names)]:
            try:
                facts = os.lstat(path)
            except FileNotFoundError:
                continue
            if stat.S_ISLNK(facts.st_mode):
                raise SearchIndexError(
                    f"{path} is a link; the search index must be a folder of its own"
                )
            if facts.st_uid != os.geteuid():
                raise SearchIndexError(
                    f"{path} belongs to another user; the search index will not be opened. "
                    "Move it away and run: onrecord rebuild"
                )
            if facts.st_mode & 0o022:
                raise SearchIndexError(
                    f"{path} can be written by other users; the search index will not be opened. "
                    "Move it away and run: onrecord rebuild"
                )

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Put a finished file into place; a `.toc` is sealed with its checksum and synced first."""
        if newname.endswith(".toc"):
            old = Path(self._fpath(oldname))
            old.chmod(0o600)
            with old.open("r+b") as stream:
                checksum = zlib.crc32(stream.read())
                stream.write(checksum.to_bytes(4, "little"))
                stream.flush()
                os.fsync(stream.fileno())
        super().rename_file(oldname, newname, safe)
        if newname.endswith(".toc") and os.name == "posix":
            folder = os.open(self.folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def open_file(self, name: str, **options: Any) -> Any:
        """Open a file for Whoosh; a `.toc` only if its checksum is right."""
        if not name.endswith(".toc"):
            return super().open_file(name, **options)
        data = Path(self._fpath(name)).read_bytes()
        if len(data) < 4 or zlib.crc32(data[:-4]) != int.from_bytes(data[-4:], "little"):
            raise DamagedIndexError(
                f"the search index is damaged ({name}); build it again: onrecord rebuild"
            )
        return StructFile(io.BytesIO(data[:-4]), name=name)
