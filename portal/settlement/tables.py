"""Runs, statements, disputes and corrections as lists that sort, filter and export."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core import clock
from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.settlement import rules, selectors
from portal.settlement.models import Adjustment, LineDispute, Run, Statement
from portal.settlement.states import (
    ADJUSTMENT_TONES,
    DISPUTE_TONES,
    RUN_TONES,
    TONES,
    AdjustmentStatus,
    DisputeStatus,
    RunKind,
    RunStatus,
    StatementStatus,
)

BELOW = "below"
MOST = 200_000  # rows of a file, a day


def _status(choices: Any, extra: tuple[tuple[str, Any], ...] = ()) -> TableFilter:
    return TableFilter(
        "status",
        _("State"),
        lambda: [*choices.choices, *extra],
        lambda rows, value: rows.filter(status=value) if value in choices.values else rows,
    )


def _state(tones: Any) -> TableColumn:
    return TableColumn(
        "status",
        _("State"),
        lambda row: row.get_status_display(),
        form="tag",
        tone=lambda row: tones.get(row.status, ""),
    )


def _money(name: str, label: Any, *, is_shown: bool = True, sort: str = "") -> TableColumn:
    return TableColumn(
        name,
        label,
        lambda row: getattr(row, name),
        form="money",
        sort=sort,
        plain=lambda row: Decimal(getattr(row, name)).scaleb(-2),
        is_shown=is_shown,
    )


def _link(row: Any) -> str:
    return str(row.get_absolute_url())


def _runs(actor: Actor) -> QuerySet[Run]:
    return Run.objects.visible_to(actor).select_related("prepared_by", "approved_by")


RUNS = register_table(
    TableKind(
        name="settlement_runs",
        title=_("Settlement runs"),
        url="settlement_list",
        rows=_runs,
        may=rules.can_see_settlements,
        order="-prepared_at",
        filters=(
            _status(RunStatus),
            TableFilter(
                "kind",
                _("Kind"),
                lambda: RunKind.choices,
                lambda rows, value: rows.filter(kind=value) if value in RunKind.values else rows,
            ),
        ),
        columns=(
            TableColumn(
                "month", _("Month"), lambda run: f"{run.month:%Y-%m}", url=_link, sort="month"
            ),
            TableColumn("kind", _("Kind"), lambda run: run.get_kind_display()),
            TableColumn(
                "prepared",
                _("Prepared"),
                lambda run: run.prepared_at,
                form="moment",
                sort="prepared_at",
            ),
            TableColumn("maker", _("Prepared by"), lambda run: run.prepared_by or "—"),
            TableColumn("checker", _("Approved by"), lambda run: run.approved_by or "—"),
            _state(RUN_TONES),
        ),
    )
)


def _in_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == BELOW:
        return rows.filter(negative_since__isnull=False, next=None)
    return rows.filter(status=value) if value in StatementStatus.values else rows


def _of_run(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    is_number = value.isascii() and value.isdecimal() and len(value) <= 18
    return rows.filter(run=int(value)) if is_number else rows


def _of_party(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    word = value.replace("\0", "").strip()
    if word.upper().startswith("JS-"):
        return rows.filter(number=word.upper())
    return rows.filter(party__name__icontains=word)


def _years() -> list[tuple[str, str]]:
    """The last five."""
    year = clock.today().year
    return [(str(one), str(one)) for one in range(year, year - 5, -1)]


def _of_year(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    is_year = value.isascii() and value.isdecimal() and len(value) == 4
    return rows.filter(month__year=int(value)) if is_year else rows


def _statements(actor: Actor) -> QuerySet[Statement]:
    rows = Statement.objects.visible_to(actor).select_related("party")
    return rows.annotate(party_name=F("party__name"))


STATEMENTS = register_table(
    TableKind(
        name="statements",
        title=_("Statements of parties"),
        url="statement_register",
        rows=_statements,
        may=rules.can_see_settlements,
        order="-id",
        daily_rows=MOST,
        filters=(
            TableFilter(
                "status",
                _("State"),
                lambda: [*StatementStatus.choices, (BELOW, _("Below zero, carried on"))],
                _in_state,
            ),
            TableFilter("run", _("Run"), list, _of_run, is_shown=False),
            TableFilter("q", _("Party or number"), list, _of_party, is_shown=False),
        ),
        columns=(
            TableColumn("number", _("Number"), lambda row: row.number, url=_link, sort="number"),
            TableColumn("party", _("Party"), lambda row: row.party_name, sort="party_name"),
            TableColumn("lines", _("Lines"), lambda row: row.lines, form="num", sort="lines"),
            _money("carried_in", _("Carried in"), is_shown=False, sort="carried_in"),
            _money("earned", _("Earned"), sort="earned"),
            _money("refunded", _("Given back"), sort="refunded"),
            _money("true_ups", _("Monthly parts"), is_shown=False, sort="true_ups"),
            _money("adjusted", _("Corrections"), is_shown=False, sort="adjusted"),
            _money("held", _("Held"), sort="held"),
            _money("total", _("Total"), sort="total"),
            _money("released", _("Payable"), is_shown=False, sort="released"),
            _money("carried_out", _("Carried on"), is_shown=False, sort="carried_out"),
            _state(TONES),
        ),
    )
)


OWN_STATEMENTS = register_table(
    TableKind(
        name="own_statements",
        title=_("Statements"),
        url="statement_list",
        rows=lambda actor: Statement.objects.visible_to(actor).filter(party=actor.party_id),
        may=rules.can_list_statements,
        order="-id",
        filters=(
            TableFilter(
                "status",
                _("State"),
                lambda: StatementStatus.choices[1:],
                _in_state,
            ),
            TableFilter("year", _("Year"), _years, _of_year),
        ),
        columns=(
            TableColumn("number", _("Number"), lambda row: row.number, url=_link, sort="number"),
            TableColumn("month", _("Month"), lambda row: f"{row.month:%Y-%m}", sort="month"),
            TableColumn("lines", _("Lines"), lambda row: row.lines, form="num", sort="lines"),
            _money("carried_in", _("Carried in"), is_shown=False),
            _money("earned", _("Earned"), sort="earned"),
            _money("refunded", _("Given back"), sort="refunded"),
            _money("true_ups", _("Monthly parts"), is_shown=False),
            _money("onward", _("Paid onward"), is_shown=False),
            _money("adjusted", _("Corrections"), is_shown=False),
            _money("held", _("Held"), is_shown=False),
            _money("total", _("Total"), sort="total"),
            _money("released", _("Payable"), sort="released"),
            _money("paid_fen", _("Paid"), is_shown=False),
            _money("carried_out", _("Carried on"), is_shown=False),
            _state(TONES),
        ),
    )
)


BELOW_STATES = [("open", _("Still below zero")), ("ended", _("Set off"))]


def _in_below_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(next=None) if value == "open" else rows.exclude(next=None)


def _below_state(row: Statement) -> str:
    ended = selectors.ended_in(row)
    return str(
        _("Set off in %(month)s") % {"month": f"{ended:%Y-%m}"} if ended else BELOW_STATES[0][1]
    )


def _fen_column(name: str, label: Any, value: Any) -> TableColumn:
    return TableColumn(
        name, label, value, form="money", plain=lambda row: Decimal(value(row)).scaleb(-2)
    )


BELOW_ZERO = register_table(
    TableKind(
        name="below_zero",
        title=_("Balances below zero"),
        url="below_zero_register",
        rows=lambda actor: selectors.runs_below_zero(Statement.objects.visible_to(actor)),
        may=rules.can_see_settlements,
        order="negative_since",
        daily_rows=MOST,
        filters=(TableFilter("status", _("State"), lambda: BELOW_STATES, _in_below_state),),
        columns=(
            TableColumn(
                "party",
                _("Party"),
                lambda row: row.party_name,
                sort="party_name",
                url=lambda row: reverse("statement_balance", args=[row.number]),
            ),
            TableColumn(
                "since",
                _("Below zero since"),
                lambda row: f"{row.negative_since:%Y-%m}",
                sort="negative_since",
            ),
            _fen_column("began", _("Began with"), lambda row: row.began_fen),
            _fen_column("set_off", _("Set off since"), selectors.set_off_of),
            _fen_column("owed", pgettext_lazy("money", "Open"), selectors.owed_by),
            TableColumn("months", _("Months"), selectors.months_below, form="num"),
            TableColumn(
                "age",
                _("Age"),
                lambda row: str(selectors.age_label(selectors.age_of(row))),
                form="tag",
                tone=lambda row: (
                    "" if selectors.ended_in(row) else selectors.AGE_TONES[selectors.age_of(row)]
                ),
            ),
            TableColumn("number", _("Last statement"), lambda row: row.number, url=_link),
            TableColumn(
                "status",
                _("State"),
                _below_state,
                form="tag",
                tone=lambda row: "ok" if selectors.ended_in(row) else "warn",
            ),
        ),
    )
)


def _disputes(actor: Actor) -> QuerySet[LineDispute]:
    rows = LineDispute.objects.visible_to(actor).select_related("statement__party")
    return rows.annotate(party_name=F("statement__party__name"))


DISPUTES = register_table(
    TableKind(
        name="line_disputes",
        title=_("Disputes about lines of statements"),
        url="line_dispute_register",
        rows=_disputes,
        may=rules.can_see_settlements,
        order="-raised_at",
        filters=(_status(DisputeStatus),),
        columns=(
            TableColumn(
                "statement",
                pgettext_lazy("settlement", "Statement"),
                lambda row: row.statement.number,
                url=_link,
            ),
            TableColumn("party", _("Party"), lambda row: row.party_name, sort="party_name"),
            TableColumn("reason", _("Why"), lambda row: row.reason),
            TableColumn(
                "raised", _("Raised"), lambda row: row.raised_at, form="moment", sort="raised_at"
            ),
            TableColumn("decision", _("Decision"), lambda row: row.decision, is_shown=False),
            _state(DISPUTE_TONES),
        ),
    )
)


def _adjustments(actor: Actor) -> QuerySet[Adjustment]:
    rows = Adjustment.objects.visible_to(actor)
    rows = rows.select_related("party", "counter_party", "prepared_by", "decided_by")
    return rows.annotate(party_name=F("party__name"))


ADJUSTMENTS = register_table(
    TableKind(
        name="adjustments",
        title=_("Corrections of the books"),
        url="adjustment_list",
        rows=_adjustments,
        may=rules.can_see_adjustments,
        order="-prepared_at",
        filters=(_status(AdjustmentStatus),),
        columns=(
            TableColumn("reason", _("Why"), lambda row: row.reason, url=_link),
            TableColumn("party", _("Party"), lambda row: row.party_name, sort="party_name"),
            TableColumn(
                "other", _("Other side"), lambda row: row.counter_party or _("The platform")
            ),
            _money("amount_fen", _("Amount"), sort="amount_fen"),
            TableColumn(
                "effective",
                _("Takes effect on"),
                lambda row: row.effective_on,
                form="day",
                sort="effective_on",
            ),
            TableColumn("maker", _("Prepared by"), lambda row: row.prepared_by or "—"),
            TableColumn("checker", _("Decided by"), lambda row: row.decided_by or "—"),
            _state(ADJUSTMENT_TONES),
        ),
    )
)
