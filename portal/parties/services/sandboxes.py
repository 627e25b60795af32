"""A sandbox: parties to try the API with. They deal with each other only, and nobody sees them."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.parties import rules
from portal.parties.models import Membership, Party, PartyCategory, ProviderProfile, ServiceType
from portal.parties.states import PartyKind, PartyStatus, Role

MARKS = {  # before the party's own name, so that nobody takes it for the real one
    PartyKind.MERCHANT: _("Sandbox merchant"),
    PartyKind.PROVIDER: _("Sandbox provider"),
    PartyKind.AGENCY: _("Sandbox agency"),
    PartyKind.CREATOR: _("Sandbox creator"),
}
OTHER_SIDE = {
    PartyKind.MERCHANT: PartyKind.PROVIDER,
    PartyKind.PROVIDER: PartyKind.MERCHANT,
    PartyKind.AGENCY: PartyKind.CREATOR,
    PartyKind.CREATOR: PartyKind.AGENCY,
}
PRICE_LOW, PRICE_HIGH = 1_000_000, 5_000_000  # fen a month
PHONE = "13800000000"


@transaction.atomic
def make_sandbox(actor: Actor, *, party: Party) -> list[Party]:
    """One party of the same kind and one for it to deal with, both the acting person's."""
    party = (
        Party.objects.select_for_update(of=("self",), no_key=True)
        .select_related("city")
        .get(pk=party.pk)
    )
    rules.can_make_sandbox(actor, party).require()
    kind = PartyKind(party.kind)
    made = [_make(actor, party, each) for each in (kind, OTHER_SIDE[kind])]
    audit.record(actor, "make_sandbox", party, after={"parties": [one.pk for one in made]})
    return made


def _make(actor: Actor, real: Party, kind: PartyKind) -> Party:
    now = clock.now()
    assert actor.user is not None  # the rule above
    party = Party.objects.create(
        kind=kind,
        name=f"{MARKS[kind]} {real.pk}",
        legal_name=f"{MARKS[kind]} {real.pk}",
        city=real.city,
        contact_name=str(MARKS[kind]),
        contact_phone=PHONE,
        status=PartyStatus.HIDDEN,
        sandbox_of=real,
        created_at=now,
        updated_at=now,
        submitted_at=now,
        verified_at=now,
    )
    PartyCategory.objects.bulk_create(
        PartyCategory(party=party, category_id=row.category_id, share=row.share)
        for row in real.category_shares.all()
    )
    if kind == PartyKind.PROVIDER:
        profile = ProviderProfile.objects.create(
            party=party, works_remotely=True, price_low_fen=PRICE_LOW, price_high_fen=PRICE_HIGH
        )
        profile.services.set(ServiceType.objects.all())
    Membership.objects.create(user=actor.user, party=party, role=Role.OWNER, created_at=now)
    audit.record(actor, "register_party", party, after={"kind": kind, "sandbox_of": real.pk})
    return party
