"""When two articles are the same one, and when two speakers are.

An article is recognised by its feed's identifier, else by its address, else by its title and text
(in that order, since each is surer than the next, and each can be missing). Feeds give one
identifier to several stories, give a new one at every visit, and hang campaign marks on addresses;
the rules here are made for that.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from reader.core.article import Article
from reader.core.quotation import Speaker

_APOSTROPHES: Final = str.maketrans("’‘ʼ`´", "'''''")

_CAMPAIGN: Final = re.compile(
    r"utm_.*|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|cmpid|ns_(?:campaign|source|mchannel|"
    r"linkname|fee)|ref|ref_src|smid|sr_share|at_(?:medium|campaign|custom\d|link.*|format|ptr.*|"
    r"bbc_team)|xtor|spm|icid|ocid|taid|__twitter_impression",
    re.IGNORECASE,
)
"""Names of query parameters that say how a reader came, never what is read."""


def canonical_address(url: str | None) -> str | None:
    """The form of an article's address by which it is recognised, or None where it says nothing.

    Without scheme, `www.`, user and password, default port, fragment, campaign parameters and
    final slash; host in lower case, parameters sorted. A bare host names a site and no article.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").rstrip(".")
        port = parts.port
    except ValueError:
        return None
    if not host or parts.scheme.lower() not in ("http", "https"):
        return None
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=-._~").rstrip("/")
    wanted = [
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True)
        if not _CAMPAIGN.fullmatch(pair[0])
    ]
    if not path and not wanted:
        return None
    query = f"?{urlencode(sorted(wanted))}" if wanted else ""
    return f"{host}{path}{query}"


_ASCII: Final = bytes([10, *range(32, 127)])
"""All of ASCII that passes the gate for text."""

_UNCASED: Final = frozenset("“”‘’„–—…·•«»¡¿§°€£")
"""What else stands in many texts, is no blank and has no case."""


def fingerprint(article: Article) -> bytes:
    """Sixteen bytes that stand for title and text, whatever the case and the blanks."""
    return text_fingerprint(article.title, article.body)


def text_fingerprint(title: str, body: str) -> bytes:
    """The same of a title and a text."""
    text = f"{title}\n{body}"
    folded = _folded_bytes(text)
    if folded is None:
        # Splitting is four times as quick as a pattern that squeezes the blanks.
        folded = " ".join(text.casefold().split()).encode("utf-8", "replace")
    return blake2b(folded, digest_size=16).digest()


def _folded_bytes(text: str) -> bytes | None:
    """The text folded as UTF-8, which is twice as quick; None where something in it has a case or
    is a blank outside ASCII, which bytes do not know about."""
    data = text.encode("utf-8", "replace")
    foreign = data.translate(None, _ASCII).decode("utf-8")
    if not _UNCASED.issuperset(foreign):
        if foreign.casefold() != foreign or len(f"-{foreign}-".split()) > 1:
            return None
        return b" ".join(data.lower().split())
    # Splitting takes five times as long, and finds nothing to squeeze in what has passed the gate.
    line = data.lower().replace(b"\n\n", b" ").replace(b"\n", b" ")
    if b"  " in line or line.startswith(b" ") or line.endswith(b" "):
        return b" ".join(line.split())
    return line


def speaker_key(speaker: Speaker) -> str | None:
    """What joins the named speakers of all articles: kind and full name, whatever the case, the
    blanks and the shape of the apostrophe; None for the unnamed, who are never joined.

    Letters are not folded any further: a name with a look-alike letter in it stays another name.
    """
    if not speaker.named:
        return None
    name = " ".join(speaker.name.translate(_APOSTROPHES).casefold().split())
    return f"{speaker.kind.value}:{name}"
