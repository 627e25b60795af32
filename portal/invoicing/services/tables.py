"""Tables of tax from a day on, and what a party says of its own."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import flawless
from portal.invoicing import rules
from portal.invoicing.fields import ProfileFields, TableFields
from portal.invoicing.models import TaxProfile, TaxTable
from portal.invoicing.selectors import kind_by_code
from portal.parties.models import Party
from portal.policies.services import (
    approve_proposed,
    confirm_source,
    refuse_proposed,
    write_proposed,
)

TAKEN = _("There is a table of this kind from this day already.")


@transaction.atomic
def propose_table(actor: Actor, *, fields: TableFields) -> TaxTable:
    """It waits for a second person, and holds from its day once they approve it."""
    rules.can_propose_table(actor).require()
    rules.table_is_sound(fields).require()
    table = write_proposed(actor, TaxTable(**asdict(fields)), taken=TAKEN)
    audit.record(actor, "propose_tax_table", table, after=table.said)
    return table


def approve_table(actor: Actor, *, table: TaxTable) -> TaxTable:
    return approve_proposed(actor, table, may=rules.can_approve_table, verb="approve_tax_table")


def refuse_table(actor: Actor, *, table: TaxTable) -> TaxTable:
    return refuse_proposed(actor, table, may=rules.can_refuse_table, verb="refuse_tax_table")


def confirm_table(actor: Actor, *, table: TaxTable) -> TaxTable:
    return confirm_source(actor, table, may=rules.can_propose_table, verb="confirm_tax_table")


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
