"""Lists to sort, filter and take along: what is owed, by bill and by balance; invoices."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, QuerySet, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core import clock
from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.invoicing import rules, selectors
from portal.invoicing.models import AgedBalance, InvoiceDue
from portal.invoicing.selectors import BUCKET_CHOICES, LABELS
from portal.invoicing.states import TONES, WAITING, DueStatus

BUCKET_TONES = ("", "info", "warn", "warn", "bad", "bad")
SIDES = [("pay", _("We pay")), ("paid", _("We are paid"))]


def _of_bucket(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(bucket=int(value)) if value in dict(BUCKET_CHOICES) else rows


def _of_side(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(is_ours=value == "pay")


def _bucket_label(bill: Any) -> str:
    return str(LABELS[bill.bucket])


def _bucket_tone(bill: Any) -> str:
    return BUCKET_TONES[bill.bucket]


BUCKET_FILTER = TableFilter("age", _("Age"), lambda: BUCKET_CHOICES, _of_bucket)
AMOUNT = TableColumn("amount", _("Amount"), lambda b: b.amount_fen, form="money", sort="amount_fen")
DUE = TableColumn("due_on", _("Due on"), lambda b: b.due_on, form="day", sort="due_on")
AGE = TableColumn("age", _("Age"), _bucket_label, form="tag", tone=_bucket_tone)

AGED_BILLS = register_table(
    TableKind(
        name="aged_bills",
        title=_("Open bills by age"),
        url="ageing_list",
        rows=selectors.open_bills,
        may=rules.can_see_ageing,
        order="due_on",
        filters=(TableFilter("side", _("Side"), lambda: SIDES, _of_side), BUCKET_FILTER),
        columns=(
            TableColumn("part", _("Bill"), lambda b: b.title, url=lambda b: b.get_absolute_url()),
            TableColumn("side", _("Side"), lambda b: dict(SIDES)["pay" if b.is_ours else "paid"]),
            TableColumn("other", _("With"), lambda b: (b.payee if b.is_ours else b.payer).name),
            AMOUNT,
            DUE,
            AGE,
        ),
    )
)
ALL_AGED_BILLS = register_table(
    TableKind(
        name="all_aged_bills",
        title=_("Open bills by age"),
        url="ageing_register",
        rows=selectors.open_bills,
        may=rules.can_see_all_ageing,
        order="due_on",
        filters=(BUCKET_FILTER,),
        columns=(
            TableColumn("part", _("Bill"), lambda b: b.title),
            TableColumn("payer", _("Payer"), lambda b: b.payer.name),
            TableColumn("payee", _("Payee"), lambda b: b.payee.name),
            AMOUNT,
            DUE,
            AGE,
        ),
    )
)


def _balances(actor: Actor) -> QuerySet[AgedBalance]:
    return AgedBalance.objects.visible_to(actor).select_related("party")


SIGNS = [("owed", _("Owed to the party")), ("owes", _("Owed by the party"))]


def _of_sign(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(amount_fen__lt=0) if value == "owes" else rows.filter(amount_fen__gt=0)


def _bucket_column(at: int) -> TableColumn:
    return TableColumn(
        f"b{at}",
        LABELS[at],
        lambda row: row.buckets[at],
        form="money",
        is_shown=at in (0, 1, 5),
    )


def _oldest(row: AgedBalance) -> str:
    return f"{row.since:%Y-%m}"


AGED_BALANCES = register_table(
    TableKind(
        name="aged_balances",
        title=_("Open balances by age"),
        url="balance_register",
        rows=_balances,
        may=rules.can_see_all_ageing,
        order="amount_fen",
        filters=(TableFilter("sign", _("Side"), lambda: SIGNS, _of_sign),),
        columns=(
            TableColumn(
                "party",
                _("Party"),
                lambda row: row.party.name,
                note=lambda row: row.party.legal_name,
            ),
            TableColumn(
                "amount",
                pgettext_lazy("money", "Open"),
                lambda row: row.amount_fen,
                form="money",
                sort="amount_fen",
            ),
            TableColumn("since", _("Oldest from"), _oldest, sort="since"),
            *(_bucket_column(at) for at in range(len(LABELS))),
        ),
    )
)


# --- invoices ------------------------------------------------------------------------------------


def _dues(actor: Actor) -> QuerySet[Any]:
    """Each knows which side looks at it."""
    is_ours = Case(When(issuer=actor.party_id, then=True), default=False)
    return selectors.dues_of(actor).annotate(is_ours=is_ours)


DUE_SIDES = [("issue", _("We issue")), ("get", _("We are sent"))]
DUE_STATES = [*DueStatus.choices, ("late", _("Late"))]


def _of_due_side(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(is_ours=value == "issue")


def _of_due_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "late":
        return rows.filter(status__in=WAITING, due_on__lt=clock.today())
    return rows.filter(status=value)


def _due_state(due: InvoiceDue) -> str:
    return str(_("Late")) if due.is_late else due.get_status_display()


def _due_tone(due: InvoiceDue) -> str:
    return "bad" if due.is_late else TONES[DueStatus(due.status)]


def _other(due: Any) -> str:
    if due.is_ours:
        return str(due.recipient.name if due.recipient is not None else _("The platform"))
    return str(due.issuer.name)


FOR = TableColumn("for", _("For"), lambda d: d.title, url=lambda d: d.get_absolute_url())
DUE_AMOUNT = TableColumn(
    "amount", _("Amount"), lambda d: d.amount_fen, form="money", sort="amount_fen"
)
INVOICED = TableColumn("invoiced", _("Invoiced"), lambda d: d.net_fen, form="money")
MONTH = TableColumn("month", _("Month"), lambda d: f"{d.month:%Y-%m}", is_shown=False)
STATE = TableColumn("state", _("State"), _due_state, form="tag", tone=_due_tone)
STATE_FILTER = TableFilter("state", _("State"), lambda: DUE_STATES, _of_due_state)

DUES = register_table(
    TableKind(
        name="invoices_due",
        title=_("Invoices"),
        url="invoice_list",
        rows=_dues,
        may=rules.can_list_invoices,
        order="-due_on",
        filters=(
            TableFilter("side", _("Side"), lambda: DUE_SIDES, _of_due_side),
            STATE_FILTER,
        ),
        columns=(
            FOR,
            TableColumn(
                "side", _("Side"), lambda d: dict(DUE_SIDES)["issue" if d.is_ours else "get"]
            ),
            TableColumn("other", _("With"), _other),
            DUE_AMOUNT,
            INVOICED,
            DUE,
            MONTH,
            STATE,
        ),
    )
)
ALL_DUES = register_table(
    TableKind(
        name="platform_invoices",
        title=_("Invoices to the platform"),
        url="invoice_register",
        rows=selectors.dues_of,
        may=rules.can_see_invoices,
        order="-due_on",
        filters=(STATE_FILTER,),
        columns=(
            FOR,
            TableColumn("issuer", _("issuer"), lambda d: d.issuer.name),
            DUE_AMOUNT,
            INVOICED,
            DUE,
            MONTH,
            STATE,
        ),
    )
)
