"""Compile the list of common English words, with what sort of word each is, that the engine ships.

Run by hand, with the database of WordNet 3.0 at hand (Debian's package wordnet-base has it):

    python tests/training/compile_common_words.py /usr/share/wordnet

Kept are the words that WordNet's own count of a sense-tagged corpus has met, and, unmet, single
words for people. Each word's parts of speech (noun, verb, adjective, adverb) stand in order of how
often it is one, those that make up a tenth and more; then the sort of thing or deed that its noun
and its verb mostly mean (WordNet's lexicographer files: person, communication, motion ...). Forms
that follow no rule come along from WordNet's lists of exceptions.
"""

from __future__ import annotations

import sys
import textwrap
from collections import Counter, defaultdict
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "reader" / "extraction" / "common_words.txt"
PARTS = {1: "N", 2: "V", 3: "J", 4: "R", 5: "J"}
SORTS = """
adj adj adv tops act animal artifact attribute body cognition communication event feeling food
group location motive object person phenomenon plant possession process quantity relation shape
state substance time body change cognition communication competition consumption contact creation
emotion motion perception possession social stative weather adj
""".split()
"""WordNet's lexicographer files, by number."""
SHARE = 0.1
LEAST = 1
SMOOTH = 0.3
"""Added to every part of speech that a word can be, met or not."""


def _wrapped(words: list[str]) -> str:
    return "\n".join(textwrap.wrap(" ".join(sorted(words)), 98, break_on_hyphens=False))


def main() -> None:
    """Write the list."""
    folder = Path(sys.argv[1])
    met: defaultdict[str, Counter[str]] = defaultdict(Counter)
    sorts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for line in (folder / "cntlist.rev").read_text().splitlines():
        key, _, count = line.split()
        word, rest = key.split("%")
        kind, file = rest.split(":")[:2]
        if word.isalpha() and word.islower():
            part = PARTS[int(kind)]
            met[word][part] += int(count)
            sorts[word, part][SORTS[int(file)]] += int(count)
    first_sense: dict[tuple[str, str], str] = {}
    for part, name in (("N", "noun"), ("V", "verb"), ("J", "adj"), ("R", "adv")):
        file_of = {}
        for line in (folder / f"data.{name}").read_text().splitlines():
            if line[0] != " ":
                place, number, _ = line.split(None, 2)
                file_of[place] = SORTS[int(number)]
        for line in (folder / f"index.{name}").read_text().splitlines():
            cells = line.split()
            if line[0] != " " and cells[0].isalpha():
                first_sense[cells[0], part] = file_of[cells[6 + int(cells[3])]]
    groups: defaultdict[str, list[str]] = defaultdict(list)
    kept = set()
    for word in sorted({word for word, _ in first_sense}):
        parts = [p for p in "NVJR" if (word, p) in first_sense]
        total = sum(met[word].values())
        person = parts[0] == "N" and first_sense[word, "N"] == "person"
        if len(word) < 3 and word not in ("go", "do"):
            continue
        if total < LEAST and not (person and parts == ["N"]):
            continue
        weight = {p: met[word][p] + SMOOTH for p in parts}
        whole = sum(weight.values())
        often = sorted((p for p in parts if weight[p] >= SHARE * whole), key=lambda p: -weight[p])
        told = []
        for part in "NV":
            if part in often:
                found = sorts[word, part]
                told.append(
                    max(found, key=lambda s: found[s]) if found else first_sense[word, part]
                )
            else:
                told.append("-")
        groups[" ".join(["".join(often), *told])].append(word)
        kept.add(word)
    odd: set[str] = set()
    for name, part in (("noun", "N"), ("verb", "V")):
        for line in (folder / f"{name}.exc").read_text().splitlines():
            form, word = line.split()[:2]
            if word in kept and form.isalpha() and form != word and (word, part) in first_sense:
                odd.add(f"{form}/{word}")
    header = (
        "# Common English words by what they are: parts of speech, the commonest first, then what\n"
        "# the noun and the verb mostly mean. Made by tests/training/compile_common_words.py from\n"
        "# WordNet 3.0, Copyright 2006 by Princeton University: see common_words.LICENSE.\n"
    )
    groups["forms"] = list(odd)
    body = "".join(f"{group}:\n{_wrapped(groups[group])}\n" for group in sorted(groups))
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else TARGET
    target.write_text(header + body, encoding="ascii")
    print(
        len(kept),
        "words,",
        len(odd),
        "forms,",
        target.stat().st_size,
        "bytes,",
        len(groups),
        "groups",
    )


if __name__ == "__main__":
    main()
