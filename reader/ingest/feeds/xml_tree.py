"""Bytes of XML, well-formed or not, to a tree: feeds and subscription lists begin as that."""

from __future__ import annotations

import html.entities
import re
from typing import Any, Final

from reader.ingest.encoding import as_utf8

_CONTROLS: Final = bytes(c for c in range(32) if c not in (9, 10, 13)) + b"\x7f"
_DECLARATION = re.compile(rb"\A\s*<\?xml[^>]{0,500}\?>")
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_NUMBER = re.compile(rb"&#(?:([0-9]{1,9})|[xX]([0-9a-fA-F]{1,8}));")
_LOOSE = re.compile(rb"&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
_REFERRED = re.compile(rb"&#(?:0{0,9}27|[xX]0{0,9}1[bB]);")
_ESCAPE = re.compile(
    rb"\x1b(?:\[[0-;=?]*[ -%'-/]*[@-~]?"
    rb"|[\]PX^_][^\x00-\x1f\x7f<>&]*(?:\x07|\x1b\\)?"
    rb"|[ -%'-/]*[0-;=?-~])"
)
"""What a terminal obeys: it goes as a whole, not the first byte of it with the controls; but no
character that is markup goes with it."""

_START = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_MOST_JUNK: Final = 8_192


def parse_xml(data: bytes) -> Any:
    """Return the root of an XML document (an lxml element), None if there is none.

    No DTD is loaded, no entity expanded, nothing fetched; nesting and lengths are limited.
    """
    return parse_tree(data, None)[0]


def parse_tree(data: bytes, declared: str | None) -> tuple[Any, str | None]:
    """The root element, and what is wrong with the document if it is not well-formed."""
    from lxml import etree  # type: ignore[import-untyped]

    raw = _REFERRED.sub(b"\x1b", as_utf8(data, declared))
    if b"\x1b" in raw:
        raw = _ESCAPE.sub(b"", raw)
    raw = without_junk(raw.translate(None, _CONTROLS))
    raw = _ENTITY.sub(
        _character, _DECLARATION.sub(b"", raw.lstrip(b"\xef\xbb\xbf"), count=1).lstrip()
    )
    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False,
            "remove_comments": True, "remove_pis": True, "encoding": "utf-8"}  # fmt: skip
    try:
        return etree.fromstring(raw, etree.XMLParser(**safe)), None
    except etree.XMLSyntaxError:
        pass
    except ValueError:
        return None, None
    parser = etree.XMLParser(recover=True, **safe)
    try:
        root = etree.fromstring(_NUMBER.sub(_numbered, _LOOSE.sub(b"&amp;", raw)), parser)
    except (etree.LxmlError, ValueError):
        return None, None
    unfinished = {
        etree.ErrorTypes.ERR_TAG_NOT_FINISHED,
        etree.ErrorTypes.ERR_CDATA_NOT_FINISHED,
        etree.ErrorTypes.ERR_RESOURCE_LIMIT,
    }
    is_cut = any(error.type in unfinished for error in parser.error_log)
    # Cut in the midst of a tag, only that tag is complained of.
    if is_cut or (root is not None and not _is_ended(root, raw)):
        return root, "is cut short or broken; what came whole has been read"
    return root, None


def without_junk(data: bytes) -> bytes:
    """A feed without what stands before it: programs print their warnings there."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        return data
    start = _START.search(data, 0, _MOST_JUNK)
    if start is None:
        return data
    declaration = data.rfind(b"<?xml", 0, start.start())
    return data[start.start() if declaration < 0 else declaration :]


def _is_ended(root: Any, raw: bytes) -> bool:
    """Whether the document goes on to the end of its outermost element."""
    name = root.tag.rpartition("}")[2]
    name = f"{root.prefix}:{name}" if root.prefix else name
    return re.search(
        rb"</" + re.escape(name.encode()) + rb"\s*>", raw, re.IGNORECASE
    ) is not None or (len(root) == 0 and raw.rstrip().endswith(b"/>"))


def _character(entity: re.Match[bytes]) -> bytes:
    """The character that HTML calls by a name; unknown names stay."""
    text = html.entities.html5.get(entity[1].decode("ascii") + ";")
    return text.encode("utf-8") if text and text not in "<>&\"'" else entity[0]


def _numbered(reference: re.Match[bytes]) -> bytes:
    """A reference to a character by its number; nothing for what XML does not allow: lxml breaks
    off at half a pair of surrogates."""
    number = int(reference[1]) if reference[1] else int(reference[2], 16)
    is_good = number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE
    return reference[0] if is_good or 0x10000 <= number < 0x110000 else b""
