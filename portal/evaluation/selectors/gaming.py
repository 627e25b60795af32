"""What the rules against gaming need to know of the parties, and their thresholds."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator

from django.db.models import QuerySet

from portal.evaluation.gathering import Gaming, parse_gathering
from portal.evaluation.models import Method
from portal.evaluation.rules.gaming import pairs_that_belong_together
from portal.evaluation.states import MethodStatus
from portal.parties.models import Membership, Party, RealName


def gaming_of(kinds: Iterable[str]) -> dict[str, Gaming]:
    """Kind of party → the thresholds of its method in force; the usual ones before the first."""
    in_force = Method.objects.filter(code__in=set(kinds), status=MethodStatus.IN_FORCE)
    found = {one.code: parse_gathering(one.gathering).gaming for one in in_force}
    return {kind: found.get(kind, Gaming()) for kind in kinds}


def self_dealing(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of `pairs` whose two sides are in truth one: they share a member, a registration code
    or the person behind them, or were merged into the same party."""
    if not pairs:
        return set()
    ids = {party for pair in pairs for party in pair}
    return pairs_that_belong_together(pairs, _bonds(ids))


def _bonds(ids: Collection[int]) -> Iterator[tuple[int, Hashable]]:
    yield from _named("member", Membership.objects.filter(party__in=ids), "party", "user")
    yield from _named("code", Party.objects.filter(pk__in=ids).exclude(uscc=""), "pk", "uscc")
    yield from _named("person", RealName.objects.filter(party__in=ids), "party", "number_print")
    for party, into in Party.objects.filter(pk__in=ids).values_list("pk", "merged_into"):
        yield party, ("merged", into or party)


def _named(
    kind: str, rows: QuerySet[Membership] | QuerySet[Party] | QuerySet[RealName], *names: str
) -> Iterator[tuple[int, Hashable]]:
    for party, value in rows.values_list(*names):
        yield party, (kind, value)
