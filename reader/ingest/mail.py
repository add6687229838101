"""Mail: newsletters and wires in mailboxes, single messages, and pages saved as MHTML."""

from __future__ import annotations

import re
from binascii import a2b_base64
from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from typing import BinaryIO, Final

from reader.core.article import Article, BlockKind
from reader.core.text import clean, clean_line
from reader.errors import IntakeError
from reader.ingest import furniture, limits
from reader.ingest.addresses import web_address
from reader.ingest.build import Part, build_article
from reader.ingest.bylines import looks_like_person, read_byline
from reader.ingest.chunks import chunks_of, list_item
from reader.ingest.dating import read_date
from reader.ingest.encoding import decode
from reader.ingest.intake import Intake, IntakeFailure

_FROM_LINE: Final = re.compile(
    rb"From \S{1,300}\s.{0,100}\d\d:\d\d.{0,60}\Z|From \S{1,200}@\S{1,200}\s.{1,200}\Z"
)
_HEADER_END: Final = re.compile(rb"\n\r?\n")
_MOST_HEADER: Final = 256 * 1024
"""Bytes of a message's header: 200,000 lines of it take 5 s to be parsed, and 300 MB."""

_NO_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/]")
_MOST_PARTS: Final = 200
_DEEPEST: Final = 30
_MIME_LINE = re.compile(rb"(?im)^content-type:[ \t]*multipart/")


def read_mailbox(stream: BinaryIO, *, name: str, outlet: str | None = None) -> Iterator[Intake]:
    """Yield an article for each message of an mbox file, read one message at a time.

    A message that is too large, nested too deeply or without text is one failure; the others come
    in.
    """
    bad = 0
    for number, message in enumerate(_messages(stream), 1):
        try:
            if message is None:
                raise IntakeError(f"is larger than {limits.FILE >> 22} MB")
            yield read_message(message, outlet=outlet, path=name)
        except IntakeError as error:
            bad += 1
            if bad <= 50:
                yield IntakeFailure(name, f"message {number} {error}")
    if bad > 50:
        yield IntakeFailure(name, f"{bad - 50} more messages hold no article")


def read_message(data: bytes, *, outlet: str | None = None, path: str | None = None) -> Article:
    """Return the article in one mail message, or the page in an MHTML file.

    The subject is the title; the sender is the author if that is a person's name, else the outlet.
    Attachments are never looked at. Raises `IntakeError` where there is no text.
    """
    if len(_MIME_LINE.findall(data)) > _DEEPEST:
        raise IntakeError("is nested too deeply")
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(_bounded(data))
        return _article(message, outlet, path)
    except (MessageError, RecursionError, LookupError, ValueError, TypeError, AttributeError):
        raise IntakeError("is no message that can be read") from None


def _bounded(data: bytes) -> bytes:
    """A message without those lines of its header that are beyond all measure."""
    end = _HEADER_END.search(data)
    if end is None or end.start() <= _MOST_HEADER:
        return data
    return data[: data.rfind(b"\n", 0, _MOST_HEADER) + 1] + data[end.start() + 1 :]


def _messages(stream: BinaryIO) -> Iterator[bytes | None]:
    """The messages of an mbox file; None in place of one that is too large."""
    lines: list[bytes] = []
    size = 0
    blank = True
    limit = limits.FILE // 4
    while line := stream.readline(1 << 20):
        if blank and line.startswith(b"From ") and _FROM_LINE.match(line[:600].rstrip()):
            if size:
                yield b"".join(lines) if size <= limit else None
            lines, size = [], 0
        else:
            size += len(line)
            if size <= limit:
                lines.append(line[1:] if line.startswith(b">From ") else line)
        blank = not line.strip()
    if size:
        yield b"".join(lines) if size <= limit else None


def _article(message: Message, outlet: str | None, path: str | None) -> Article:
    """The article in a parsed message."""
    html, plain, place = _texts(message)
    if html and message.get_content_type() == "multipart/related" and place:
        from reader.ingest.pages.page import read_page

        return read_page(html.encode("utf-8", "replace"), outlet=outlet, path=path, url=place)
    parts = _parts_of_plain(plain) if len(plain) * 4 >= len(html) or not html else []
    if not parts and html:
        from reader.ingest.markup import parts_of_markup

        parts = parts_of_markup(html)
    if not parts:
        raise IntakeError("holds no text")
    sender = _sender(_header(message, "From"))
    is_person = looks_like_person(sender)
    group = re.sub(r"<[^<>]*>", "", _header(message, "List-Id")).strip(' "')
    return build_article(
        title=_header(message, "Subject"),
        parts=parts,
        byline=read_byline(sender) if is_person else (),
        published=read_date(_header(message, "Date")),
        outlet=outlet or group or (None if is_person else sender) or None,
        url=web_address(_header(message, "Archived-At").strip("<> ")),
        guid=_header(message, "Message-ID").strip("<> ") or None,
        path=path,
    )


def _texts(message: Message) -> tuple[str, str, str | None]:
    """The first HTML and the first plain text of a message, and a saved page's address."""
    html, plain = "", ""
    place: str | None = None
    for count, part in enumerate(message.walk()):
        if count > _MOST_PARTS or (html and plain):
            break
        kind = part.get_content_type()
        if part.is_multipart() or kind not in ("text/html", "text/plain"):
            continue
        if "attachment" in str(part.get("Content-Disposition", "")).lower():
            continue
        text = _text_of(part)
        if kind == "text/html" and not html:
            html, place = text, web_address(str(part.get("Content-Location", "")))
        elif kind == "text/plain" and not plain:
            plain = text
    return html, plain, place or web_address(str(message.get("Snapshot-Content-Location", "")))


def _text_of(part: Message) -> str:
    """The text of one part, whatever its encoding claims to be."""
    payload = part.get_payload(decode=True)
    data = (
        payload
        if isinstance(payload, bytes)
        else str(part.get_payload()).encode("utf-8", "replace")
    )
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64":
        data = _from_base64(part, data)
    charset = part.get_content_charset()
    return decode(data[: limits.BODY * 2], charset)


def _from_base64(part: Message, data: bytes) -> bytes:
    """What the library decoded, or where it gave up at damage, what can be decoded of it."""
    raw = str(part.get_payload()).encode("ascii", "replace")
    if b"".join(data.split()) != b"".join(raw.split()):
        return data
    whole = _NO_BASE64.sub(b"", raw)
    return a2b_base64(whole[: len(whole) // 4 * 4])


def _header(message: Message, name: str) -> str:
    """A header as one clean line, RFC 2047 words decoded before cleaning."""
    raw = message.get(name)
    if raw is None:
        return ""
    pieces: list[str] = []
    try:
        for word, charset in decode_header(str(raw)[: limits.ADDRESS]):
            pieces.append(decode(word, charset) if isinstance(word, bytes) else word)
    except (MessageError, ValueError, LookupError, TypeError):
        pieces = [str(raw)[: limits.ADDRESS]]
    return clean_line("".join(pieces), limits.ADDRESS)


def _sender(line: str) -> str:
    """The name in a From header, or the domain of the address where there is none."""
    name = re.sub(r"<[^<>]{0,300}>|\([^()]{0,100}\)", "", line).strip(" \"'")
    if name and "@" not in name:
        return name
    found = re.search(r"@([\w.-]{1,100})", line)
    return found[1] if found else ""


def _parts_of_plain(text: str) -> list[Part]:
    """The blocks of a plain text, without its signature and quoting marks."""
    text = re.split(r"\n-- ?\n", clean(text))[0]
    parts: list[Part] = []
    for chunk in chunks_of(text):
        if furniture.is_furniture(chunk) or not any(map(str.isalnum, chunk)):
            continue
        item = list_item(chunk)
        quoted = chunk.startswith(">")
        kind = BlockKind.BLOCKQUOTE if quoted else BlockKind.PARAGRAPH
        parts.append(Part(item, BlockKind.LIST_ITEM) if item else Part(chunk.lstrip("> "), kind))
    return parts
