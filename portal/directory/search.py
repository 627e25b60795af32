"""Asking the index: pages in an order, and counts.

A page of a common word is found by walking along the order and dropping what does not match; one
of a rare word by looking the word up in the token index and sorting what is found. Each is a
hundred times slower in the other's place, so the choice is made here and not left to the planner:
where n of N rows match, a walk reads 20·N/n rows, and a look-up n and the index's shortest list.
A walk that is twice as long as was likely and has not filled its page was a wrong guess, and the
look-up follows: nothing takes more than three times what it would have taken.

The values stand in the SQL itself (Django's cursor binds on the client), so that no generic plan of
a prepared statement is ever used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.db import connection

from portal.directory.frequencies import Frequencies, frequencies
from portal.directory.question import Question
from portal.parties.models.ranks import FOLLOWERS
from portal.parties.search import Facet, facet_token
from portal.parties.search.facets import SAMPLES, count_packed

SIZE = 20
PATIENCE = 2  # times the steps a walk is likely to need
SPELLED = 2.5  # rows are looked up in the time in which one is walked over and its pinyin read
LISTED_PER_ROW = 25  # entries of the index are read in the time of one row
FEW, MANY = 1_000, 100_000  # rows; fewer are looked up, and more are walked to, in any case
COUNTED = 5_000  # more rows than this are counted in a sample
SURPRISING = 3  # times as many rows as were likely


@dataclass(frozen=True, slots=True)
class Order:
    """A column of the listing with an index by (kind, column, party); or, with `by`, the value of
    that rank, which everybody has who can be asked for in this order."""

    column: str
    descending: bool
    by: int | None = None

    @property
    def source(self) -> str:
        """Where the rows stand. The party's key is the rank's own, whose index begins a page."""
        if self.by is None:
            return "parties_listing"
        return (
            "(SELECT rank.party_id, rank.value, kind, text, readings, tokens, facets"  # noqa: S608 - a number
            " FROM parties_rank rank JOIN parties_listing listing"
            f" ON listing.party_id = rank.party_id WHERE rank.by = {int(self.by)}) ranked"
        )


ORDERS = {
    "score": Order("score", descending=True),
    "new": Order("since", descending=True),
    "name": Order("sort_key", descending=False),
    "followers": Order("value", descending=True, by=FOLLOWERS),
}


def order_of(sort: str, service: int | None) -> Order:
    """`service`: the one service type that is asked for. Its own scores are what counts then."""
    if sort == "score" and service is not None:
        return Order("value", descending=True, by=service)
    return ORDERS[sort]


Edge = tuple[Any, int]  # the column's value and the party's key, where a page begins


@dataclass(frozen=True, slots=True)
class Found:
    """Rows beyond an edge, in order: `edges` of the rows of one page; whether there are more."""

    edges: list[Edge]
    has_more: bool

    @property
    def keys(self) -> list[int]:
        return [key for _value, key in self.edges]


def find(
    question: Question,
    order: Order,
    *,
    edge: Edge | None = None,
    backwards: bool = False,
    size: int = SIZE,
) -> Found:
    """The rows next to `edge`; backwards, the ones before it (still in order)."""
    known = frequencies()
    scan = _Scan(question, order, edge, backwards, size)
    if question.is_open:
        edges: list[Edge] | None = scan.step()
    else:
        steps = scan.worthwhile_steps(known)
        edges = scan.walk(steps) if steps else None
    if edges is None:
        edges = scan.look_up(known)
    has_more, edges = len(edges) > size, edges[:size]
    return Found(edges[::-1] if backwards else edges, has_more)


@dataclass(frozen=True, slots=True)
class _Scan:
    question: Question
    order: Order
    edge: Edge | None
    backwards: bool
    size: int

    def worthwhile_steps(self, known: Frequencies) -> int:
        """How far to walk before looking up after all; 0 if looking up is cheaper at once. Whoever
        walks rechecks each row; of those looked up, only what stands in front."""
        likely = likely_rows(self.question, known)
        if likely < 1:
            return 0
        steps = (self.size + 1) * self.question.rows_of_kind(known) / likely
        walk = steps * (SPELLED if self.question.has_pinyin else 1)
        look_up = likely + self.question.shortest_list(known) / LISTED_PER_ROW
        return int(PATIENCE * steps) if walk < look_up else 0

    def step(self) -> list[Edge]:
        """Everybody in order, from the edge on."""
        beyond, edge = self._beyond()
        sql = (
            f"SELECT {self._columns} FROM {self.order.source}"  # noqa: S608 - our own columns' names
            f" WHERE kind = %s{beyond} {self._sorted}"
        )
        return _edges(sql, [self.question.kind, *edge, self.size + 1])

    def walk(self, steps: int) -> list[Edge] | None:
        """None if the page was not filled. The inner LIMIT keeps the planner on the order."""
        check, values = self.question.check()
        beyond, edge = self._beyond()
        sql = (
            f"SELECT {self._columns} FROM ("  # noqa: S608 - our own columns' names
            f"SELECT {self._columns}, text, readings, facets FROM {self.order.source}"
            f" WHERE kind = %s{beyond} {self._sorted}) walked WHERE {check} {self._sorted}"
        )
        found = _edges(sql, [self.question.kind, *edge, steps, *values, self.size + 1])
        return found if len(found) > self.size else None

    def look_up(self, known: Frequencies) -> list[Edge]:
        """Materialised, so that the planner does not walk after all; and rows are rechecked one by
        one in their order (OFFSET keeps it so), as few of them as fill the page."""
        probe, values = self.question.probe(known)
        check, checked = self.question.check_of_words()
        beyond, edge = self._beyond()
        sql = (  # clauses are ours; what people wrote is in the values
            f"WITH found AS MATERIALIZED (SELECT {self._columns} FROM {self.order.source}"  # noqa: S608 - put together from our own words
            f" WHERE {probe}) SELECT {self._columns} FROM"
            f" (SELECT * FROM found WHERE true{beyond} {self._order} OFFSET 0) sorted,"
            " LATERAL (SELECT text, readings, facets FROM parties_listing whole"
            f" WHERE whole.party_id = sorted.party_id OFFSET 0) row WHERE {check} {self._sorted}"
        )
        return _edges(sql, [*values, *edge, *checked, self.size + 1])

    @property
    def _columns(self) -> str:
        return f"{self.order.column}, party_id"

    @property
    def _is_descending(self) -> bool:
        return self.order.descending != self.backwards

    @property
    def _order(self) -> str:
        way = "DESC" if self._is_descending else "ASC"
        return f"ORDER BY {self.order.column} {way}, party_id {way}"

    @property
    def _sorted(self) -> str:
        return f"{self._order} LIMIT %s"

    def _beyond(self) -> tuple[str, Sequence[Any]]:
        if self.edge is None:
            return "", ()
        return f" AND ({self._columns}) {'<' if self._is_descending else '>'} (%s, %s)", self.edge


def likely_rows(question: Question, known: Frequencies) -> float:
    """How many rows match, roughly. Statistics know single pieces; where several make a word and
    the answer matters, one even part of all rows is looked at."""
    least, most = question.bounds(known)
    if most < FEW or least > MANY or least == most:
        return most
    probe, values = question.probe(known, part=0)
    sql = f"SELECT count(*) FROM parties_listing WHERE {probe}"  # noqa: S608 - clauses are ours
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        [found] = cursor.fetchone()
    return float(found * SAMPLES)


def _edges(sql: str, values: list[Any]) -> list[Edge]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows match, and how many of them have each facet; estimates if not `is_exact`."""

    total: int
    by_facet: dict[int, int]
    is_exact: bool


def count(question: Question) -> Counts:
    """Count every match, or, where there are very many, those in as many even parts of all rows as
    are likely to hold `COUNTED` of them. Likely numbers may be wrong: a sample that says there are
    few is counted out, and counting out ends where there are far too many after all."""
    known = frequencies()
    likely = likely_rows(question, known)
    if likely > COUNTED:
        estimate = _estimate(question, known, parts=ceil(SAMPLES * COUNTED / likely))
        if estimate.total > COUNTED:
            return estimate
    most = SURPRISING * COUNTED
    counted = _count(question, known, most=most)
    total = counted.get(facet_token(question.kind, Facet.ALL, 0), 0)
    if total == most:
        return _estimate(question, known, parts=1)
    return Counts(total, counted, is_exact=True)


def count_to(question: Question, most: int) -> int:
    """How many rows match, and `most` where there are more."""
    probe, values = question.probe(frequencies())
    check, checked = question.check_of_words()
    sql = (  # clauses are ours; what people wrote is in the values
        f"SELECT count(*) FROM (SELECT FROM parties_listing WHERE {probe} AND {check}"  # noqa: S608 - put together from our own words
        " LIMIT %s) counted"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *checked, most])
        [number] = cursor.fetchone()
    return int(number)


def _estimate(question: Question, known: Frequencies, *, parts: int) -> Counts:
    sample = _count(question, known, parts=parts)
    counted = {token: _rounded(n * SAMPLES // parts) for token, n in sample.items()}
    total = counted.get(facet_token(question.kind, Facet.ALL, 0), 0)
    return Counts(total, counted, is_exact=False)


def _rounded(number: int) -> int:
    """An estimate does not pretend to more than two digits behind its first."""
    return round(number, 3 - len(str(number)))


def _count(
    question: Question, known: Frequencies, *, parts: int = SAMPLES, most: int | None = None
) -> dict[int, int]:
    """Facets of the matches in so many of all parts, or of the first `most` matches."""
    question = question.in_sample(parts)
    probe, values = question.probe(known)
    check, checked = question.check_of_words()
    sql = (  # clauses are ours; what people wrote is in the values
        "SELECT string_agg(packed_facets, '') FROM (SELECT packed_facets FROM parties_listing"  # noqa: S608 - put together from our own words
        f" WHERE {probe} AND {check} LIMIT %s) counted"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *checked, most])
        [packed] = cursor.fetchone()
    return count_packed(question.kind, bytes(packed or b""))
