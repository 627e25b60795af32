"""A statement's rows as its party reads them: by cooperation, the largest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from portal.revenue.models import AgreementVersion, Terms
from portal.revenue.selectors.previews import title_of
from portal.revenue.states import PaperRole
from portal.settlement.models import DisputedLine, Statement, StatementRow
from portal.settlement.selectors.pages import Paper
from portal.settlement.states import DisputeStatus, Source

Versions = Mapping[str, AgreementVersion]


@dataclass(frozen=True, slots=True)
class Cooperation:
    """What belongs together on a statement: the order lines of one cooperation, or another row.

    `key` names it in addresses; `terms`: the trees its lines were split by. `papers`: those that
    its party reads. `disputed`: its lines in open disputes, with what these held of them."""

    key: int
    source: str
    title: str
    papers: Sequence[Paper]
    channel: str
    terms: Sequence[str]
    lines: int
    turnover: int
    earned: int
    refunded: int
    held: int
    amount: int
    disputed: int = 0

    @property
    def is_of_orders(self) -> bool:
        return self.source == Source.ORDERS


@dataclass(frozen=True, slots=True)
class Sums:
    lines: int
    turnover: int
    earned: int
    refunded: int
    amount: int


def cooperations_of(statement: Statement) -> list[Cooperation]:
    rows = list(statement.rows.select_related("terms", "version__agreement__payer"))
    versions = _versions(rows)
    known: dict[Any, list[StatementRow]] = {}
    for row in rows:
        known.setdefault(_belongs_to(row, statement.party_id, versions), []).append(row)
    disputed = _disputed(statement)
    found = [_cooperation(statement.party_id, of, versions, disputed) for of in known.values()]
    return sorted(found, key=lambda one: (not one.is_of_orders, -abs(one.amount), one.key))


def sums_of_cooperations(rows: Iterable[Cooperation]) -> Sums:
    found = list(rows)
    return Sums(
        *(
            sum(getattr(one, name) for one in found)
            for name in ("lines", "turnover", "earned", "refunded", "amount")
        )
    )


def _versions(rows: Iterable[StatementRow]) -> Versions:
    wanted = {one["id"] for row in rows for one in _papers_of(row.terms)}
    found = AgreementVersion.objects.select_related("agreement__payer", "agreement__payee")
    return {str(pk): version for pk, version in found.in_bulk(wanted).items()}


def _papers_of(terms: Terms | None) -> Iterator[dict[str, Any]]:
    if terms is not None:
        yield from (one for one in terms.made_of if one["from"] == "paper")


def _belongs_to(row: StatementRow, party_id: int, versions: Versions) -> Any:
    """Lines split by several trees are one cooperation where its party reads the same papers."""
    if row.source != Source.ORDERS or row.terms is None:
        return row.pk
    own = [one["id"] for one in _papers_of(row.terms) if _is_own(one, party_id, versions)]
    return (tuple(own), *_names(row.terms, versions)) if own else row.terms_id


def _is_own(part: dict[str, Any], party_id: int, versions: Versions) -> bool:
    return versions[part["id"]].agreement.has_side(party_id)


def _names(terms: Terms, versions: Versions) -> tuple[str, ...]:
    """Of the merchant and who shows its goods, as far as papers say."""
    for role in (PaperRole.COMMISSION, PaperRole.AGENCY_SHARE, PaperRole.PROVIDER_FEE):
        for one in _papers_of(terms):
            agreement = versions[one["id"]].agreement
            if agreement.role == role:
                return (agreement.payer_name, agreement.payee.name)
    return ()


def _cooperation(
    party_id: int,
    rows: Sequence[StatementRow],
    versions: Versions,
    disputed: Mapping[str, tuple[int, int]],
) -> Cooperation:
    first, terms = rows[0], [row.terms for row in rows if row.terms is not None]
    trees = {one.pk: one for one in terms}
    own = {
        one["id"]: _paper(versions[one["id"]])
        for tree in trees.values()
        for one in _papers_of(tree)
        if _is_own(one, party_id, versions)
    }
    if first.version is not None:
        own[str(first.version_id)] = _paper(first.version)
    whole = _whole(rows)
    return replace(
        whole,
        title=_title(first, versions),
        papers=list(own.values()),
        channel=_channel(first, versions),
        terms=sorted(trees),
        disputed=sum(disputed.get(tree, (0, 0))[0] for tree in trees),
    )


def _whole(rows: Sequence[StatementRow]) -> Cooperation:
    """An order's turnover is told once, however many parts of it go to the party."""
    by_tree = sorted(rows, key=lambda row: row.terms_id or "")
    widest = [max(of, key=_width) for _tree, of in groupby(by_tree, lambda row: row.terms_id)]
    return Cooperation(
        key=min(row.pk for row in rows),
        source=rows[0].source,
        title="",
        papers=(),
        channel="",
        terms=(),
        lines=sum(row.lines for row in widest),
        turnover=sum(row.turnover for row in widest),
        earned=sum(row.earned for row in rows),
        refunded=sum(row.refunded for row in rows),
        held=sum(row.held for row in rows),
        amount=sum(row.amount for row in rows),
    )


def _width(row: StatementRow) -> tuple[int, int]:
    return (row.lines, abs(row.turnover))


def _paper(version: AgreementVersion) -> Paper:
    return Paper(f"{version.agreement} · v{version.number}", version.get_absolute_url())


def _title(row: StatementRow, versions: Versions) -> str:
    if row.source != Source.ORDERS:
        label = str(Source(row.source).label)
        return f"{label}: {row.part}" if row.part else label
    names = _names(row.terms, versions) if row.terms else ()
    return " × ".join(names) if names else title_of(row.part)


def _channel(row: StatementRow, versions: Versions) -> str:
    """What brought it about, as far as its papers say."""
    if row.terms is None:
        return ""
    parts = row.terms.made_of
    if any(one["part"] == PaperRole.RECRUITING_FEE for one in parts):
        return _("Recruiting")
    if any(one["from"] == "plan" for one in parts):
        return _("Open to all creators")
    papers = [versions[one["id"]].agreement for one in _papers_of(row.terms)]
    return papers[0].scope if papers else ""


def _disputed(statement: Statement) -> dict[str, tuple[int, int]]:
    """By tree: how many lines open disputes hold, and what they held of the party's."""
    rows = DisputedLine.objects.filter(
        dispute__statement=statement, dispute__status=DisputeStatus.OPEN
    )
    told = rows.values_list("line__terms").annotate(Count("pk"), Sum("held_fen")).order_by()
    return {terms: (count, fen) for terms, count, fen in told}
