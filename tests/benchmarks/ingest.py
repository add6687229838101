"""How long the ways in take, as a Markdown table: `python -m tests.benchmarks.ingest`.

Each figure is the best of several runs, in milliseconds an article of some 4 kB, and as a multiple
of what `json.loads` takes for the same text in the same run, so that machines can be compared.
"""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from functools import partial

from reader.core.text import clean
from reader.ingest import read_stream

PARAGRAPH = (
    "The harbour board said on Tuesday that the new pier would open in the spring, two years later "
    "than first planned, after engineers found soft ground under the old wall. “We would rather be "
    "late than wrong,” said Maria Okafor, the board’s chair, adding that the cost had risen."
)
PARAGRAPHS = [PARAGRAPH] * 15
BODY = "\n\n".join(PARAGRAPHS)
MARKUP = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
RECORD = json.dumps(
    {"title": "Pier opens", "byline": "Ann Reed", "date": "2026-03-03", "body": BODY}
)
ITEM = f"<item><title>Pier opens</title><description><![CDATA[{MARKUP}]]></description></item>"
COUNT = 100


def inputs() -> dict[str, tuple[bytes, int]]:
    """Every kind of input with the number of articles in it."""
    plain = (
        f"Harbour Wire\n\nPorts\n\nPier opens\n\nBy Ann Reed March 3, 2026\n\n{BODY}\n\n© 2026 HW"
    )
    page = f"<title>Pier opens - HW</title><article><h1>Pier opens</h1>{MARKUP}</article>"
    mail = f"From a@b.example Tue Mar  3 10:00:00 2026\nFrom: Ann\nSubject: Pier\n\n{BODY}\n\n"
    feed = f"<rss><channel><title>HW</title>{ITEM * COUNT}</channel></rss>"
    return {
        "plain text": (plain.encode(), 1),
        "JSON Lines": ((RECORD + "\n").encode() * COUNT, COUNT),
        "feed with full texts": (feed.encode(), COUNT),
        "mailbox": (mail.encode() * COUNT, COUNT),
        "web page": (page.encode(), 1),
    }


def best(work: Callable[[], object], times: int) -> float:
    """The shortest of several runs, in seconds of processor time."""
    results = []
    for _ in range(times):
        started = time.process_time()
        work()
        results.append(time.process_time() - started)
    return min(results)


def _read(data: bytes) -> object:
    return list(read_stream(io.BytesIO(data)))


def main() -> None:
    """Measure and print."""
    unit = best(lambda: [json.loads(RECORD) for _ in range(COUNT)], 9) / COUNT
    print("| input | ms an article | times `json.loads` |\n| --- | ---: | ---: |")
    for name, (data, count) in inputs().items():
        each = best(partial(_read, data), 9) / count
        print(f"| {name} | {each * 1000:.2f} | {each / unit:.0f} |")
    each = best(lambda: clean(BODY * 8), 9)
    print(f"| `clean`, {len(BODY) * 8:,} characters | {each * 1000:.2f} | {each / unit:.0f} |")


if __name__ == "__main__":
    main()
