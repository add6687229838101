"""How the parts of a query are put together."""

from __future__ import annotations

from reader.search.query import And, Node, Or, Phrase, SameQuotation, Word


def both(left: Node | None, right: Node | None) -> Node | None:
    """Both parts, as far as there are any."""
    return joined(And, [part for part in (left, right) if part is not None])


def joined(kind: type[And] | type[Or], parts: list[Node]) -> Node | None:
    """Some parts as one node: none, the one there is, or all of them."""
    if len(parts) < 2:
        return parts[0] if parts else None
    return kind(tuple(parts))


def same_quotation(parts: list[Node]) -> list[Node]:
    """`by:altun said:refugees`: one quotation has to fulfil all that is asked about quotations."""
    if not any(isinstance(part, SameQuotation) for part in parts):
        return parts
    inner: list[Node] = []
    outer: list[Node] = []
    for part in parts:
        if isinstance(part, SameQuotation):
            inner.append(part.part)
        elif isinstance(part, Word | Phrase) and part.field in ("said", "role", "kind"):
            inner.append(part)
        else:
            outer.append(part)
    one = joined(And, inner)
    return [*outer, SameQuotation(one)] if one is not None else outer
