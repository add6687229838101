"""newsboat's query feeds in onrecord's own query language, as far as it can say the same."""

from __future__ import annotations

import re
from typing import Final

_TOKEN: Final = re.compile(
    r'\s*(?:(?P<string>"(?:[^"\\]|\\.)*")|(?P<operator>==|!=|=~|!~|<=|>=|!#|[=<>#()])'
    r"|(?P<word>[^\s()\"=!<>#~]+))"
)
_FIELDS: Final = {
    "title": "title",
    "content": "body",
    "author": "byline",
    "feedtitle": "outlet",
    "link": "url",
    "tags": "tag",
}
_WORDS_ONLY: Final = re.compile(r"[\w\s'’-]+", re.UNICODE)


class NotExpressibleError(Exception):
    """The query asks for something that onrecord's language has no word for."""


def in_our_words(expression: str) -> str:
    """Return a newsboat filter expression as an onrecord query. Raises NotExpressibleError."""
    tokens: list[tuple[str, str]] = []
    at = 0
    expression = expression.strip()
    while at < len(expression):
        found = _TOKEN.match(expression, at)
        if found is None or len(tokens) > 500:
            raise NotExpressibleError("what is no query")
        tokens.append((found.lastgroup or "", found[found.lastgroup or 0]))
        at = found.end()
    reader = _Reader(tokens)
    query = reader.alternatives()
    if reader.left():
        raise NotExpressibleError("what is no query")
    return query


class _Reader:
    """Reads tokens from left to right: `or` binds less than `and`, that less than brackets."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def left(self) -> bool:
        return self._at < len(self._tokens)

    def _next(self) -> tuple[str, str]:
        if not self.left():
            raise NotExpressibleError("what is no query")
        self._at += 1
        return self._tokens[self._at - 1]

    def _take(self, word: str) -> bool:
        taken = self.left() and self._tokens[self._at][1].lower() == word
        self._at += taken
        return taken

    def alternatives(self) -> str:
        parts = [self._together()]
        while self._take("or"):
            parts.append(self._together())
        return parts[0] if len(parts) == 1 else "(" + " OR ".join(parts) + ")"

    def _together(self) -> str:
        parts = [self._single()]
        while self._take("and"):
            parts.append(self._single())
        return " ".join(parts)

    def _single(self) -> str:
        if self._take("("):
            self._depth += 1
            if self._depth > 50:
                raise NotExpressibleError("what is nested too deeply")
            inner = self.alternatives()
            if not self._take(")"):
                raise NotExpressibleError("what is no query")
            self._depth -= 1
            return inner if inner.startswith("(") else f"({inner})"
        kind, attribute = self._next()
        _, operator = self._next()
        value_kind, value = self._next()
        if kind != "word":
            raise NotExpressibleError("what is no query")
        if value_kind == "string":
            value = re.sub(r"\\(.)", r"\1", value[1:-1])
        return _comparison(attribute, operator, value)


def _comparison(attribute: str, operator: str, value: str) -> str:
    if attribute == "unread" and operator in ("=", "==", "!="):
        is_unread = (value == "yes") == (operator != "!=")
        return "is:unread" if is_unread else "is:read"
    if attribute == "age" and operator in ("<", "<=") and value.isdigit():
        return f"-{int(value)}d"
    if attribute == "flags" and operator == "#" and value == "s":
        return "is:starred"
    if attribute == "age":
        raise NotExpressibleError(f"'age {operator} {value[:20]}', which has no counterpart")
    if attribute not in _FIELDS:
        raise NotExpressibleError(f"{attribute!r}, which onrecord does not search")
    wanted = {"=": "", "==": "", "=~": "", "#": "", "!=": "-", "!~": "-", "!#": "-"}.get(operator)
    if wanted is None:
        raise NotExpressibleError(f"{operator!r}, which onrecord does not compare by")
    words = [_plain(part) for part in value.split("|")] if "~" in operator else [_plain(value)]
    field = _FIELDS[attribute]
    terms = [f'{field}:"{one}"' if " " in one else f"{field}:{one}" for one in words]
    query = terms[0] if len(terms) == 1 else "(" + " OR ".join(terms) + ")"
    return wanted + query


def _plain(pattern: str) -> str:
    """The words of a pattern that has no more in it than words."""
    text = " ".join(pattern.strip().strip("()").split())
    if not text or not _WORDS_ONLY.fullmatch(text) or not re.search(r"\w", text):
        raise NotExpressibleError(f"the pattern {pattern[:60]!r}")
    return text
