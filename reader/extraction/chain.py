"""A text as the model reads it: a chain of items in which a run in quotation marks is ONE item.

So the words on either side of a long quotation stand next to it, and styles of marks make no
difference. Sentences with neither marks nor a word of speech are one item too ("GAP"), and the
borders of paragraphs are items of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from reader.extraction.lexicon_words import MESSAGES, NEVER_LAST, SENTENCE_STARTERS
from reader.extraction.marks import Run, quotation_runs
from reader.extraction.tokens import Tokens
from reader.extraction.wordclass import word_class

WORD, RUN, BREAK, GAP = 0, 1, 2, 3
_LAST_LETTERS = frozenset(".?!…")
_ENDERS = frozenset((".", "?", "!", "…", "...", "...."))
_CLOSERS = frozenset((")", "]", "'", "’", '"', "”", "''", "’’", "»"))
_STARTERS = frozenset(
    ("according", "reportedly", "allegedly", "went", "goes", "put", "puts", "made", "makes")
)


@dataclass(slots=True)
class Chain:
    """Parallel lists, one entry an item."""

    tokens: Tokens
    runs: list[Run]
    sort: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    """The item's first token."""
    last: list[int] = field(default_factory=list)
    """Just past the item's last token; equal to `first` for a border."""
    fine: list[str] = field(default_factory=list)
    coarse: list[str] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    """Half-open item ranges of the sentences kept."""
    run_of: dict[int, Run] = field(default_factory=dict)
    """Item -> its run."""

    def __len__(self) -> int:
        return len(self.sort)


def build_chain(tokens: Tokens, taken: frozenset[int] = frozenset()) -> Chain:
    """The chain of a text, the paragraphs numbered in `taken` as gaps. Linear in the tokens."""
    runs = quotation_runs(tokens)
    chain = Chain(tokens, runs)
    words = tokens.words
    # Where a sentence may end, and behind the last token where nothing does.
    stops = [i for i, word in enumerate(words) if word[-1] in _LAST_LETTERS]
    stops.append(len(words))
    at = stop = 0
    for number, (begin, end) in enumerate(tokens.paragraphs):
        if number:
            _append(chain, BREAK, begin, begin, "¶", "¶")
        if number in taken:
            _gap(chain, begin, end)
            while at < len(runs) and runs[at].first < end:
                at += 1
            continue
        i = start = begin
        inside: list[Run] = []
        while i < end:
            while stops[stop] < i:
                stop += 1
            if at < len(runs) and runs[at].first < min(stops[stop], end):
                run = runs[at]
                at += 1
                inside.append(run)
                i = run.last
                over = _ends_after_run(words, run, i, end)
            elif stops[stop] < end:
                i = stops[stop] + 1
                over = _ends_with_word(words, i, end)
                if over:
                    while (
                        i < end and words[i] in _CLOSERS and tokens.starts[i] == tokens.ends[i - 1]
                    ):
                        if at < len(runs) and runs[at].first == i:
                            break
                        i += 1
                    over = i == end or not (words[i][0].islower() or words[i] in ",;")
            else:
                break
            if over:
                _sentence(chain, start, i, inside)
                start, inside = i, []
        if start < end:
            _sentence(chain, start, end, inside)
    return chain


def _ends_with_word(words: list[str], i: int, end: int) -> bool:
    """Whether the word before token i may end a sentence."""
    word = words[i - 1]
    if word in _ENDERS:
        return True
    if word[-1] != "." or i >= end or word in NEVER_LAST:
        return False
    # "p.m." and the like end a sentence when a word follows that starts one.
    following = words[i]
    return following[0].isupper() and following.lower() in SENTENCE_STARTERS


def _ends_after_run(words: list[str], run: Run, i: int, end: int) -> bool:
    if i >= end or not run.closed or run.last - run.first < 3:
        return False
    inner = words[run.last - 2]
    if inner in (".", "...", "…"):
        return not words[i][0].islower() and words[i] not in ",;:-)—–"
    return False


@lru_cache(maxsize=16_000)
def _speaks(word: str) -> bool:
    coarse = word_class(word)[1]
    if coarse[0] == "V":
        return coarse[1] == "s" or word in _STARTERS
    return (
        coarse in ("MSG", "ACCORDING", "TOLD", ":") or word in _STARTERS or word.lower() in MESSAGES
    )


def _append(chain: Chain, sort: int, first: int, last: int, fine: str, coarse: str) -> None:
    chain.sort.append(sort)
    chain.first.append(first)
    chain.last.append(last)
    chain.fine.append(fine)
    chain.coarse.append(coarse)


def _gap(chain: Chain, first: int, last: int) -> None:
    if chain.sort and chain.sort[-1] == GAP:
        chain.last[-1] = last
    else:
        _append(chain, GAP, first, last, "GAP", "GAP")


def _sentence(chain: Chain, first: int, last: int, inside: list[Run]) -> None:
    """The items of a sentence with these runs in it; a gap if nothing there can be reported."""
    words = chain.tokens.words
    if not inside and not any(map(_speaks, words[first:last])):
        _gap(chain, first, last)
        return
    begin = len(chain.sort)
    for run in inside:
        _words(chain, first, run.first)
        chain.run_of[len(chain.sort)] = run
        _append(chain, RUN, run.first, run.last, *run_class(words, run))
        first = run.last
    _words(chain, first, last)
    chain.sentences.append((begin, len(chain.sort)))


def _words(chain: Chain, first: int, last: int) -> None:
    if first < last:
        fine, coarse = zip(*map(word_class, chain.tokens.words[first:last]), strict=True)
        chain.sort += [WORD] * (last - first)
        chain.first += range(first, last)
        chain.last += range(first + 1, last + 1)
        chain.fine += fine
        chain.coarse += coarse


def run_class(words: list[str], run: Run) -> tuple[str, str]:
    """(fine, coarse) of a run: its length, how it begins and how it ends."""
    first = run.first + 1
    last = run.last - 1 if run.closed else run.last
    size = last - first
    length = (
        "0" if size <= 0 else "1" if size == 1 else "3" if size <= 3 else "9" if size < 10 else "L"
    )
    final = words[last - 1] if size > 0 else ""
    end = final if final in (",", ".", "?", "!", "…", "...", "-", "—", ":") else "w"
    start = words[first] if size > 0 else "x"
    case = "U" if start[0].isupper() else "l"
    if not run.closed:
        end = "~"
    return f"R{length}{case}{end}", "R" + ("s" if length in "013" else "L") + (
        "." if end in "?!…..." else end
    )
