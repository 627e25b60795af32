"""What somebody asks of a directory, and how many rows that is likely to be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod
from typing import Any

from portal.directory.frequencies import Frequencies
from portal.parties.search import Facet, Term, facet_token
from portal.parties.search.facets import SAMPLES

ENOUGH_TOKENS = 3  # the rarest of a way; more narrow little and each is looked up
Clause = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the query. A row has it in its names, or in what it does: `facets` are the
    services, categories and cities whose own names contain the word. Or it has all `parts`: what
    somebody wrote without spaces, 杭州直播代运营, is a city and a service."""

    term: Term
    facets: frozenset[int] = frozenset()
    parts: tuple[Word, ...] = ()

    def bounds(self, known: Frequencies) -> tuple[float, float]:
        """The part of all rows that has it, at least (as if pieces had nothing to do with each
        other) and at most (as if they always stood together)."""
        ways = [sorted(map(known.share, way)) for way in self.term.ways]
        parts = [part.bounds(known) for part in self.parts]
        beside = sum(map(known.share, self.facets)) + min((most for _, most in parts), default=0.0)
        return (
            beside + sum(prod(shares[:ENOUGH_TOKENS]) for shares in ways),
            beside + sum(shares[0] for shares in ways),
        )

    def probe(self, known: Frequencies, also: tuple[int, ...] = ()) -> Clause:
        """What the index can tell: every row that has the word, and perhaps a few more; only of
        those that have `also` too."""
        wanted: list[Any] = [[*known.rarest(way, ENOUGH_TOKENS), *also] for way in self.term.ways]
        sql = ["tokens @> %s::int[]"] * len(wanted)
        if self.facets:
            sql.append(f"(tokens && %s::int[]{' AND tokens @> %s::int[]' if also else ''})")
            wanted += [sorted(self.facets), *([list(also)] if also else [])]
        if self.parts:
            parts, values = _all([part.probe(known, also) for part in self.parts])
            sql.append(f"({parts})")
            wanted += values
        return f"({' OR '.join(sql)})", wanted

    def check(self) -> Clause:
        """Whether a row really has it."""
        sql = ["strpos(text, %s) > 0"]
        values: list[Any] = [self.term.text]
        if self.term.pattern:
            sql.append("readings ~ %s")
            values.append(self.term.pattern)
        if self.facets:
            sql.append("facets && %s::int[]")
            values.append(sorted(self.facets))
        if self.parts:
            parts, checked = _all([part.check() for part in self.parts])
            sql.append(f"({parts})")
            values += checked
        return f"({' OR '.join(sql)})", values


@dataclass(frozen=True, slots=True)
class Question:
    """`every`: facets a row must all have; `any_of`: groups, of each of which it must have one."""

    kind: str
    words: tuple[Word, ...] = ()
    every: frozenset[int] = frozenset()
    any_of: tuple[frozenset[int], ...] = ()

    @property
    def is_open(self) -> bool:
        """Nothing is asked: everybody of the kind."""
        return not (self.words or self.every or self.any_of)

    @property
    def has_pinyin(self) -> bool:
        return any(word.term.pattern for word in self.words)

    def bounds(self, known: Frequencies) -> tuple[float, float]:
        """How many rows match at least and at most, as if words and facets had nothing to do with
        each other."""
        everybody = known.share(facet_token(self.kind, Facet.ALL, 0))
        if not everybody:
            return 0.0, 0.0
        shares = [*map(known.share, self.every)]
        shares += (sum(map(known.share, group)) for group in self.any_of)
        words = [word.bounds(known) for word in self.words]

        def rows(parts: list[float]) -> float:
            return known.rows * everybody * prod(min(part / everybody, 1.0) for part in parts)

        return (
            rows([*shares, *(least for least, _most in words)]),
            rows([*shares, *(most for _least, most in words)]),
        )

    def shortest_list(self, known: Frequencies) -> float:
        """Of the lists that the index has to go through, the length of the shortest."""
        shares = [*map(known.share, self.every), *(word.bounds(known)[1] for word in self.words)]
        shares += (sum(map(known.share, group)) for group in self.any_of)
        return known.rows * min(shares, default=1.0)

    def rows_of_kind(self, known: Frequencies) -> float:
        return known.rows * known.share(facet_token(self.kind, Facet.ALL, 0))

    def in_sample(self, parts: int) -> Question:
        """The same asked of so many of `SAMPLES` even parts of all rows."""
        if parts >= SAMPLES:
            return self
        some = frozenset(facet_token(self.kind, Facet.SAMPLE, part) for part in range(parts))
        return replace(self, any_of=(*self.any_of, some))

    def probe(self, known: Frequencies, *, part: int | None = None) -> Clause:
        """The condition for a scan of the token index, of all rows or of one even part. Tokens
        belong to one kind, so the kind needs no asking."""
        also = () if part is None else (facet_token(self.kind, Facet.SAMPLE, part),)
        every = sorted({*self.every, *also})
        if not (every or self.words or self.any_of):
            every = [facet_token(self.kind, Facet.ALL, 0)]
        clauses: list[Clause] = [("tokens @> %s::int[]", [every])] if every else []
        clauses += [("tokens && %s::int[]", [sorted(group)]) for group in self.any_of]
        clauses += [word.probe(known, also) for word in self.words]
        return _all(clauses)

    def check_of_words(self) -> Clause:
        """What the index cannot tell: facets cannot collide, pieces of words can."""
        return _all([word.check() for word in self.words])

    def check(self) -> Clause:
        """The same for a row that is at hand."""
        clauses: list[Clause] = (
            [("facets @> %s::int[]", [sorted(self.every)])] if self.every else []
        )
        clauses += [("facets && %s::int[]", [sorted(group)]) for group in self.any_of]
        clauses += [word.check() for word in self.words]
        return _all(clauses)


def _all(clauses: list[Clause]) -> Clause:
    sql = " AND ".join(sql for sql, _values in clauses) or "true"
    return sql, [value for _sql, values in clauses for value in values]
