"""The errors a user can meet, each with one clear line as its message.

Foreign exceptions (sqlite3, OSError, Whoosh, parsers) are caught at the edge where they arise and
raised again as one of these, naming the file, key, query or address, and what to do about it.
"""

from __future__ import annotations


class ReaderError(Exception):
    """Anything that ends as one line on stderr or in the status line, never as a traceback."""


class SettingsError(ReaderError):
    """A setting is wrong; the message names the file and the key. Exit code 2."""


class UsageError(ReaderError):
    """The command line asks for something that makes no sense. Exit code 2."""


class IntakeError(ReaderError):
    """A file, page or feed holds no article that can be read; the rest still comes in."""


class ArchiveError(ReaderError):
    """The archive cannot be opened, read or written."""


class SearchIndexError(ReaderError):
    """The full-text index cannot be used just now; it can be built again from the store."""


class DamagedIndexError(SearchIndexError):
    """A file of the index is not as it was written: the index is thrown away and built again."""


class QueryError(ReaderError):
    """The query cannot be understood; the message says where and what was expected. Exit code 2."""
