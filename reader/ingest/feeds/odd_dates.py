"""Dates as feeds write them that keep to no standard."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from reader.core.article import Published
from reader.ingest.dating import read_date

_MONTHS: Final = {
    "January": "janv ene gen leden янв januára stycznia",
    "February": "févr fevr fév fev lut únor фев",
    "March": "mrt márc kvě mars březen мар marca",
    "April": "avr abr kwi duben апр kwietnia",
    "May": "maj mag maja mayıs květen мая май",
    "June": "giu cze červen июн июня juni czerwca",
    "July": "juil lug lip červenec июл июля lipca",
    "August": "août aout ago sie srpen авг augusti sierpnia",
    "September": "set wrz září сен сент września",
    "October": "out ott paź říjen окт października",
    "November": "listopad lis ноя listopada",
    "December": "déc dic gru prosinec дек grudnia",
}
"""What months are called that `dating` does not know, or only in full."""

_IN_ENGLISH: Final = {
    name: english for english, names in _MONTHS.items() for name in names.split()
} | {
    f"{stem}{ending}": english
    for english, stem in (
        ("January", "январ"), ("February", "феврал"), ("March", "март"), ("April", "апрел"),
        ("August", "август"), ("September", "сентябр"), ("October", "октябр"),
        ("November", "ноябр"), ("December", "декабр"),
    )
    for ending in ("я", "а", "ь", "")
}  # fmt: skip
_WORD: Final = re.compile(r"[^\W\d_]{3,12}\b\.?")
_EAST_ASIAN: Final = re.compile(
    r"(?<!\d)(\d{4})\s?[年년.]\s?(\d{1,2})\s?[月월.]\s?(\d{1,2})\s?(?:[日일.]|(?!\d))"
)
_EPOCH: Final = re.compile(r"(\d{9,10})(?:\d{3})?(?:\.\d{1,6})?")


def read_feed_date(raw: str) -> Published | None:
    """Return the date in a field of a feed: in any form of `dating.read_date`, with months of a
    dozen languages however short, as seconds or milliseconds since 1970, or as East Asia writes."""
    text = raw[:100].strip()
    if (epoch := _EPOCH.fullmatch(text)) is not None:
        return dt.datetime.fromtimestamp(int(epoch[1]), dt.UTC)
    found = read_date(text)
    if found is not None or not text:
        return found
    if (east := _EAST_ASIAN.search(text)) is not None:
        try:
            return dt.date(int(east[1]), int(east[2]), int(east[3]))
        except ValueError:
            return None
    return read_date(_WORD.sub(_in_english, text))


def _in_english(word: re.Match[str]) -> str:
    return _IN_ENGLISH.get(word[0].rstrip(".").casefold(), word[0])
