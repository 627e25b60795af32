"""What somebody asks of a directory, and how many rows that is likely to be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod, sqrt
from typing import Any

from portal.directory.frequencies import Frequencies
from portal.parties.search import Facet, Term, facet_token
from portal.parties.search.facets import SAMPLES

ENOUGH_TOKENS = 3  # the rarest of a way; more narrow little and each is looked up
Clause = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the query. A row has it in its names, or in what it does: `facets` are the
    services, categories and cities whose own names contain the word."""

    term: Term
    facets: frozenset[int] = frozenset()

    def share(self, known: Frequencies) -> float:
        ways = (_share_of_all(sorted(map(known.share, way))) for way in self.term.ways)
        return sum(ways) + sum(map(known.share, self.facets))

    def probe(self, known: Frequencies) -> Clause:
        """What the index can tell: every row that has the word, and perhaps a few more."""
        wanted: list[Any] = [known.rarest(way, ENOUGH_TOKENS) for way in self.term.ways]
        sql = ["tokens @> %s::int[]"] * len(wanted)
        if self.facets:
            sql.append("tokens && %s::int[]")
            wanted.append(sorted(self.facets))
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

    def likely_rows(self, known: Frequencies) -> float:
        """As if words and facets had nothing to do with each other."""
        everybody = known.share(facet_token(self.kind, Facet.ALL, 0))
        if not everybody:
            return 0.0
        shares = [word.share(known) for word in self.words]
        shares += map(known.share, self.every)
        shares += (sum(map(known.share, group)) for group in self.any_of)
        return known.rows * everybody * prod(min(share / everybody, 1.0) for share in shares)

    def shortest_list(self, known: Frequencies) -> float:
        """Of the lists that the index has to go through, the length of the shortest."""
        shares = [*map(known.share, self.every), *(word.share(known) for word in self.words)]
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

    def probe(self, known: Frequencies) -> Clause:
        """The condition for a scan of the token index. Tokens belong to one kind, so the kind needs
        no asking."""
        every = sorted(self.every)
        if not (every or self.words or self.any_of):
            every = [facet_token(self.kind, Facet.ALL, 0)]
        clauses: list[Clause] = [("tokens @> %s::int[]", [every])] if every else []
        clauses += [("tokens && %s::int[]", [sorted(group)]) for group in self.any_of]
        clauses += [word.probe(known) for word in self.words]
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


def _share_of_all(shares: list[float]) -> float:
    """The part of the rows that has several pieces of one word, least common first: fewer than have
    the rarest, more than if the pieces had nothing to do with each other."""
    return shares[0] * sqrt(shares[1]) if len(shares) > 1 else sum(shares)


def _all(clauses: list[Clause]) -> Clause:
    sql = " AND ".join(sql for sql, _values in clauses) or "true"
    return sql, [value for _sql, values in clauses for value in values]
