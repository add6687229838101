"""Compile the list of first names and their genders that the extraction engine ships.

Run by hand, with two packages installed that the project itself never needs:

    pip install faker==40.54.0 names==0.3.0
    python tests/training/compile_first_names.py

It reads the first-name lists of the 1990 census of the United States (in `names`; public domain),
those of every locale of `faker` that are in Latin letters or can be put into them letter by letter
(Cyrillic and Greek; MIT licence), and `world_first_names.txt` beside this file (written for this
project), and writes `reader/extraction/first_names.txt`.

Each list votes; the census votes with the shares of women and men who bear a name. A name that four
fifths of the votes give to one gender gets that gender, any other is a name for both.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import textwrap
import unicodedata
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE.parent.parent / "reader" / "extraction" / "first_names.txt"

_CYRILLIC = "a,b,v,g,d,e,z,i,y,k,l,m,n,o,p,r,s,t,u,f,kh,ts,,y,,e,i,yi,ye,g,g,j,lj,nj,k,dz"
_GREEK = "a,v,g,d,e,z,i,th,i,k,l,m,n,x,o,p,r,s,t,y,f,ch,ps,o,s,i,y"
CYRILLIC = dict(
    zip(
        "абвгдезийклмнопрстуфхцъыьэіїєґѓјљњќџ",
        _CYRILLIC.split(","),
        strict=False,
    )
) | {
    "ж": "zh",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ю": "yu",
    "я": "ya",
    "ё": "yo",
    "ъ": "",
    "ь": "",
}
GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψωςϊϋ",
        _GREEK.split(","),
        strict=True,
    )
)
CENSUS_VOTES = 6.0
"""The census counts real people, so it weighs as much as six lists."""

HAND_VOTES = 4.0

LONG_TAILS = {"is_IS", "bg_BG"}
"""Lists of thousands of rare names; they only vote on names that another list has too."""


def plain(name: str) -> str | None:
    """The name in small ASCII letters, or None if it cannot be put into them."""
    name = unicodedata.normalize("NFC", name.strip().lower())
    name = "".join(CYRILLIC.get(c, c) for c in name)
    name = "".join(GREEK.get(c, GREEK.get(unicodedata.normalize("NFD", c)[0], c)) for c in name)
    table = {
        "ı": "i",
        "ə": "a",
        "ø": "o",
        "đ": "d",
        "ł": "l",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
        "’": "",
        "'": "",
    }
    name = "".join(table.get(c, c) for c in name)
    name = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return name if re.fullmatch(r"[a-z]{2,}(?:-[a-z]+)?", name) else None


def votes() -> dict[str, list[float]]:
    """Votes for a man's and for a woman's name."""
    count: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])

    import names as census

    share: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for which, file in enumerate(("dist.male.first", "dist.female.first")):
        for line in (Path(census.__file__).parent / file).read_text().splitlines():
            name, per_cent = line.split()[:2]
            share[name.lower()][which] += float(per_cent) + 0.0005
    for name, (men, women) in share.items():
        count[name][0] += CENSUS_VOTES * men / (men + women)
        count[name][1] += CENSUS_VOTES * women / (men + women)

    import faker.providers.person as person

    modules = sorted(
        pkgutil.iter_modules(person.__path__), key=lambda m: (m.name in LONG_TAILS, m.name)
    )
    for module in modules:
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for which, gender in enumerate(("male", "female")):
            found: set[str] = set()
            for attribute in (f"first_names_{gender}", f"first_romanized_names_{gender}"):
                for name in vars(provider).get(attribute, ()):
                    word = plain(name)
                    if word is not None:
                        found.add(word)
            for word in found:
                if module.name in LONG_TAILS and word not in count:
                    continue
                count[word][which] += 1.0

    for line in (HERE / "world_first_names.txt").read_text().splitlines():
        if line.startswith("#"):
            continue
        gender, _, rest = line.partition(":")
        for name in set(rest.split()):
            word = plain(name)
            if word is None:
                sys.exit(f"not a name: {name}")
            count[word][0] += HAND_VOTES * {"m": 1.0, "f": 0.0, "u": 0.5}[gender]
            count[word][1] += HAND_VOTES * {"m": 0.0, "f": 1.0, "u": 0.5}[gender]
    return count


def main() -> None:
    """Write the list."""
    by_gender: dict[str, list[str]] = {"m": [], "f": [], "u": []}
    for name, (men, women) in votes().items():
        share = men / (men + women)
        by_gender["m" if share >= 0.8 else "f" if share <= 0.2 else "u"].append(name)
    header = (
        "# First names and the gender of those who bear them: m, f, or u for both. Made by\n"
        "# tests/training/compile_first_names.py from the 1990 US census (public\n"
        "# domain), the name lists of Faker (MIT licence, (c) 2012 Daniele Faraglia) and\n"
        "# tests/training/world_first_names.txt (CC0). Small letters, without accents.\n"
    )
    body = "".join(
        f"{gender}:\n"
        + "\n".join(textwrap.wrap(" ".join(sorted(found)), 118, break_on_hyphens=False))
        + "\n"
        for gender, found in by_gender.items()
    )
    TARGET.write_text(header + body, encoding="ascii")
    print(
        {gender: len(found) for gender, found in by_gender.items()}, TARGET.stat().st_size, "bytes"
    )


if __name__ == "__main__":
    main()
