"""What kind of thing a file is, told by its first bytes; names and extensions lie."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from typing import Final

from reader.ingest.encoding import decode

HEAD: Final = 65_536
"""How many bytes are looked at."""


class Kind(StrEnum):
    """The kinds of input that are told apart; the values can be shown."""

    EMPTY = "an empty file"
    GZIP = "a gzip file"
    WARC = "a web archive"
    MBOX = "a mailbox"
    MAIL = "a mail"
    JSON = "JSON"
    JSON_LINES = "JSON Lines"
    FEED = "a feed"
    OPML = "a subscription list"
    XML = "XML"
    HTML = "a web page"
    TEXT = "text"
    BINARY = "a binary file"
    ZIP = "a zip archive"
    PDF = "a PDF document"
    IMAGE = "an image"
    COMPRESSED = "a compressed file"
    DATABASE = "a database"


_MAGIC: Final = (
    (b"\x1f\x8b", Kind.GZIP),
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"%PDF-", Kind.PDF),
    (b"WARC/", Kind.WARC),
    (b"SQLite format 3", Kind.DATABASE),
    (b"\x89PNG", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"BZh", Kind.COMPRESSED),
    (b"\xfd7zXZ", Kind.COMPRESSED),
    (b"\x28\xb5\x2f\xfd", Kind.COMPRESSED),
    (b"7z\xbc\xaf", Kind.COMPRESSED),
    (b"\x7fELF", Kind.BINARY),
)
_ROOT = re.compile(
    r"(?:\s|<\?[^>]{0,4000}>|<!--.{0,8000}?-->|<!DOCTYPE[^>\[]{0,1000}(?:\[.{0,60000}?\]\s{0,99})?>)*"
    r"<(?P<root>!DOCTYPE|[A-Za-z_][\w.:-]{0,60})",
    re.IGNORECASE | re.DOTALL,
)
_FEEDS: Final = frozenset({"rss", "feed", "rdf", "rdf:rdf", "atom:feed", "channel"})
_TAGS = re.compile(r"<(?:html|head|body|article|div|p|h1|title|meta)\b", re.IGNORECASE)
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]")
_MAIL_FIELDS = re.compile(
    r"^(?:from|subject|date|message-id|received|mime-version|return-path|delivered-to):",
    re.IGNORECASE | re.MULTILINE,
)
_ODD = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\ufffd]")
_FROM_LINE = re.compile(rb"From \S{1,300} .{0,100}\d{4}|From .{1,200}\r?\n[A-Za-z-]{2,60}: ")


def sniff(head: bytes) -> Kind:
    """Return the kind of the input that begins with `head`, its first `HEAD` bytes."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    text = decode(head).lstrip("\ufeff\x00 \t\r\n")
    if not text.strip():
        return Kind.EMPTY
    if _is_binary(text):
        return Kind.BINARY
    if _FROM_LINE.match(head):
        return Kind.MBOX
    if text[0] == "{":
        return _json_kind(text, len(head) >= HEAD)
    if _has_objects(text):
        return Kind.JSON_LINES
    if text[0] == "[" and re.match(r'\[\s*(?:[{\]\["\d-]|null|true|false|\Z)', text):
        return Kind.JSON
    if text[0] == "<":
        return _markup_kind(text)
    if _HEADER.match(text) and len(_MAIL_FIELDS.findall(text[:8000])) >= 2:
        return Kind.MAIL
    if len(_TAGS.findall(text[:8000])) >= 4:
        return Kind.HTML
    return Kind.TEXT


def _is_binary(text: str) -> bool:
    """Whether decoded bytes are mostly no text: more than a tenth controls or replacements."""
    sample = text[:20_000]
    return len(_ODD.findall(sample)) * 10 > len(sample)


def _json_kind(text: str, is_cut: bool) -> Kind:
    """JSON Lines, where whole objects stand on lines of their own, or one JSON document."""
    lines = [line for line in text.split("\n")[:20] if line.strip()]
    whole = [line for line in (lines[:-1] if is_cut else lines) if _is_object(line)]
    if not whole:
        items = re.search(r'"(?:items|version)"\s{0,9}:', text[:4000])
        return Kind.JSON_LINES if is_cut and len(lines) == 1 and not items else Kind.JSON
    if len(lines) == 1:
        first = json.loads(whole[0])
        return Kind.JSON if isinstance(first.get("items"), list) else Kind.JSON_LINES
    return Kind.JSON_LINES


def _has_objects(text: str) -> bool:
    """Whether most of the first lines are JSON objects, though the very first is none."""
    lines = [line for line in text[:20_000].split("\n")[:10] if line.strip()]
    if lines[0].strip() == "[":  # a list, with what it holds on lines of its own
        return False
    return sum(map(_is_object, lines)) * 2 >= max(len(lines), 4)


def _is_object(line: str) -> bool:
    """Whether a line is one JSON object."""
    line = line.strip()
    if not (line.startswith("{") and line.endswith("}")):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _markup_kind(text: str) -> Kind:
    """The kind of a text that begins with "<", by its root element."""
    found = _ROOT.match(text)
    root = found["root"].lower() if found else ""
    if root in _FEEDS or root.endswith((":rss", ":feed")):
        return Kind.FEED
    if root == "opml":
        return Kind.OPML
    if root.rpartition(":")[2] in ("newsmessage", "newsitem", "nitf", "newsml"):
        return Kind.XML
    if root in ("html", "!doctype") or _TAGS.search(text[:8000]):
        inner = re.search(r"<(rss|feed|opml|rdf:RDF)\b", text[:4000])
        if (
            inner
            and root not in ("html",)
            and not re.search(r"<html\b", text[:4000], re.IGNORECASE)
        ):
            return Kind.OPML if inner[1] == "opml" else Kind.FEED
        return Kind.HTML
    return Kind.XML if found else Kind.TEXT
