"""First names and what they say about gender.

The list (`first_names.txt` beside this file) says in its header where it comes from; a name that
both men and women bear has no gender here. Reading it takes about 5 ms, once, when first asked.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Literal

Gender = Literal["m", "f"]

_OTHER_WORDS = """
abbey africa ahead alabama albany all america an and any april are art asia ask august aurora
austin autumn bank bay berlin best bill bishop bond book boston both box brazil brooklyn but can
carolina case cat central chance charity chase chelsea china christian city cleveland cliff common
constitution county court cruise cuba cup da dakota dallas dawn day de deacon dean dear del denver
destiny di do double du duke earl east eden egypt eight england essex even ever every faith
faithful far few fire first five for fortune four france free friday from gas general genesis
georgia germany glory gold golden good grace grant great guy had half harmony has haven heaven her
here high his holland holly home honor hope house houston how hunter in independence india indiana
ireland israel italy its ivory jersey jewel jordan journey joy judge just justice kansas kenya
king kingdom kyiv la last late lawyer le left legend les less liberty light lincoln line little
london long lord los lots love lucky magic major malaysia man many mar march marine marines
marshal may medical memphis men mercy messiah miami milan mine mission mon monday montana more
moscow most much my name nation near nevada new next nice no noble north norway not now nu ocean
odyssey old one only open orlando other our over oxford paris park part patience peace people
phoenix police pope power precious press price prince princess prosper prudence public queen quick
ready real red reign rich right rio river rome royal russia saint santa scotland sea season see
senator september seven since six sky so some son south star state sterling stone storm summer sun
sunday sunny super sydney syria tan temple ten tennessee than thank that the them then there these
they this those three thursday time to today too top town trade tri trinidad trinity true trump
tuesday two under union unique united unity us van venice very vi victory vienna virginia wales
wan war was washington way wednesday west what when where which white who why wide will win wisdom
with woman women wood yes yet york you young zion
"""

OFTEN_OTHER = frozenset(_OTHER_WORDS.split())
"""Names that, with a capital letter in news, more often mean a place, a month or a plain word."""


_PEOPLE_TOO = """
april austin bill chase chelsea christian clay cliff dawn dean drew duke earl faith florence grace
grant guy holly hope hunter jewel jordan joy june may mercy patience phoenix precious prudence
rich royal sterling summer sunny sydney trinity virginia will
"""
BEFORE_SURNAMES = frozenset(_PEOPLE_TOO.split())
"""Those of `OFTEN_OTHER` that, before another word with a capital, are mostly first names."""


def _plain(word: str) -> str:
    word = word.lower()
    if not word.isascii():
        word = "".join(
            c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)
        )
        word = (
            word.replace("ı", "i")
            .replace("ø", "o")
            .replace("ł", "l")
            .replace("đ", "d")
            .replace("’", "")
        )
    return word


@lru_cache(maxsize=1)
def _listed() -> dict[str, Gender | None]:
    text = Path(__file__).with_name("first_names.txt").read_text(encoding="ascii")
    found: dict[str, Gender | None] = {}
    genders: dict[str, Gender | None] = {"m:": "m", "f:": "f", "u:": None}
    gender: Gender | None = None
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        if line in genders:
            gender = genders[line]
        else:
            found.update(dict.fromkeys(line.split(), gender))
    return found


def gender_of(first_name: str) -> Gender | None:
    """Whether those who bear this first name are men ("m") or women ("f"); None if unknown or both.

    Capitals and accents do not matter. "Jean-Claude" is looked up whole, then by its first part.
    """
    listed = _listed()
    word = _plain(first_name)
    if word in listed:
        return listed[word]
    head, hyphen, _ = word.partition("-")
    return listed.get(head) if hyphen else None


def is_listed(word: str) -> bool:
    """Whether somebody bears this word as a first name, however often it means something else."""
    listed = _listed()
    word = _plain(word)
    return word in listed or ("-" in word and word.partition("-")[0] in listed)


def is_first_name(word: str) -> bool:
    """Whether this word, capitalised in news, is most likely somebody's first name."""
    return _plain(word) not in OFTEN_OTHER and is_listed(word)


def begins_name(word: str) -> bool:
    """Whether this word, before another with a capital, is most likely a first name ("Will")."""
    plain = _plain(word)
    return plain in BEFORE_SURNAMES or (plain not in OFTEN_OTHER and is_listed(word))
