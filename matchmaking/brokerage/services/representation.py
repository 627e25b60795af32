"""Which creators are reached by an introduction only."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matchmaking.brokerage import rules
from matchmaking.brokerage.models import Representation
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw, flawless
from portal.parties.models import Party
from portal.parties.services import lock_party


@transaction.atomic
def represent_creator(actor: Actor, *, creator: Party, note: str) -> Representation:
    """From now on this creator takes offers through introductions. `note`: who agreed, and how."""
    creator = lock_party(creator)
    rules.can_represent(actor, creator).require()
    flawless([] if note.strip() else [Flaw("note", _("Please fill this in."))]).require()
    row = Representation.objects.create(creator=creator, since=clock.now(), note=note.strip()[:200])
    audit.record(actor, "represent_creator", row, after={"creator": creator.pk})
    return row


@transaction.atomic
def end_representation(actor: Actor, *, row: Representation) -> Representation:
    """Introductions that are open go on to their end."""
    row = Representation.objects.select_for_update(no_key=True).get(pk=row.pk)
    rules.can_end_representation(actor, row).require()
    row.until = clock.now()
    row.save(update_fields=["until"])
    audit.record(actor, "end_representation", row, after={"creator": row.creator_id})
    return row
