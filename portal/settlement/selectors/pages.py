"""What pages of settlements show beside their lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.core import clock
from portal.core.money import Money
from portal.ledger.fields import month_after, month_of
from portal.revenue.models import AgreementVersion
from portal.revenue.selectors.previews import title_of
from portal.settlement.models import Adjustment, LineDispute, Run, Statement, StatementRow
from portal.settlement.states import RunStatus, Source, StatementStatus

SUMS = (
    *("carried_in", "earned", "refunded", "true_ups", "onward", "adjusted", "other", "held"),
    *("total", "released", "carried_out", "paid_fen"),
)


@dataclass(frozen=True, slots=True)
class Paper:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    row: StatementRow
    title: str
    papers: Sequence[Paper]


def month_to_settle() -> date:
    """The next one: behind the last that was settled, or else the month before this one."""
    last = Run.objects.monthly().order_by("-month").values_list("month", flat=True).first()
    if last is not None:
        return month_after(last)
    return (month_of(clock.now()) - timedelta(days=1)).replace(day=1)


def figures() -> list[dict[str, Any]]:
    """Of all settlements: what waits for whom."""
    found = Statement.objects.aggregate(
        to_agree=Count("pk", filter=Q(status=StatementStatus.SENT)),
        to_approve=Count("pk", filter=Q(status__in=["agreed", "disputed"])),
        below=Sum("carried_out", filter=Q(negative_since__isnull=False, next=None)),
        parties_below=Count("pk", filter=Q(negative_since__isnull=False, next=None)),
    )
    register = reverse("statement_register")
    return [
        {
            "label": _("To be agreed"),
            "value": f"{found['to_agree']:,}",
            "url": f"{register}?status=sent",
        },
        {
            "label": _("To be approved"),
            "value": f"{found['to_approve']:,}",
            "url": f"{register}?status=agreed",
        },
        {
            "label": _("Disputes to decide"),
            "value": f"{LineDispute.objects.open().count():,}",
            "url": f"{reverse('line_dispute_register')}?status=open",
        },
        {
            "label": _("Below zero, carried on"),
            "value": Money(found["below"] or 0).short,
            "note": _("%(n)s parties") % {"n": found["parties_below"]},
            "url": f"{reverse('below_zero_register')}?status=open",
        },
        {
            "label": _("Corrections to approve"),
            "value": f"{Adjustment.objects.proposed().count():,}",
            "url": f"{reverse('adjustment_list')}?status=proposed",
        },
    ]


def sums_of(run: Run) -> dict[str, Any]:
    """All its statements together, and how many are in which state."""
    asked = {f"sum_{name}": Sum(name, default=0) for name in SUMS}
    found = run.statements.aggregate(
        **asked, count=Count("pk"), below=Count("pk", filter=Q(total__lt=0))
    )
    sums = {name.removeprefix("sum_"): value for name, value in found.items()}
    states = run.statements.values_list("status").annotate(Count("pk")).order_by()
    labels = dict(StatementStatus.choices)
    return sums | {
        "true_up_count": run.true_ups.count(),
        "states": [(labels[status], status, count) for status, count in sorted(states)],
    }


def steps_of_run(run: Run) -> list[dict[str, str]]:
    """For `components/steps.html`."""
    now = list(RunStatus).index(RunStatus(run.status))
    notes = [
        (_("Prepared"), run.prepared_at),
        (_("Calculated"), run.calculated_at),
        (_("Sent"), run.sent_at),
        (_("Approved"), run.approved_at),
    ]
    return [
        _step(label, at, is_done=at is not None, is_current=place == now + 1)
        for place, (label, at) in enumerate(notes)
    ]


def steps_of_statement(statement: Statement) -> list[dict[str, str]]:
    steps = [
        (pgettext("settlement", "Calculated"), statement.calculated_at),
        (pgettext("settlement", "Sent"), statement.sent_at),
        (pgettext("settlement", "Agreed"), statement.agreed_at),
        (pgettext("settlement", "Approved"), statement.approved_at),
        (pgettext("settlement", "Paid"), statement.paid_at),
    ]
    if statement.status == StatementStatus.CLOSED and not statement.released:
        steps[-1] = (_("Nothing to pay"), statement.approved_at)
    first = next((place for place, (_label, at) in enumerate(steps) if at is None), len(steps))
    return [
        _step(label, at, is_done=at is not None, is_current=place == first)
        for place, (label, at) in enumerate(steps)
    ]


def _step(label: str, at: Any, *, is_done: bool, is_current: bool) -> dict[str, str]:
    note = f"{clock.day_of(at):%m-%d}" if at else ""
    state = "done" if is_done else "current" if is_current else ""
    return {"label": label, "note": note, "state": state}


def sums_of_statement(statement: Statement) -> list[dict[str, Any]]:
    """From what was carried in to the total, in their order; what is zero is left out."""
    labels = [
        (_("Carried in from the statement before"), statement.carried_in),
        (_("Earned of order lines"), statement.earned),
        (_("Given back by refunds"), statement.refunded),
        (_("Monthly parts of agreements"), statement.true_ups),
        (_("Paid onward"), statement.onward),
        (_("Corrections"), statement.adjusted),
        (_("Other"), statement.other),
        (_("Held by disputes"), statement.held),
    ]
    return [{"label": label, "fen": fen} for label, fen in labels if fen]


def rows_of(statement: Statement) -> list[ShownRow]:
    """With the papers each row rests on."""
    rows = list(statement.rows.select_related("terms", "version__agreement"))
    ids = {
        one["id"]
        for row in rows
        if row.terms is not None
        for one in row.terms.made_of
        if one["from"] == "paper"
    }
    versions = AgreementVersion.objects.select_related("agreement__payer", "agreement__payee")
    known = {str(pk): version for pk, version in versions.in_bulk(ids).items()}
    return [ShownRow(row, _title(row), list(_papers(statement, row, known))) for row in rows]


def _title(row: StatementRow) -> str:
    label = Source(row.source).label
    if row.source == Source.ORDERS:
        return title_of(row.part)
    return f"{label}: {row.part}" if row.part else str(label)


def _papers(
    statement: Statement, row: StatementRow, known: dict[str, AgreementVersion]
) -> Iterator[Paper]:
    """Those between the party and somebody else; a line's other papers are not its own."""
    found = [row.version] if row.version is not None else []
    if row.terms is not None:
        found += [known[one["id"]] for one in row.terms.made_of if one["from"] == "paper"]
    for version in found:
        agreement = version.agreement
        if agreement.has_side(statement.party_id):
            yield Paper(f"{agreement} · v{version.number}", version.get_absolute_url())
