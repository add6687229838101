"""An annotated corpus as labelled chains, and which found quotations the annotation confirms.

The corpus is JSON Lines as `shared/quotes/README.md` describes it: `text` and `attributions` with
`source`, `cue` and `content` spans. Labels, for each item of a chain:

    O                nothing
    B, I, E, U + Q   content, with `>` if its cue stands after it and `<` if before
    B, I + S         mention of the speaker, with `>` if the cue stands after it and `<` if before
    B, I + C         cue, with `<` after all of its content, `>` before all of it, `=` in between
    Ms, Mc, Mq       words between the parts of one quotation: after a mention, a cue, a content
"""

from __future__ import annotations

import json
from bisect import bisect_right
from pathlib import Path
from typing import Any

from reader.extraction.chain import BREAK, RUN, WORD, Chain, build_chain
from reader.extraction.found import FoundQuotation
from reader.extraction.headlines import laid_out
from reader.extraction.tokens import tokenize

Article = dict[str, Any]


def read(path: Path) -> list[Article]:
    """The articles of a corpus file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if not line.isspace()]


def chain_of(text: str) -> Chain:
    """The chain of a text as the finder makes it."""
    tokens = tokenize(text)
    return build_chain(tokens, frozenset(n for block in laid_out(tokens) for n in block.paragraphs))


def _owners(chain: Chain, spans: list[tuple[int, int, int]]) -> dict[int, list[int]]:
    """Item -> numbers of the attributions whose spans cover at least half of it."""
    tokens = chain.tokens
    far = len(tokens.text) + 1
    starts = [tokens.starts[k] if k < len(tokens) else far for k in chain.first]
    out: dict[int, list[int]] = {}
    for number, start, end in spans:
        i = max(0, bisect_right(starts, start) - 2)
        while i < len(chain) and starts[i] < end:
            if chain.sort[i] in (WORD, RUN):
                stop = tokens.ends[chain.last[i] - 1]
                shared = min(stop, end) - max(starts[i], start)
                if shared > 0 and 2 * shared >= stop - starts[i]:
                    out.setdefault(i, []).append(number)
            i += 1
    return out


def labels_of(chain: Chain, article: Article) -> list[str]:
    """The label of every item of an article's chain."""
    given = article["attributions"]

    def owners(role: str) -> dict[int, list[int]]:
        return _owners(chain, [(n, s, e) for n, at in enumerate(given) for s, e in at[role]])

    contents, cues, sources = owners("content"), owners("cue"), owners("source")
    labels = ["O"] * len(chain)
    cue_at: dict[int, int] = {}
    for i in sorted(cues):
        for number in cues[i]:
            cue_at.setdefault(number, i)
    items: dict[int, list[int]] = {}
    for i in sorted(contents):
        for number in contents[i]:
            items.setdefault(number, []).append(i)
    _label_between(chain, labels, cue_at, contents, cues, sources)
    for i in sorted(sources):
        number = min(sources[i], key=lambda n: abs(cue_at.get(n, 10**6) - i))
        if number in cue_at:
            goes_on = bool(set(sources.get(i - 1, ())) & set(sources[i]))
            labels[i] = ("I" if goes_on else "B") + "S" + (">" if cue_at[number] > i else "<")
    for i in sorted(cues):
        number = cues[i][0]
        said = items.get(number, [])
        at = cue_at[number]
        way = ">"
        if said and said[0] < at:
            way = "=" if at < said[-1] else "<"
        goes_on = bool(set(cues.get(i - 1, ())) & set(cues[i]))
        labels[i] = ("I" if goes_on else "B") + "C" + way
    for number, piece in _pieces(chain, contents):
        way = "<" if cue_at.get(number, -1) <= piece[0] else ">"
        for place, i in enumerate(piece):
            last = place == len(piece) - 1
            start = "U" if len(piece) == 1 else "B" if place == 0 else "E" if last else "I"
            labels[i] = start + "Q" + way
    return labels


def _label_between(
    chain: Chain,
    labels: list[str],
    cue_at: dict[int, int],
    contents: dict[int, list[int]],
    cues: dict[int, list[int]],
    sources: dict[int, list[int]],
) -> None:
    reach: dict[int, tuple[int, int]] = {}
    for role in (contents, cues, sources):
        for i, numbers in role.items():
            for number in numbers:
                low, high = reach.get(number, (i, i))
                reach[number] = (min(low, i), max(high, i))
    for number, (low, high) in reach.items():
        inside = range(low, high + 1)
        if number not in cue_at or any(chain.sort[i] == BREAK for i in inside):
            continue
        after = ""
        for i in inside:
            for role, sign in ((sources, "s"), (cues, "c"), (contents, "q")):
                if number in role.get(i, ()):
                    after = sign
                    break
            if labels[i] == "O":
                labels[i] = "M" + after


def _pieces(chain: Chain, contents: dict[int, list[int]]) -> list[tuple[int, list[int]]]:
    out: list[tuple[int, list[int]]] = []
    for i in sorted(contents):
        number = contents[i][0]
        if out and out[-1][0] == number:
            between = range(out[-1][1][-1] + 1, i)
            if all(chain.sort[k] == BREAK for k in between):
                out[-1][1].extend([*between, i])
                continue
        out.append((number, [i]))
    return out


def confirmed(article: Article, found: FoundQuotation) -> bool:
    """Whether the annotation has this content (half in common, by characters) with this speaker."""
    mine = {k for s, e in found.content for k in range(s, e)}
    for given in article["attributions"]:
        theirs = {k for s, e in given["content"] for k in range(s, e)}
        if 2 * len(mine & theirs) < len(mine | theirs):
            continue
        if not given["source"]:
            return True
        mention = found.mention
        return mention is not None and any(
            s < mention.end and mention.start < e for s, e in given["source"]
        )
    return False
