"""Every change to a party."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

from portal.core import audit, clock, sealing
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict, unmet
from portal.notices.services import notify
from portal.parties import holdings, rules, states
from portal.parties.fields import PartyFields, ProviderFields
from portal.parties.holding import hold_name, watch_party
from portal.parties.listing import publish_listing
from portal.parties.models import Membership, Party, PartyCategory, ProviderProfile, User
from portal.parties.profile_states import FactPart
from portal.parties.states import PartyKind, PartyStatus, Role


@transaction.atomic
def register_party(
    actor: Actor,
    *,
    kind: PartyKind,
    fields: PartyFields,
    provider: ProviderFields | None = None,
    owner: User | None = None,
) -> Party:
    """Create a draft party owned by the acting person (or `owner`, for imports and the demo)."""
    person = owner or actor.user
    if owner is None:
        rules.can_register_party(actor).require()
    assert person is not None  # a rule above, or a caller's owner
    now = clock.now()
    party = Party(kind=kind, created_at=now, updated_at=now)
    _write_fields(party, fields, provider)
    watch_party(actor, party)
    Membership.objects.create(user=person, party=party, role=Role.OWNER, created_at=now)
    audit.record(actor, "register_party", party, after=registered_snapshot(party))
    return party


@transaction.atomic
def update_party(
    actor: Actor, *, party: Party, fields: PartyFields, provider: ProviderFields | None = None
) -> Party:
    """Replace what the party says of itself. A verified identity stays as it was verified."""
    party = lock_party(party)
    rules.can_edit_party(actor, party).require()
    identity = (party.legal_name, party.uscc)
    if party.verified_at is not None and identity != (fields.legal_name, fields.uscc):
        raise Refused(conflict(_("The registered name and code were verified; ask an operator.")))
    before, said_before = _snapshot(party), personal_values(party)
    party.updated_at = clock.now()
    _write_fields(party, fields, provider)
    watch_party(actor, party)
    publish_listing(party)
    after = _snapshot(party) | _sealed_change(party, said_before)
    audit.record(actor, "update_party", party, before=before, after=after)
    return party


@transaction.atomic
def submit_party(actor: Actor, *, party: Party) -> Party:
    """Hand the application to the reviewers."""
    party = lock_party(party)
    rules.can_submit_party(actor, party).require()
    party.submitted_at = clock.now()
    change_status(actor, party, PartyStatus.SUBMITTED, verb="submit_party")
    return party


@transaction.atomic
def hide_party(actor: Actor, *, party: Party) -> Party:
    """Take the party out of lists and rankings; running work goes on."""
    party = lock_party(party)
    rules.can_hide_party(actor, party).require()
    change_status(actor, party, PartyStatus.HIDDEN, verb="hide_party")
    return party


@transaction.atomic
def close_party(actor: Actor, *, party: Party, why: str = "") -> Party:
    """End the party for good: it signs nothing more; what was agreed stays on record."""
    party = lock_party(party)
    rules.can_close_party(actor, party).require()
    holdings.may_close(party).require()
    change_status(actor, party, PartyStatus.CLOSED, verb="close_party", why=why.strip())
    return party


@transaction.atomic
def reveal_party(actor: Actor, *, party: Party, why: str) -> tuple[str, str]:
    """An operator's look at the contact: name and phone. Who looked and why is written down."""
    rules.can_reveal_party(actor, party).require()
    if not why.strip():
        raise Refused(unmet(_("Say why; it is written down.")))
    audit.record(actor, "reveal_party", party, why=why.strip())
    return party.contact_name, party.contact_phone


@transaction.atomic
def list_party(actor: Actor, *, party: Party) -> Party:
    """Show a hidden party again."""
    party = lock_party(party)
    rules.can_list_party(actor, party).require()
    holdings.may_be_listed(party).require()
    change_status(actor, party, PartyStatus.LISTED, verb="list_party")
    return party


def set_language(actor: Actor, *, language: str) -> None:
    """The language this person is written to in; pages follow their own cookie."""
    if actor.user is not None and language in dict(settings.LANGUAGES):
        User.objects.filter(pk=actor.user.pk).update(language=language)


def tell_party(
    party: Party, *, event: str, key: str, sentence: str, params: dict[str, Any], url: str
) -> None:
    """Tell those who manage the party."""
    managers = Membership.objects.filter(party=party, role__in=states.MANAGING)
    notify(
        managers.values_list("user_id", flat=True),
        party_id=party.pk,
        event=event,
        key=key,
        sentence=sentence,
        params=params,
        url=url,
        is_for_party=True,
    )


def lock_party(party: Party) -> Party:
    return (
        Party.objects.select_for_update(of=("self",), no_key=True)
        .select_related("city")
        .get(pk=party.pk)
    )


def _write_fields(party: Party, fields: PartyFields, provider: ProviderFields | None) -> None:
    rules.party_is_sound(party.kind, fields, provider).require()
    former = party.name
    for name in ("name", "legal_name", "city_id", "contact_name", "contact_phone", "intro"):
        setattr(party, name, getattr(fields, name))
    party.uscc = uscc.compact(fields.uscc)
    party.save()
    hold_name(party, former=former)
    party.category_shares.all().delete()
    PartyCategory.objects.bulk_create(
        PartyCategory(party=party, category_id=category, share=share)
        for category, share in fields.shares.items()
    )
    if provider is not None:
        _write_profile(party, provider)


def _write_profile(party: Party, fields: ProviderFields) -> None:
    profile, _made = ProviderProfile.objects.update_or_create(
        party=party,
        defaults={
            "works_remotely": fields.works_remotely,
            "price_low_fen": fields.price_low_fen,
            "price_high_fen": fields.price_high_fen,
            "fact_parts": FactPart.in_order(fields.fact_parts),
            "capacity": fields.capacity,
            "busy_elsewhere": fields.busy_elsewhere,
        },
    )
    profile.services.set(fields.service_ids)
    profile.cities.set(fields.city_ids)
    party.profile = profile


def change_status(
    actor: Actor, party: Party, status: PartyStatus, *, verb: str, why: str = ""
) -> None:
    if not rules.can_become(party, status):
        raise Refused(conflict(_("This is not possible in the party's present state.")))
    before, party.status = party.status, status
    party.save(update_fields=["status", "status_note", "submitted_at", "verified_at"])
    publish_listing(party)
    audit.record(actor, verb, party, before={"status": before}, after={"status": status}, why=why)


def registered_snapshot(party: Party) -> dict[str, Any]:
    """What the first audit row keeps of a party."""
    return {"kind": party.kind} | ({} if party.is_natural_person else {"name": party.own_name})


def personal_values(party: Party) -> dict[str, str]:
    """What a natural person says of themselves; nothing of a firm."""
    if not party.is_natural_person:
        return {}
    return {"name": party.own_name, "legal_name": party.legal_name, "intro": party.intro}


def firm_values(party: Party) -> dict[str, str]:
    """The same of a firm, which the trail keeps in the open; nothing of a natural person."""
    if party.is_natural_person:
        return {}
    return {"name": party.own_name, "legal_name": party.legal_name, "intro": party.intro}


def _sealed_change(party: Party, before: dict[str, str]) -> dict[str, str]:
    """A change of personal values, readable as long as the person's key is there."""
    after = personal_values(party)
    if before == after:
        return {}
    return {"sealed": sealing.seal(party.subject, {"before": before, "after": after})}


def _snapshot(party: Party) -> dict[str, Any]:
    """What an audit row keeps of a party: no contact data, only whether it is there."""
    return {
        **firm_values(party),
        "uscc": party.uscc,
        "city": party.city_id,
        "has_contact": bool(party.contact_phone),
        "shares": {str(s.category_id): s.share for s in party.category_shares.all()},
        **_profile_snapshot(getattr(party, "profile", None)),
    }


def _profile_snapshot(profile: ProviderProfile | None) -> dict[str, Any]:
    if profile is None:
        return {}
    return {
        "services": sorted(profile.services.values_list("pk", flat=True)),
        "cities": sorted(profile.cities.values_list("pk", flat=True)),
        "works_remotely": profile.works_remotely,
        "price": [profile.price_low_fen, profile.price_high_fen],
        "fact_parts": list(profile.fact_parts),
        "capacity": [profile.capacity, profile.busy_elsewhere],
    }
