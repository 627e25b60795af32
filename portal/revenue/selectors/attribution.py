"""Which cooperation an order line belongs to, and what its lines come to.

A line's tree says which papers it was made of; of those that are a cooperation's, the most specific
one counts, then the earliest, so that a line belongs to at most one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, F, Q, QuerySet, Sum
from django.db.models.functions import Cast, Least

from portal.core import clock
from portal.ledger.models import Entry
from portal.ledger.states import Kind, Track
from portal.revenue.models import AgreementVersion, OrderEvent, OrderLine, Terms
from portal.revenue.order_states import CAUSE, EventKind
from portal.revenue.states import ScopeKind

NET = Least(F("settled_fen"), F("paid_fen") - F("refunded_fen"))


@dataclass(frozen=True, slots=True)
class LineFigures:
    """In fen: paid; settled before refunds; settled less refunds; and what may still settle."""

    lines: int = 0
    paid_fen: int = 0
    settled_fen: int = 0
    net_fen: int = 0
    open_fen: int = 0

    def __add__(self, other: LineFigures) -> LineFigures:
        return LineFigures(
            self.lines + other.lines,
            self.paid_fen + other.paid_fen,
            self.settled_fen + other.settled_fen,
            self.net_fen + other.net_fen,
            self.open_fen + other.open_fen,
        )


def terms_by_agreement(agreements: Collection[UUID] | None = None) -> Mapping[UUID, list[str]]:
    """The trees of the lines of each cooperation's paper; of `agreements` only, or of all."""
    versions = AgreementVersion.objects.filter(agreement__scope_kind=ScopeKind.COOPERATION)
    if agreements is not None:
        versions = versions.filter(agreement__in=agreements)
    known = {str(row.pk): row for row in versions.select_related("agreement")}
    others = _others(known) if agreements is not None else known
    found: dict[UUID, list[str]] = defaultdict(list)
    for sha, made_of in _trees(known):
        papers = [others[one["id"]] for one in made_of if one["id"] in others]
        first = min(papers, key=_precedence, default=None)
        if first is not None and str(first.pk) in known:
            found[first.agreement_id].append(sha)
    return found


def _trees(known: Mapping[str, AgreementVersion]) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    """Those that name one of these versions."""
    named = Q(pk__in=())
    if len(known) > 50:
        named = Q()
    else:
        for key in known:
            named |= Q(made_of__contains=[{"id": key}])
    return Terms.objects.filter(named).values_list("sha256", "made_of")


def _others(known: Mapping[str, AgreementVersion]) -> Mapping[str, AgreementVersion]:
    """Every cooperation's version that the trees of these name, too."""
    keys = {one["id"] for _sha, made_of in _trees(known) for one in made_of}
    keys = {key for key in keys if len(key) == 36}  # fees have numbers
    rows = AgreementVersion.objects.filter(pk__in=keys, agreement__scope_kind=ScopeKind.COOPERATION)
    return {str(row.pk): row for row in rows.select_related("agreement")}


def _precedence(version: AgreementVersion) -> tuple[Any, ...]:
    agreement = version.agreement
    return -agreement.specificity, agreement.created_at, str(agreement.pk)


def lines_of_agreement(
    agreement_id: UUID, *, first: date | None = None, last: date | None = None
) -> QuerySet[OrderLine]:
    """What belongs to a cooperation, by its paper; paid from `first` to `last`, both included."""
    trees = terms_by_agreement([agreement_id]).get(agreement_id, [])
    lines = OrderLine.objects.filter(terms__in=trees)
    if first is not None:
        lines = lines.filter(paid_at__gte=_midnight(first))
    if last is not None:
        lines = lines.filter(paid_at__lte=datetime.combine(last, time.max, clock.SHANGHAI))
    return lines


def figures_by_agreement(
    agreements: Collection[UUID] | None = None, *, merchants: Collection[int] | None = None
) -> Mapping[UUID, LineFigures]:
    """What the lines of each cooperation's paper come to; none where it has no line. `merchants`:
    whose lines they are, which finds them sooner."""
    owner = _papers_by_tree(agreements)
    lines = _lines_of(owner, merchants)
    told = (
        lines.order_by()
        .values("terms")
        .annotate(
            count=Count("pk"),
            paid=Sum("paid_fen"),
            whole=Sum("settled_fen"),
            net=Sum(NET),
            back=Sum("refunded_fen"),
        )
    )
    found: dict[UUID, LineFigures] = defaultdict(LineFigures)
    for row in told:
        left = row["paid"] - row["back"] - row["net"]
        found[owner[row["terms"]]] += LineFigures(
            row["count"], row["paid"], row["whole"], row["net"], left
        )
    return found


def figures_at(
    agreements: Collection[UUID], moments: Sequence[datetime], *, merchants: Collection[int]
) -> list[LineFigures]:
    """What the lines of these papers together had come to by each of the moments: by what had
    happened to each line until then, whatever happened since."""
    lines = _lines_of(_papers_by_tree(agreements), merchants)
    events = OrderEvent.objects.filter(line__in=lines, occurred_at__lte=max(moments))
    told = list(events.values_list("line", "kind", "amount_fen", "occurred_at"))
    return [_figures_of(row[:3] for row in told if row[3] <= moment) for moment in moments]


def _figures_of(told: Iterable[tuple[int, str, int]]) -> LineFigures:
    """Of events: line, kind, fen."""
    sums: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line, kind, fen in told:
        sums[line][kind] += fen
    found = LineFigures()
    for one in sums.values():
        paid, settled, back = (one[kind] for kind in EventKind)
        if not paid:
            continue  # what else is known of it waits for this
        net = min(settled, paid - back)
        found += LineFigures(1, paid, settled, net, paid - back - net)
    return found


def _papers_by_tree(agreements: Collection[UUID] | None) -> dict[str, UUID]:
    return {sha: pk for pk, shas in terms_by_agreement(agreements).items() for sha in shas}


def _lines_of(owner: Mapping[str, UUID], merchants: Collection[int] | None) -> QuerySet[OrderLine]:
    lines = OrderLine.objects.filter(terms__in=list(owner))
    return lines if merchants is None else lines.filter(merchant__in=merchants)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.SHANGHAI)


def settled_share_of(agreement_id: UUID, party_id: int) -> int:
    """What a party has got of a cooperation's lines by the books, held or not, in fen."""
    return _sum(_settled_entries(agreement_id, party_id))


def returned_share_of(agreement_id: UUID, *, hired_id: int, merchant_id: int) -> int:
    """What outcomes of disputes gave of that back to the merchant, in fen: in the books it stands
    on the merchant's account, under the hired side's part of the line."""
    parts = _settled_entries(agreement_id, hired_id).values("part")
    return _sum(_settled_entries(agreement_id, merchant_id).filter(part__in=parts))


def _settled_entries(agreement_id: UUID, party_id: int) -> QuerySet[Entry]:
    lines = lines_of_agreement(agreement_id)
    events = OrderEvent.objects.filter(line__in=lines).annotate(
        cause=Cast("pk", CharField(max_length=64))
    )
    return Entry.objects.filter(
        account__party=party_id,
        account__track=Track.SETTLED,
        account__kind__in=[Kind.SHARE, Kind.HELD],
        journal__cause_type=CAUSE,
        journal__cause_id__in=events.values("cause"),
    )


def _sum(entries: QuerySet[Entry]) -> int:
    return entries.aggregate(total=Sum("amount"))["total"] or 0


def held_by(cause_type: str, cause_id: str) -> LineFigures:
    """The lines that a dispute holds, or held until its outcome."""
    lines = OrderLine.objects.filter(holds__cause_type=cause_type, holds__cause_id=cause_id)
    found = lines.aggregate(
        lines=Count("pk"), paid=Sum("paid_fen"), settled=Sum("settled_fen"), net=Sum(NET)
    )
    return LineFigures(found["lines"], found["paid"] or 0, found["settled"] or 0, found["net"] or 0)
