"""How subscriptions are asked for and read: the statements, a row as a `FeedRow`, the settings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from reader.core.feeds import FeedAuth, FeedRow, FeedSettings, FeedState
from reader.storage.reading import SHOWN

_SELECT: Final = """
    SELECT s.id, s.url, s.origin, s.title, s.name, s.folder, s.tags,
        (SELECT count(*) FROM delivery d WHERE d.feed = s.id),
        {unread}, s.settings, s.checked, s.succeeded, s.failed, s.reason, s.failures, s.due,
        s.held, s.ended
    FROM subscription s
"""
ONE: Final = _SELECT.format(
    unread="(SELECT count(*) FROM delivery d JOIN article a ON a.id = d.article "
    f"WHERE d.feed = s.id AND a.read = 0 AND a.id {SHOWN})"
)
ORDER: Final = (
    "ORDER BY s.folder IS NULL, s.folder COLLATE NOCASE, "
    "coalesce(s.name, s.title, s.url) COLLATE NOCASE, s.id"
)
ALL: Final = (
    "WITH unread AS MATERIALIZED (SELECT d.feed AS feed, count(*) AS n FROM article a "
    f"JOIN delivery d ON d.article = a.id WHERE a.read = 0 AND a.id {SHOWN} GROUP BY d.feed)"
    + _SELECT.format(unread="coalesce((SELECT n FROM unread u WHERE u.feed = s.id), 0)")
    + ORDER
)


def feed_row(row: tuple[Any, ...]) -> FeedRow:
    """The subscription in a row of `ONE` or `ALL`."""
    (id, url, origin, title, name, folder, tags, articles, unread, settings, *times) = row
    checked, succeeded, failed, reason, failures, due, held, ended = times
    state = FeedState.NEW
    if ended:
        state = FeedState.ENDED
    elif reason is not None:
        state = FeedState.FAILING
    elif succeeded is not None:
        state = FeedState.WELL
    return FeedRow(
        id=id,
        url=url,
        origin=origin,
        title=name or title or url,
        name=name,
        folder=folder,
        tags=_tags_in(tags),
        articles=articles,
        unread=unread,
        settings=settings_in(settings),
        state=state,
        checked=checked,
        succeeded=succeeded,
        failed=failed,
        reason=reason,
        failures=failures,
        due=due,
        held=held,
    )


def settings_out(settings: FeedSettings) -> str:
    """What differs from the defaults, as JSON."""
    plain = asdict(FeedSettings())
    given = {key: value for key, value in asdict(settings).items() if value != plain[key]}
    return json.dumps(given, ensure_ascii=False)


def settings_in(text: str) -> FeedSettings:
    """The inverse of `settings_out`; of what is damaged, the defaults: a feed whose settings are
    lost must still be there to be set again."""
    try:
        given: Mapping[str, Any] = json.loads(text)
        auth = given.get("auth")
        return FeedSettings(
            headers=tuple((str(name), str(value)) for name, value in given.get("headers", ())),
            user_agent=given.get("user_agent"),
            auth=auth
            and FeedAuth(auth.get("user"), auth.get("variable"), tuple(auth.get("command", ()))),
            proxy=given.get("proxy"),
            full_text=bool(given.get("full_text", False)),
            interval=given.get("interval"),
            keep_days=given.get("keep_days"),
            paused=bool(given.get("paused", False)),
        )
    except (ValueError, TypeError, AttributeError):
        return FeedSettings()


def _tags_in(text: str) -> tuple[str, ...]:
    try:
        return tuple(map(str, json.loads(text)))
    except (ValueError, TypeError):
        return ()
