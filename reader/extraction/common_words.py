"""Common English words and what sort of word each is: part of speech, and sort of thing or deed.

The list (`common_words.txt` beside this file) says in its header where it comes from; it is read
once, when first asked. Inflected forms are led back to the words they are forms of.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple


class Sort(NamedTuple):
    """What a word can be."""

    parts: str
    """Of "NVJR", the commonest first: noun, verb, adjective, adverb."""
    noun: str
    """What the noun mostly means ("person", "communication", ...); "-" if it is hardly a noun."""
    verb: str


@cache
def _read() -> tuple[dict[str, Sort], dict[str, str]]:
    words: dict[str, Sort] = {}
    text = Path(__file__).with_name("common_words.txt").read_text(encoding="ascii")
    key, *rest = text[text.rindex("# ") :].split(":\n")
    key = key.rpartition("\n")[2]
    for group in rest:  # its words, and in the last line the key of the next
        body, _, following = group.rpartition("\n")
        if key != "forms":
            words.update(dict.fromkeys(body.split(), Sort(*key.split())))
        key = following
    forms = dict(pair.split("/") for pair in body.split())
    return words, forms


def sort_of(word: str) -> tuple[str, str] | None:
    """Class and coarse class of a small word: ("NV/act", "wNV"), or None for one not known.

    The class lists the forms that it can be (N noun, Ns its plural, V verb, Vs, Vd past or
    participle, Vg -ing, J, R), and after the stroke what the commonest mostly means.
    """
    words, forms = _read()
    sort = words.get(word)
    plural = _of_noun(word, words, forms)
    verb, form = _of_verb(word, words, forms)
    if verb is not None and form != "Vs":
        found = {form, *(sort.parts if sort else "")} - {"V"}
        return f"{''.join(sorted(found))}/v{verb.verb}", _COARSE[form]
    if verb is not None or plural is not None:
        # "works": what the noun means if it is a noun more often than a verb.
        found = {"Ns"} if plural else set()
        if verb is not None:
            found.add("Vs")
        noun = plural is not None and (verb is None or plural.parts[0] == "N")
        sense = plural.noun if plural is not None and noun else f"v{verb.verb if verb else ''}"
        cls = "".join(sorted(found))
        return f"{cls}/{sense}", "w" + cls
    if sort is None:
        return None
    top = sort.parts[0]
    cls = "".join(sorted(sort.parts))
    sense = sort.noun if top == "N" else f"v{sort.verb}" if top == "V" else ""
    coarse = "w" + cls if cls in ("N", "NV", "V") else _COARSE.get(top, "w")
    return f"{cls}/{sense}", coarse


_COARSE = {"Vd": "wed", "Vg": "wing", "R": "wly", "J": "wJ"}


def _of_noun(word: str, words: dict[str, Sort], forms: dict[str, str]) -> Sort | None:
    for stem in _stems(word, forms, "s"):
        sort = words.get(stem)
        if sort is not None and "N" in sort.parts:
            return sort
    return None


def _of_verb(word: str, words: dict[str, Sort], forms: dict[str, str]) -> tuple[Sort | None, str]:
    ending = next((e for e in ("s", "ed", "ing") if word.endswith(e)), "")
    for stem in _stems(word, forms, ending):
        sort = words.get(stem)
        if sort is not None and "V" in sort.parts:
            return sort, {"s": "Vs", "ing": "Vg"}.get(ending, "Vd")
    return None, ""


def _stems(word: str, forms: dict[str, str], ending: str) -> list[str]:
    if word in forms:
        return [forms[word]]
    if not ending or len(word) < len(ending) + 2 or not word.endswith(ending):
        return []
    stem = word[: -len(ending)]
    out = [stem]
    if ending == "s":
        if stem.endswith("ie"):
            out.append(stem[:-2] + "y")
        elif stem.endswith("e"):
            out.append(stem[:-1])
        return [] if stem.endswith("s") else out
    out.insert(0, stem + "e")
    if stem[-1:] == stem[-2:-1]:
        out.append(stem[:-1])
    elif stem.endswith("i"):
        out.append(stem[:-1] + "y")
    return out
