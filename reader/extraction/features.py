"""What the model sees of each item of a chain, as short strings. Training and reading share this."""

from __future__ import annotations

from reader.extraction.chain import BREAK, GAP, RUN, Chain
from reader.extraction.wordclass import word_class

_EDGE = "#"


def _bucket(n: int) -> str:
    return str(n) if n < 4 else "4" if n < 7 else "7" if n < 13 else "13"


def features(chain: Chain) -> list[list[str]]:
    """For every item its features; an item that is no word or run has few."""
    out: list[list[str]] = [["b"]] * len(chain)
    size = len(chain)
    fine = [_EDGE, _EDGE, _EDGE, _EDGE, *chain.fine, _EDGE, _EDGE, _EDGE, _EDGE]
    coarse = [_EDGE, _EDGE, _EDGE, _EDGE, *chain.coarse, _EDGE, _EDGE, _EDGE, _EDGE]
    for i in range(size):
        if chain.sort[i] in (BREAK, GAP):
            out[i] = ["b", "k" + coarse[i + 4], "l" + coarse[i + 3] + coarse[i + 4] + coarse[i + 5]]
    for begin, end in chain.sentences:
        context = _sentence_context(chain, begin, end)
        for i in range(begin, end):
            f3, f2, f1, f0, g1, g2, g3 = fine[i + 1 : i + 8]
            c4, c3, c2, c1, c0, d1, d2, d3, d4 = coarse[i : i + 9]
            row = [
                "b", "0" + f0, "1" + f1, "2" + g1, "3" + f2, "4" + g2, "5" + f3, "6" + g3,
                f"7{c1} {c0}", f"8{c0} {d1}", f"9{c2} {c1} {c0}", f"A{c0} {d1} {d2}", f"B{c1} {c0} {d1}",
                f"C{c3} {c2} {c1} {c0}", f"D{c0} {d1} {d2} {d3}", f"E{f1} {f0}", f"F{f0} {g1}", f"G{c4} {c3}", f"H{d3} {d4}",
                f"I{f1} {c0} {d1}", f"J{c2} {f1} {c0}", f"K{c0} {g1} {d2}",
            ]  # fmt: skip
            row += context[i - begin]
            out[i] = row
    return out


def _sentence_context(chain: Chain, begin: int, end: int) -> list[list[str]]:
    """What the rest of the sentence and its neighbours say to each item of it."""
    fine, coarse, sort = chain.fine, chain.coarse, chain.sort
    rows: list[list[str]] = []
    # What stands before the sentence in its paragraph, and at the end of the paragraph before.
    before = begin - 1
    opening = before < 0 or sort[before] == BREAK
    previous = (
        coarse[before - 1] if opening and before > 0 else coarse[before] if before >= 0 else _EDGE
    )
    headline = "h" if chain.first[begin] < chain.tokens.paragraphs[0][1] else ""
    after = coarse[end] if end < len(sort) else _EDGE
    place = f"{'p' if opening else 's'}{previous}"
    runs_left = 0
    verb, verb_at, mark, mark_at, paren, run_at = _EDGE, -1, _EDGE, begin - 1, 0, -99
    # From the right: the next verb of speech, the next run, the next stop.
    right: list[tuple[str, int, int, str]] = []
    next_verb, next_at, next_run, next_stop = _EDGE, end, end + 90, _EDGE
    for i in range(end - 1, begin - 1, -1):
        right.append((next_verb, next_at, next_run, next_stop))
        c = coarse[i]
        if (c[0] == "V" and c[1] == "s") or c in ("TOLD", "ACCORDING", "MSG"):
            next_verb, next_at = (c if c == "MSG" else fine[i]), i
        if sort[i] == RUN:
            next_run = i
        if c in (",", ".", ":", ";", "DASH", "?", "THAT", "WHO", "WH", "CS", "CC"):
            next_stop = c
    right.reverse()
    lone = end - begin == 1
    head = fine[begin] if sort[begin] != RUN else coarse[begin]
    # Verbs of any kind: the last one, how many since the last stop, and the next one before a stop.
    acts = [(c[0] == "V" or c in ("AUX", "TOLD", "wed", "'s")) for c in coarse[begin:end]]
    ahead: list[str] = []
    seen = _EDGE
    for i in range(end - 1, begin - 1, -1):
        ahead.append(seen)
        c = coarse[i]
        if acts[i - begin]:
            seen = c if c[0] != "V" else "V" + c[2:3]
        elif c in (",", ".", ":", ";", "DASH", "?", "THAT", "WHO", "WH", "CS"):
            seen = c
    ahead.reverse()
    act, count = _EDGE, 0
    for i in range(begin, end):
        c = coarse[i]
        n_verb, n_at, n_run, n_stop = right[i - begin]
        v_gap = _bucket(i - verb_at) if verb_at >= 0 else "-"
        n_gap = _bucket(n_at - i) if n_at < end else "-"
        left_run = _bucket(i - run_at) if run_at >= begin else "-"
        right_run = _bucket(n_run - i) if n_run < end else "-"
        row = [
            f"a{_bucket(i - begin)}{place}", f"c{verb} {c}", f"d{v_gap}{c}", f"e{verb} {v_gap}", f"f{n_verb} {c}", f"g{n_gap}{c}",
            f"h{verb}|{n_verb}", f"i{mark} {c} {n_stop}", f"j{mark}{_bucket(i - mark_at)}", f"k{left_run} {right_run}",
            f"l{left_run} {right_run} {c}", f"m{paren}{c}", f"n{headline}{c}", f"o{mark}|{verb}|{n_verb}", f"p{left_run} {right_run} {coarse[begin]}",
            f"q{verb} {mark} {c}", f"y{act}{min(count, 2)} {c}", f"z{ahead[i - begin]} {c}",
            f"R{act}{min(count, 2)} {ahead[i - begin]} {c}", f"S{head} {c}", f"T{head} {verb}", f"U{mark} {min(count, 2)} {ahead[i - begin]}",
            f"V{fine[i + 1] if i + 1 < end else _EDGE} {ahead[i - begin]} {min(count, 2)}",
        ]  # fmt: skip
        if sort[i] == RUN:
            run = fine[i]
            row += [
                f"r{run}", f"s{run} {coarse[i - 1] if i else _EDGE}", f"t{run} {coarse[i + 1] if i + 1 < len(sort) else _EDGE}",
                f"u{c} {place} {_bucket(i - begin)}", f"v{c} {int(lone)}{after}{place}", f"w{c} {verb} {n_verb}", f"x{c} {runs_left}",
                *_inside(chain, i),
            ]  # fmt: skip
            run_at = i
            runs_left = min(runs_left + 1, 3)
        rows.append(row)
        if (c[0] == "V" and c[1] == "s") or c in ("TOLD", "ACCORDING", "MSG"):
            verb, verb_at = (c if c == "MSG" else fine[i]), i
        if c in (",", ".", ":", ";", "DASH", "?", "THAT", "WHO", "WH", "CS", "CC"):
            mark, mark_at = c, i
            count = 0
        if acts[i - begin]:
            act = c if c[0] != "V" else "V" + c[2:3]
            count += 1
        if fine[i] == "(":
            paren = 1
        elif fine[i] == ")":
            paren = 0
    return rows


def _inside(chain: Chain, i: int) -> list[str]:
    """What the words in the marks are like: a sentence, a title, a scare quote."""
    words = chain.tokens.words
    run = chain.run_of[i]
    first = run.first + 1
    last = min(run.last - 1 if run.closed else run.last, first + 12)
    classes = [word_class(words[k]) for k in range(first, last)]
    shape = fine_size(run.last - run.first)
    if not classes:
        return ["!none"]
    verbs = sum(c[0] == "V" or c in ("AUX", "TOLD", "'s") for _, c in classes)
    person = any(
        f in ("i", "we", "^we", "you", "^you", "my", "^my", "our", "^our", "me", "us")
        for f, _ in classes
    )
    small = [words[k] for k in range(first, last) if len(words[k]) > 3 and words[k][0].isalpha()]
    title = bool(small) and all(word[0].isupper() for word in small)
    before = chain.coarse[i - 1] if i else _EDGE
    return [
        f"!{classes[0][0]}", f'"{classes[0][1]} {shape}', f"${classes[-1][1]} {shape}", f"%{min(verbs, 2)}{int(person)}{int(title)}{shape}",
        f"&{min(verbs, 2)}{int(person)}{int(title)} {before}", f"({classes[0][1]} {before}", f"*{int(title)}{shape}{chain.fine[i - 1] if i else _EDGE}",
        f"+{' '.join(c for _, c in classes[:4])}" if len(classes) < 5 else f"+{classes[0][1]} {classes[1][1]}",
    ]  # fmt: skip


def fine_size(size: int) -> str:
    """A length in tokens, marks included, as a letter."""
    return (
        "a" if size <= 3 else "b" if size == 4 else "c" if size <= 6 else "d" if size < 12 else "e"
    )
