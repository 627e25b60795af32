"""A snapshot made again from its facts, and held bit by bit against what is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from portal.evaluation.code_version import code_version
from portal.evaluation.computing.pipeline import compute
from portal.evaluation.computing.results import Result, Scored, scores_digest, values_digest
from portal.evaluation.computing.stored import stored_ratings
from portal.evaluation.documents import digest_of
from portal.evaluation.models import Snapshot

DIGESTS = ("facts_digest", "values_digest", "scores_digest")
MOST = 20  # differences named one by one


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that is not as it was: what, in a word, and where."""

    what: str
    where: str


def mismatches(snapshot: Snapshot) -> list[Mismatch]:
    """Everything that differs; empty where the snapshot is what its facts, its method and its
    program make. Also the stored rows are held against the stored digests."""
    again = compute(snapshot)
    stored = stored_ratings(snapshot)
    return [
        *_of_method(snapshot),
        *_of_digests(snapshot, again),
        *_of_stored(snapshot, stored),
        *_of_rows(stored, again.ratings),
    ]


def _of_method(snapshot: Snapshot) -> Iterator[Mismatch]:
    method = snapshot.method
    if method.digest and method.digest != digest_of(method.document, method.gathering):
        yield Mismatch("method", str(method))
    if snapshot.code_version != code_version():
        yield Mismatch("program", f"{snapshot.code_version[:12]} → {code_version()[:12]}")


def _of_digests(snapshot: Snapshot, again: Result) -> Iterator[Mismatch]:
    for name in DIGESTS:
        then, now = getattr(snapshot, name), getattr(again, name)
        if then != now:
            yield Mismatch(name.removesuffix("_digest"), f"{then[:12]} → {now[:12]}")
    if snapshot.facts_count != again.facts_count:
        yield Mismatch("number of facts", f"{snapshot.facts_count} → {again.facts_count}")


def _of_stored(snapshot: Snapshot, stored: Sequence[Scored]) -> Iterator[Mismatch]:
    if values_digest([one.subject for one in stored]) != snapshot.values_digest:
        yield Mismatch("stored values", "not those of the digest")
    if scores_digest(stored) != snapshot.scores_digest:
        yield Mismatch("stored scores", "not those of the digest")


def _of_rows(stored: Sequence[Scored], again: Sequence[Scored]) -> Iterator[Mismatch]:
    was = {one.subject.key: one for one in stored}
    now = {one.subject.key: one for one in again}
    for key in sorted(was.keys() | now.keys()):
        if key not in now or key not in was:
            yield Mismatch("rating", f"{key}: {'no longer' if key in was else 'not stored'}")
        elif was[key] != now[key]:
            names = [
                one.name
                for one in fields(Scored)
                if getattr(was[key], one.name) != getattr(now[key], one.name)
            ]
            yield Mismatch("rating", f"{key}: {', '.join(names)}")
