"""Many parties at once, for imports and the demo: the rows are those of the single services.

Each party is told as a life: who registered it, and when it was handed in, verified and last
edited. The same rules judge it; what differs is that tables are written a batch at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.core.models import AuditEntry
from portal.core.verdict import ALLOWED, Refused, Verdict, flawless, unmet
from portal.moderation.rules import words_to_review
from portal.notices.models import Notice
from portal.notices.services import notify_many
from portal.parties import rules
from portal.parties.fields import (
    AgencyFields,
    MerchantFields,
    PartyFields,
    ProviderFields,
    RealNameFields,
)
from portal.parties.holding import hold_name, watch_party
from portal.parties.listing import Reached, publish_new_listings, write_reach
from portal.parties.models import (
    Belt,
    Membership,
    Party,
    PartyCategory,
    ProviderProfile,
    ReviewAnswer,
    User,
)
from portal.parties.profile_states import FactPart
from portal.parties.services.attestation import Attested, attest_many
from portal.parties.services.bulk_names import name_is_sound, write_names
from portal.parties.services.bulk_profiles import Logo, pictured, write_houses, write_shops
from portal.parties.services.parties import firm_values, registered_snapshot
from portal.parties.services.review import approval_told, code_is_free
from portal.parties.states import PartyKind, PartyStatus, ReviewOutcome, Role

ELSEWHERE = "import"  # where their documents were checked
Described = tuple[Party, PartyFields, ProviderFields | None]


@dataclass(frozen=True, slots=True)
class PartyLife:
    """A party to be, with a new person as its owner, who gets no password. A moment that is None
    has not come. `reached`: what the figures of a creator, which follow, will say."""

    kind: PartyKind
    email: str
    owner_name: str
    fields: PartyFields
    provider: ProviderFields | None
    registered_at: datetime
    submitted_at: datetime | None = None
    verified_at: datetime | None = None
    edited_at: datetime | None = None
    reached: Reached | None = None
    shop: MerchantFields | None = None
    house: AgencyFields | None = None
    logo: Logo | None = None
    real_name: RealNameFields | None = None

    @property
    def status(self) -> PartyStatus:
        if self.verified_at is not None:
            return PartyStatus.LISTED
        return PartyStatus.DRAFT if self.submitted_at is None else PartyStatus.SUBMITTED


@transaction.atomic
def register_parties(actor: Actor, *, lives: Sequence[PartyLife]) -> list[Party]:
    """All of them, or none: a refusal names the first that is not sound."""
    rules.can_register_in_bulk(actor).require()
    belts = frozenset(Belt.objects.values_list("pk", flat=True))
    for number, life in enumerate(lives, start=1):
        _require(number, _is_sound(life, belts))
    people = [_owner(life) for life in lives]
    parties = [_party(life) for life in lives]
    logos = [
        (party, pictured(party, life.logo, party.updated_at))
        for party, life in zip(parties, lives, strict=True)
        if life.logo
    ]
    _insert(people)
    told = list(zip(parties, lives, strict=True))
    insert_parties(actor, [(party, life.fields, life.provider) for party, life in told])
    for party, picture in logos:
        picture.party_id = party.pk
    bulk.insert([picture for _party, picture in logos])
    bulk.insert(
        [
            Membership(user=person, party=party, role=Role.OWNER, created_at=party.created_at)
            for person, party in zip(people, parties, strict=True)
        ]
    )
    attest_many(actor, attested=[*_checked(told)], where=ELSEWHERE)
    audit.record_many([entry for party, life in told for entry in _trail(actor, party, life)])
    bulk.insert(list(_answers(actor, parties)))
    notify_many(list(_approvals(parties, people)))
    given = [(life.real_name, life.registered_at) for life in lives]
    write_names(actor, [(p, o, *g) for p, o, g in zip(parties, people, given, strict=True)])
    write_shops([(party, life.shop) for party, life in told if life.shop])
    write_houses([(party, life.house) for party, life in told if life.house])
    write_reach({party.pk: life.reached for party, life in told if life.reached})
    publish_new_listings([party.pk for party in parties])
    return parties


def insert_parties(actor: Actor, described: Sequence[Described]) -> None:
    """Rows of parties that are sound, with what they say of themselves. A code that is registered
    already refuses them all."""
    with code_is_free():
        _insert([party for party, _fields, _provider in described])
    bulk.insert(
        [
            PartyCategory(party=party, category_id=category, share=share)
            for party, fields, _provider in described
            for category, share in fields.shares.items()
        ]
    )
    _write_profiles([(party, offer) for party, _fields, offer in described if offer])
    for party, _fields, _provider in described:
        if words_to_review(party.name) or words_to_review(party.intro):
            with clock.standing_at(party.updated_at):
                hold_name(party, former="")
                watch_party(actor, party)


def _insert(rows: Sequence[models.Model]) -> None:
    """With keys, because other rows will name them."""
    bulk.number(rows)
    bulk.insert(rows)


def _is_sound(life: PartyLife, belts: frozenset[int]) -> Verdict:
    """What the single services ask one after the other."""
    fields, provider = life.fields, life.provider
    if not (verdict := rules.party_is_sound(life.kind, fields, provider)):
        return verdict
    if life.shop and not (verdict := flawless(rules.flaws_of_merchant(life.shop, belts))):
        return verdict
    if life.house and not (verdict := rules.agency_is_sound(life.house)):
        return verdict
    if not (verdict := name_is_sound(life.kind, fields, life.real_name)):
        return verdict
    moments = [life.registered_at, life.submitted_at, life.verified_at, life.edited_at]
    come = [moment for moment in moments if moment is not None]
    if moments[: len(come)] != come or come != sorted(come):
        return unmet(_("A party is registered, handed in, verified and edited, in this order."))
    if life.submitted_at is None:
        return ALLOWED
    has_services = provider is not None and bool(provider.service_ids)
    return rules.is_complete(life.kind, has_shares=bool(fields.shares), has_services=has_services)


def _require(number: int, verdict: Verdict) -> None:
    if not verdict:
        sentence = _("Row %(row)s: %(reason)s") % {"row": number, "reason": verdict.reason}
        raise Refused(Verdict(verdict.kind, sentence, verdict.flaws))


def _owner(life: PartyLife) -> User:
    return User(
        email=User.objects.normalize_email(life.email).lower(),
        name=life.owner_name,
        password=make_password(None),
        date_joined=life.registered_at,
    )


def _party(life: PartyLife) -> Party:
    fields = life.fields
    return Party(
        kind=life.kind,
        name=fields.name,
        legal_name=fields.legal_name,
        uscc=uscc.compact(fields.uscc),
        city_id=fields.city_id,
        intro=fields.intro,
        contact_name=fields.contact_name,
        contact_phone=fields.contact_phone,
        status=life.status,
        created_at=life.registered_at,
        submitted_at=life.submitted_at,
        verified_at=life.verified_at,
        updated_at=life.edited_at or life.registered_at,
    )


def _write_profiles(offers: Sequence[tuple[Party, ProviderFields]]) -> None:
    bulk.insert(
        [
            ProviderProfile(
                party=party,
                works_remotely=offer.works_remotely,
                price_low_fen=offer.price_low_fen,
                price_high_fen=offer.price_high_fen,
                fact_parts=FactPart.in_order(offer.fact_parts),
                capacity=offer.capacity,
                busy_elsewhere=offer.busy_elsewhere,
            )
            for party, offer in offers
        ]
    )
    services, cities = ProviderProfile.services.through, ProviderProfile.cities.through
    bulk.insert(
        [
            services(providerprofile_id=party.pk, servicetype_id=service)
            for party, offer in offers
            for service in dict.fromkeys(offer.service_ids)
        ]
    )
    bulk.insert(
        [
            cities(providerprofile_id=party.pk, city_id=city)
            for party, offer in offers
            for city in dict.fromkeys(offer.city_ids)
        ]
    )


def _trail(actor: Actor, party: Party, life: PartyLife) -> Iterator[AuditEntry]:
    """The audit rows of this life, in their order."""

    def row(verb: str, at: datetime, before: dict[str, Any], after: dict[str, Any]) -> AuditEntry:
        return audit.entry(actor, verb, party, at=at, before=before, after=after)

    def change(verb: str, at: datetime, before: PartyStatus, after: PartyStatus) -> AuditEntry:
        return row(verb, at, {"status": before}, {"status": after})

    yield row("register_party", life.registered_at, {}, registered_snapshot(party))
    if life.submitted_at:
        at = life.submitted_at
        yield change("submit_party", at, PartyStatus.DRAFT, PartyStatus.SUBMITTED)
    if life.verified_at:
        at = life.verified_at
        yield change("approve_party", at, PartyStatus.SUBMITTED, PartyStatus.VERIFIED)
        yield change("list_party", at, PartyStatus.VERIFIED, PartyStatus.LISTED)
    if life.edited_at:
        said = _snapshot(party, life)
        yield row("update_party", life.edited_at, said, said)


def _snapshot(party: Party, life: PartyLife) -> dict[str, Any]:
    """What `services.parties` keeps of a party, from the values it was written from."""
    said: dict[str, Any] = {
        **firm_values(party),
        "uscc": party.uscc,
        "city": party.city_id,
        "has_contact": bool(party.contact_phone),
        "shares": {str(category): share for category, share in life.fields.shares.items()},
    }
    if (offer := life.provider) is not None:
        said |= {
            "services": sorted(set(offer.service_ids)),
            "cities": sorted(set(offer.city_ids)),
            "works_remotely": offer.works_remotely,
            "price": [offer.price_low_fen, offer.price_high_fen],
            "fact_parts": FactPart.in_order(offer.fact_parts),
            "capacity": [offer.capacity, offer.busy_elsewhere],
        }
    return said


def _answers(actor: Actor, parties: Sequence[Party]) -> Iterator[ReviewAnswer]:
    for party in parties:
        if party.verified_at is not None:
            outcome, at = ReviewOutcome.APPROVED, party.verified_at
            yield ReviewAnswer(party=party, outcome=outcome, by_id=actor.user_id, at=at)


def _checked(told: Sequence[tuple[Party, PartyLife]]) -> Iterator[Attested]:
    for party, life in told:
        if life.submitted_at is not None:
            yield Attested(party, list(life.fields.shares), life.submitted_at)


def _approvals(parties: Sequence[Party], people: Sequence[User]) -> Iterator[Notice]:
    for party, person in zip(parties, people, strict=True):
        if party.verified_at is not None:
            yield Notice(
                user=person,
                party_id=party.pk,
                created_at=party.verified_at,
                **approval_told(party, party.verified_at),
            )
