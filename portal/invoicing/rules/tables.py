"""Tables of tax: one person proposes, another approves; and what a party says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, flawless, forbidden, unmet
from portal.invoicing import engine
from portal.invoicing.engine import Table, VatTable
from portal.invoicing.fields import ProfileFields, TableFields
from portal.invoicing.models import TaxTable
from portal.invoicing.states import PayeeKind, TaxKind, Taxpayer
from portal.ledger.rules import can_see_money_of
from portal.parties.models import Party
from portal.policies.rules import can_approve_proposed, can_refuse_proposed

FORMS: dict[TaxKind, type] = {
    TaxKind.VAT_GENERAL: VatTable,
    TaxKind.VAT_SMALL: VatTable,
    TaxKind.VAT_PERSON: VatTable,
    TaxKind.LABOUR: Table,
    TaxKind.INVOICE_DAYS: int,
}
DECIDED_BY = _("Only who checks the finances decides about tables of tax.")
NO_TABLE = _("These figures are no table of this kind. Look at “%(field)s”.")


def can_see_tables(actor: Actor) -> Verdict:
    if actor.has_perm("invoicing.view_taxtable"):
        return ALLOWED
    return forbidden(_("Only the platform's finance people see tables before they hold."))


def can_propose_table(actor: Actor) -> Verdict:
    if actor.has_perm("invoicing.propose_taxtable"):
        return ALLOWED
    return forbidden(_("Only the platform's finance people propose tables of tax."))


def can_approve_table(actor: Actor, table: TaxTable) -> Verdict:
    second = _("Who proposed a table does not approve it; a second person must.")
    if not (verdict := can_approve_proposed(actor, table, who=DECIDED_BY, second=second)):
        return verdict
    if table.starts_on < first_of_month():
        return unmet(
            _("It would begin in a month that is over; refuse it and propose a later day.")
        )
    return ALLOWED


def can_refuse_table(actor: Actor, table: TaxTable) -> Verdict:
    return can_refuse_proposed(actor, table, who=DECIDED_BY)


def table_is_sound(fields: TableFields) -> Verdict:
    return flawless(flaws_of_table(fields))


def flaws_of_table(fields: TableFields) -> Iterator[Flaw]:
    """A law may begin tomorrow, but what was reckoned for months that are over stays."""
    if fields.kind not in TaxKind.values:
        yield Flaw("kind", _("Choose one from the list."))
        return
    try:
        table = engine.read_table(fields.body)
    except engine.Faulty as faulty:
        yield Flaw("body", NO_TABLE % {"field": faulty.field})
    else:
        if not isinstance(table, FORMS[TaxKind(fields.kind)]):
            yield Flaw("body", NO_TABLE % {"field": "kind"})
    if fields.starts_on < first_of_month():
        yield Flaw("starts_on", _("It begins this month at the earliest."))
    if not fields.source.strip():
        yield Flaw("source", _("Say where this is from."))


def first_of_month() -> date:
    return clock.today().replace(day=1)


def can_say_profile(actor: Actor, party: Party) -> Verdict:
    """Who handles the party's money says how it counts its tax."""
    if actor.role == SYSTEM:
        return ALLOWED
    return can_see_money_of(actor, party)


def flaws_of_profile(fields: ProfileFields, *, is_asked: bool) -> Iterator[Flaw]:
    """`is_asked`: whether the party's code leaves its kind open."""
    if fields.taxpayer not in Taxpayer.values:
        yield Flaw("taxpayer", _("Choose one from the list."))
    if is_asked and fields.kind not in PayeeKind.values:
        yield Flaw("kind", _("Choose one from the list."))
    if not is_asked and fields.kind:
        yield Flaw("kind", _("The party's code says it already."))
    if fields.starts_on < first_of_month():
        yield Flaw("starts_on", _("It begins this month at the earliest."))
