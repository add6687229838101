"""How many copies of a story are found, how many stories are taken for copies, and what it costs.

    python -m tests.benchmarks.copies NEWS.jsonl [ORIGINALS] [--real NEWS.jsonl]

Of every article in NEWS.jsonl (one a line, none of which is a copy of another) the archive gets
one, and of ORIGINALS of them a copy of each kind below, by another outlet within two days. Prints a
Markdown table of the share of copies that are folded into their own story, and how many articles
are folded into a story that is not theirs. `--real` names articles that may hold true copies: of
those, the pairs that were folded are printed to be looked at (titles and numbers of words alone).
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from reader.archive.folding import fold
from reader.core.article import Article
from reader.core.likeness import likeness
from reader.core.quotation import Extraction
from reader.storage.store import Store

_BATCH = 400
_FOOTER = (
    "This report was written with material of the agency. All rights reserved; it may not be "
    "published, broadcast or redistributed without leave. Sign up for the morning letter, which "
    "brings the five most important stories of the day to your screen before breakfast."
)

Words = list[str]
Paragraphs = list[str]
Kind = Callable[[random.Random, Paragraphs, Paragraphs], Paragraphs]
"""Makes a copy: given chance, the paragraphs, and those of another story."""


def edited(share: float) -> Kind:
    """So many of the words taken out, put in or replaced."""

    def make(chance: random.Random, own: Paragraphs, other: Paragraphs) -> Paragraphs:
        spare = " ".join(other).split()
        return [_edited(chance, paragraph, share, spare) for paragraph in own]

    return make


def _edited(chance: random.Random, paragraph: str, share: float, spare: Words) -> str:
    words: Words = []
    for word in paragraph.split():
        change = chance.random() >= share or word.strip(".,").isdigit()
        words += [word] if change else chance.choice(([], [chance.choice(spare)] * 2, ["said"]))
    return " ".join(words)


def cut(share: float) -> Kind:
    """The first paragraphs, so much of the text; at least 70 words, which is what is compared."""

    def make(chance: random.Random, own: Paragraphs, other: Paragraphs) -> Paragraphs:
        wanted = max(70, share * sum(len(p.split()) for p in own))
        kept: Paragraphs = []
        for paragraph in own:
            if sum(len(p.split()) for p in kept) >= wanted:
                break
            kept.append(paragraph)
        return kept

    return make


def thinned(chance: random.Random, own: Paragraphs, other: Paragraphs) -> Paragraphs:
    """Every third paragraph left out."""
    return [p for n, p in enumerate(own) if n == 0 or chance.random() > 0.33]


def longer(chance: random.Random, own: Paragraphs, other: Paragraphs) -> Paragraphs:
    """Two paragraphs of one's own in the middle."""
    middle = len(own) // 2
    return own[:middle] + other[2:4] + own[middle:]


def introduced(chance: random.Random, own: Paragraphs, other: Paragraphs) -> Paragraphs:
    """Another first paragraph, and the outlet's footer."""
    return [other[0], *own[1:], _FOOTER]


def everything(chance: random.Random, own: Paragraphs, other: Paragraphs) -> Paragraphs:
    """Another first paragraph, a footer, 5 % of the words changed, the last third cut."""
    return introduced(chance, edited(0.05)(chance, cut(0.67)(chance, own, other), other), other)


KINDS: dict[str, Kind] = {
    "another headline": lambda chance, own, other: own,
    "1 % of the words changed": edited(0.01),
    "5 % of the words changed": edited(0.05),
    "10 % of the words changed": edited(0.10),
    "cut to two thirds": cut(0.67),
    "cut to a third": cut(0.33),
    "cut to a fifth": cut(0.2),
    "a third of the paragraphs left out": thinned,
    "two paragraphs put in": longer,
    "own first paragraph and footer": introduced,
    "the last with 5 % changed, a third cut": everything,
}


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("news", type=Path)
    parser.add_argument("originals", type=int, nargs="?", default=200)
    parser.add_argument("--articles", type=int, default=20_000, help="at most so many of the news")
    parser.add_argument("--real", type=Path)
    options = parser.parse_args()
    made(options.news, options.originals, options.articles)
    if options.real:
        real(options.real)


def made(news: Path, originals: int, articles: int) -> None:
    """The tables for copies that are made here."""
    chance = random.Random(1)
    records = list(islice(_records(news), articles))
    chosen = records[:: max(1, len(records) // originals)][:originals]
    items: list[tuple[str, str, Article]] = [(r["id"], "", _article(r)) for r in records]
    for at, record in enumerate(chosen):
        other = chosen[at - 1]["body"].split("\n\n")
        for number, (kind, make) in enumerate(KINDS.items()):
            body = "\n\n".join(make(chance, record["body"].split("\n\n"), other))
            later = datetime.fromisoformat(record["date"]) + timedelta(hours=1 + 4 * number)
            copy = record | {"body": body, "source": f"Outlet {number}", "title": f"{kind}, {at}"}
            copy |= {"date": later.isoformat(), "url": f"https://outlet-{number}.example/{at}"}
            items.append((record["id"], kind, _article(copy)))
    chance.shuffle(items)
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder))
        ids = _stored(store, [item[2] for item in items])
        seconds = _timed(lambda: fold(store))
        leads = store.stories.leads()
        store.close()
    story = {id: item[0] for id, item in zip(ids, items, strict=True)}
    home = {
        story[id]: leads.get(id, id) for id, item in zip(ids, items, strict=True) if not item[1]
    }
    right: Counter[str] = Counter()
    wrong = 0
    for id, (name, kind, _) in zip(ids, items, strict=True):
        at_home = leads.get(id, id) == home[name]
        right[kind] += at_home
        wrong += id in leads and story[leads[id]] != name
    taken = _timed(lambda: [likeness(item[2].body).keys() for item in items])
    print(f"{len(records):,} articles, {len(items) - len(records):,} copies of {len(chosen)}\n")
    print("| copy | folded |\n| --- | ---: |")
    for kind in KINDS:
        print(f"| {kind} | {right[kind] / len(chosen):.1%} |")
    print(f"| folded into a story that is not theirs | {wrong} of {len(items):,} |")
    print(f"\nCPU: {1000 * seconds / len(items):.2f} ms an article in all, ", end="")
    print(f"{1000 * taken / len(items):.2f} ms of it for the keys.")


def real(news: Path) -> None:
    """The pairs that are folded among articles as they are."""
    articles = [_article(record) for record in _records(news)]
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder))
        _stored(store, articles)
        seconds = _timed(lambda: fold(store))
        print(f"\n{store.count():,} articles, {1000 * seconds / store.count():.2f} ms an article\n")
        for copy, first in sorted(store.stories.leads().items()):
            one, other = store.article(first).article, store.article(copy).article
            words = f"{len(one.body.split())} and {len(other.body.split())} words"
            print(f"- {' '.join(one.title.split())} / {' '.join(other.title.split())} ({words})")
        store.close()


def _records(news: Path) -> Iterator[dict[str, Any]]:
    with news.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _article(record: dict[str, Any]) -> Article:
    return Article(
        title=record["title"],
        body=record["body"],
        outlet=record["source"],
        url=record["url"],
        published=datetime.fromisoformat(record["date"]).astimezone(UTC),
    )


def _stored(store: Store, articles: list[Article]) -> list[int]:
    ids: list[int] = []
    for start in range(0, len(articles), _BATCH):
        pairs = [(one, Extraction()) for one in articles[start : start + _BATCH]]
        ids += [stored.id for stored in store.put_many(pairs, 1) if stored is not None]
    return ids


def _timed(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


if __name__ == "__main__":
    main()
