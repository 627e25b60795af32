"""Everybody else of the demo: thousands of parties, made in bulk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from django.conf import settings
from django.db import transaction

from portal.core import clock, outbox
from portal.parties import services
from portal.parties.demo.audiences import audience_of
from portal.parties.demo.codes import HOMES, person_of
from portal.parties.demo.pictures import logo_of, shared_pictures
from portal.parties.demo.portfolios import portfolio_of
from portal.parties.demo.portraits import Portrait, draw
from portal.parties.demo.shops import belts_by_category, house_of, shop_of
from portal.parties.demo.world import DEMO, World
from portal.parties.fields import RealNameFields
from portal.parties.listing import Reached
from portal.parties.models import Party
from portal.parties.services import PartyLife
from portal.parties.states import PartyKind

# One of so many, and which: what is not yet verified, or not shown at the moment.
WAITING, RETURNED, HIDDEN = (450, 27), (900, 41), (130, 35)
SAY_WHO_THEY_ARE = 0.88
FIRST_BORN = date(1986, 1, 1)  # the youngest is twenty by now
RETURNED_NOTE = "营业执照照片不清晰，请重新上传并核对登记名称。"


@transaction.atomic
def make_parties(world: World, kind: PartyKind, numbers: Iterable[int]) -> None:
    """Parties of a kind by their numbers, from 1."""
    portraits = [draw(world, kind, number) for number in numbers]
    with outbox.born_delivered():
        pictures, belts = shared_pictures(kind), belts_by_category()
        lives = [
            replace(
                _life(world, portrait),
                shop=shop_of(portrait, belts) if kind == PartyKind.MERCHANT else None,
                house=house_of(portrait) if kind == PartyKind.AGENCY else None,
                logo=logo_of(kind, portrait.number, pictures),
            )
            for portrait in portraits
        ]
        parties = services.register_parties(DEMO, lives=lives)
        told = list(zip(portraits, parties, strict=True))
        if kind == PartyKind.PROVIDER:
            known = [(portrait, party) for portrait, party in told if party.is_trusted]
            portfolios = [portfolio_of(world, portrait, party) for portrait, party in known]
            services.describe_providers(DEMO, portfolios=portfolios)
        for portrait, party in told:
            _go_on(world, portrait, party)


def email_of(kind: str, number: int) -> str:
    return f"{kind}-{number:05d}@{settings.DEMO_DOMAIN}"


def party_of(kind: PartyKind, number: int) -> Party:
    """A party of the crowd, once it is made."""
    return Party.objects.get(kind=kind, membership__user__email=email_of(kind, number))


def parties_of(kind: PartyKind, numbers: Iterable[int]) -> dict[int, Party]:
    """The listed ones of these numbers."""
    emails = {email_of(kind, number): number for number in numbers if is_listed(number)}
    rows = Party.objects.filter(kind=kind, membership__user__email__in=emails).listed()
    by_email = rows.values_list("membership__user__email", "pk")
    keys = {emails[email]: key for email, key in by_email if email is not None}
    parties = rows.in_bulk(list(keys.values()))
    return {number: parties[key] for number, key in sorted(keys.items())}


def is_listed(number: int) -> bool:
    return not any(_is(number, share) for share in (WAITING, RETURNED, HIDDEN))


def _is(number: int, share: tuple[int, int]) -> bool:
    return number % share[0] == share[1]


def _life(world: World, portrait: Portrait) -> PartyLife:
    is_new = _is(portrait.number, WAITING) or _is(portrait.number, RETURNED)
    random = Random(f"application:{portrait.kind}:{portrait.number}")
    registered_at = world.ago(random.randint(1, 4), random) if is_new else portrait.registered_at
    return PartyLife(
        kind=portrait.kind,
        email=email_of(portrait.kind, portrait.number),
        owner_name=portrait.owner,
        fields=portrait.fields,
        provider=portrait.provider,
        registered_at=registered_at,
        submitted_at=registered_at + timedelta(minutes=40) if is_new else portrait.submitted_at,
        verified_at=None if is_new else portrait.verified_at,
        edited_at=None if is_new else portrait.edited_at,
        reached=_reached(portrait) if portrait.kind == PartyKind.CREATOR else None,
        real_name=_real_name(portrait),
    )


def _real_name(portrait: Portrait) -> RealNameFields | None:
    """Most creators say who they are, a few have not come to it. No two are the same person: whose
    numbers share their last three digits were born on other days."""
    random = Random(f"person:{portrait.kind}:{portrait.number}")
    if portrait.kind != PartyKind.CREATOR or random.random() > SAY_WHO_THEY_ARE:
        return None
    block, serial = divmod(portrait.number, 1000)
    born = FIRST_BORN + timedelta(days=block % 100 + 100 * random.randrange(70))
    number = person_of(random.choice(HOMES), born, serial)
    return RealNameFields(portrait.owner, number, consents=True)


def _reached(portrait: Portrait) -> Reached | None:
    """What the figures that follow will say, so that no listing is made twice."""
    audience = audience_of(portrait)
    if audience is None:
        return None
    return Reached(audience.followers, audience.average_price_fen, audience.shopping_followers)


def _go_on(world: World, portrait: Portrait, party: Party) -> None:
    """What the single services do with a few of them."""
    random = Random(f"later:{portrait.kind}:{portrait.number}")
    if _is(portrait.number, RETURNED):
        with clock.standing_at(party.created_at + timedelta(hours=4)):
            services.return_party(DEMO, party=party, note=RETURNED_NOTE)
    elif _is(portrait.number, HIDDEN):
        with clock.standing_at(max(party.updated_at, world.ago(random.randint(2, 30), random))):
            services.hide_party(DEMO, party=party)
