"""Tables of tax from a day on, and what a party says of its own."""

from __future__ import annotations

from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict, flawless
from portal.invoicing import rules
from portal.invoicing.fields import ProfileFields, TableFields
from portal.invoicing.models import TaxProfile, TaxTable
from portal.invoicing.selectors import kind_by_code
from portal.invoicing.states import TABLE_TRANSITIONS, TableStatus
from portal.parties.models import Party


@transaction.atomic
def propose_table(actor: Actor, *, fields: TableFields) -> TaxTable:
    """It waits for a second person, and holds from its day once they approve it."""
    rules.can_propose_table(actor).require()
    rules.table_is_sound(fields).require()
    facts = {"proposed_by": actor.user, "proposed_at": clock.now(), "checked_on": clock.today()}
    try:
        with transaction.atomic():
            table = TaxTable.objects.create(**asdict(fields), **facts)
    except IntegrityError as error:
        raise Refused(
            conflict(_("There is a table of this kind from this day already."))
        ) from error
    audit.record(actor, "propose_tax_table", table, after=_said(table))
    return table


@transaction.atomic
def approve_table(actor: Actor, *, table: TaxTable) -> TaxTable:
    """It never changes from now on; only the next one follows it."""
    table = _lock(table)
    rules.can_approve_table(actor, table).require()
    return _change_status(actor, table, TableStatus.APPROVED, "approve_tax_table")


@transaction.atomic
def refuse_table(actor: Actor, *, table: TaxTable) -> TaxTable:
    table = _lock(table)
    rules.can_refuse_table(actor, table).require()
    return _change_status(actor, table, TableStatus.REFUSED, "refuse_tax_table")


@transaction.atomic
def confirm_table(actor: Actor, *, table: TaxTable) -> TaxTable:
    """Somebody looked at its source again today."""
    rules.can_propose_table(actor).require()
    before, table.checked_on = table.checked_on, clock.today()
    table.save(update_fields=["checked_on"])
    after = {"on": table.checked_on}
    audit.record(actor, "confirm_tax_table", table, before={"on": before}, after=after)
    return table


@transaction.atomic
def say_profile(actor: Actor, *, party: Party, fields: ProfileFields) -> TaxProfile:
    """How the party counts its tax from a day on; what it said before stays on record."""
    rules.can_say_profile(actor, party).require()
    flawless(rules.flaws_of_profile(fields, is_asked=kind_by_code(party) is None)).require()
    profile = TaxProfile.objects.create(
        party=party, **asdict(fields), said_by=actor.user, said_at=clock.now()
    )
    after = {"taxpayer": fields.taxpayer, "kind": fields.kind, "from": fields.starts_on}
    audit.record(actor, "say_tax_profile", party, after=after)
    return profile


def _lock(table: TaxTable) -> TaxTable:
    return TaxTable.objects.select_for_update(no_key=True).get(pk=table.pk)


def _change_status(actor: Actor, table: TaxTable, status: TableStatus, verb: str) -> TaxTable:
    if status not in TABLE_TRANSITIONS[table.status]:
        raise Refused(conflict(_("This was decided already.")))
    table.status, table.decided_by, table.decided_at = status, actor.user, clock.now()
    table.save(update_fields=["status", "decided_by", "decided_at"])
    audit.record(actor, verb, table, after=_said(table))
    return table


def _said(table: TaxTable) -> dict[str, object]:
    return {
        "kind": table.kind,
        "figures": table.body,
        "from": table.starts_on,
        "status": table.status,
    }
