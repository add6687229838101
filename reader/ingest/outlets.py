"""What publishers are called, and where a page says so."""

from __future__ import annotations

import re
from typing import Final

_WORDS = re.compile(
    r"\b(?:News|Times|Post|Press|Wire|Herald|Tribune|Gazette|Courier|Journal|Reuters|AFP|AP|BBC|"
    r"CNN|"
    r"NPR|dpa|UPI|PA Media|Bloomberg|Guardian|Telegraph|Observer|Chronicle|Mirror|Agency|Agence|"
    r"Magazine|Radio|TV|Television|Network|Today|Online|Mail|Express|Standard|Star|Daily|Weekly|"
    r"Editorial|Staff|Newsroom|Correspondents?|Reporters?|Desk|Team|Bureau|Report|Review|Media|"
    r"Independent|Globe|Examiner|Sentinel|Dispatch|Ledger|Bulletin|Mercury|Argus|Monitor|Packet|"
    r"Service|VOA|RFE|Lantern|Record|Echo|Advertiser|Reporter|Enquirer|Inquirer|Voice|Sun|Watch|"
    r"Board)\b"
)
_COPYRIGHT = re.compile(
    r"(?:copyright\s{0,3})?(?:©|\(c\)|&copy;|copyright)\s{0,3}(?:copyright\s)?"
    r"(?:\d{4}(?:\s?[-–]\s?\d{4})?)?,?\s{0,3}(?:by\s)?(?P<name>[^.|·•©]{2,80}?)\s{0,3}"
    r"(?:\d{4})?\s?(?:[.|·•,;]|[-–—]\s|\ball rights|\bunless\b|\Z)",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r",?\s(?:Inc|Ltd|LLC|Limited|plc|GmbH|Corp|Corporation|Company|Co|Group|Holdings)\.?\Z",
    re.IGNORECASE,
)
_BANNER_SPLIT = re.compile(r"\s[-–—|·•]\s|\s?[|:]\s|\.\s")
_CALL = re.compile(
    r"\b(?:join|subscribe|sign (?:up|in)|log ?in|click|advert|download|your|our|the largest|free|"
    r"welcome|shop|now)\b",
    re.IGNORECASE,
)

_SECTION_WORDS: Final = frozenset({
    "world", "local", "national", "international", "regional", "business", "sport", "sports",
    "breaking", "top", "latest", "health", "science", "politics", "political", "technology",
    "tech", "entertainment", "opinion", "culture", "lifestyle", "us", "uk", "eu", "home", "city",
    "region", "economy", "money", "markets", "weather", "crime", "travel", "education",
    "environment", "news", "report", "reports", "review", "reviews", "today", "daily", "weekly",
    "online", "media", "press", "tv", "radio", "staff", "team", "desk", "special", "watch",
    "live", "video", "photos", "editorial",
})  # fmt: skip
"""Words that sections are called by too: alone they name no outlet."""


def names_outlet(name: str) -> bool:
    """Whether `name` holds a word that newspapers, stations and agencies are called by."""
    return _WORDS.search(name) is not None


def outlet_from_copyright(line: str) -> str | None:
    """Return the holder in a line such as "© 2026 Harbour Wire. All rights reserved."."""
    found = _COPYRIGHT.match(line.strip()[:300])
    if not found:
        return None
    name = _COMPANY.sub("", found["name"].strip(" ,-–—"))
    if (
        not name
        or name.lower() in ("all rights reserved", "all rights", "rights")
        or name.isdigit()
    ):
        return None
    return name


def outlet_from_banner(line: str) -> str | None:
    """Return the outlet in a page's first line ("Harbour Wire - News of the coast"), if it is one.

    The first part counts when it is short, capitalised and has a word that outlets are called by.
    """
    name, *rest = [piece.strip() for piece in _BANNER_SPLIT.split(line[:300], maxsplit=1)]
    if rest and name.isupper() and name.isalpha() and len(name) <= 6 and names_outlet(rest[0]):
        return name  # "IRNA - Islamic Republic News Agency"
    words = name.split()
    if all(word.lower() in _SECTION_WORDS for word in words):
        return None
    if not 1 <= len(words) <= 5 or _CALL.search(name) or not names_outlet(_as_title(name)):
        return None
    if not all(w[0].isupper() or w in ("of", "and", "the", "for", "&") for w in words):
        return None
    return _as_title(name)


def _as_title(name: str) -> str:
    """ "BRANNOCK EXAMINER" as "Brannock Examiner"; short words in capitals stay ("BBC NEWS")."""
    if not name.isupper():
        return name
    return " ".join(w if len(w) <= 3 else w.capitalize() for w in name.split())
