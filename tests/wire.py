"""A report of a news agency, and what outlets make of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

PARAGRAPHS = (
    "The regional court in Harbour City on Tuesday stopped the sale of the last public shipyard, "
    "saying that the government had kept its own auditors from looking at the books for 14 months.",
    "“This was a sale behind closed doors, and it ends today,” said Judge Mira Solberg, who read "
    "the decision to a crowded room for almost an hour.",
    "The yard, which employs 3,200 people and built half of the country's ferries, was to go to an "
    "investment fund for 410 million crowns, a third less than a valuation made in 2019.",
    "Workers who had waited outside since dawn rang the bell of the old slipway when the news came "
    "through the loudspeakers, and some of them wept in each other's arms.",
    "“We built these ships for our grandchildren, not for a fund,” said Jon Aune, a welder who has "
    "spent 31 years in the yard.",
    "The ministry of trade said in a statement that it would study the decision and had not made "
    "up its mind about an appeal, for which it has until the end of next month.",
    "Economists at the university had warned in the spring that the price left out the land under "
    "the docks, where the city wants to put up 900 flats.",
)
"""Some 220 words in seven paragraphs, with two people quoted."""

BODY = "\n\n".join(PARAGRAPHS)

OWN = (
    "Our correspondent followed the case from the first day, through three changes of ministers, a "
    "strike, a fire in the archive of the yard, and a winter in which no ship left the docks."
)
"""A paragraph that an outlet writes itself."""

REWRITTEN = (
    "A judge has blocked plans to hand the country's biggest shipbuilder to private investors, in "
    "a blow to ministers who had hoped to close the deal before the summer break.\n\n"
    "In her ruling Mira Solberg found that officials withheld accounts from the state's auditors "
    "over more than a year, and called the negotiations improper from beginning to end.\n\n"
    "Unions celebrated outside the courthouse, where several hundred shipbuilders had gathered. "
    "Their spokesman promised to fight any appeal, while the opposition demanded that the minister "
    "step down over what it described as the worst deal in the history of the coast.\n\n"
    "The fund, which is based abroad, declined to comment on the outcome of the trial."
)
"""The same event in other words."""


def story(outlet: str, hour: int, body: str = BODY, **more: object) -> dict[str, Any]:
    """A story as a line of JSON Lines holds it."""
    return {
        "title": f"Court stops sale, says {outlet}",
        "date": f"2026-03-03T{hour:02}:00:00Z",
        "outlet": outlet,
        "url": f"https://{outlet.casefold().replace(' ', '-')}.example/court",
        "body": body,
    } | more


def write(file: Path, stories: Iterable[dict[str, Any]]) -> Path:
    """Write stories into a file of JSON Lines."""
    file.write_text("".join(json.dumps(one) + "\n" for one in stories), "utf-8")
    return file
