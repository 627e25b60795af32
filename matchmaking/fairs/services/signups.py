"""Signing up: every rule first, the hot row of the pool last. See `portal.seats.services`."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from django.db import transaction
from django.db.models import F

from matchmaking.catalogue.models import Product
from matchmaking.fairs import rules, selectors
from matchmaking.fairs.fields import SignUpFields
from matchmaking.fairs.models import Fair, FairPool, InvitationCode, SignUp, SignUpProduct
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict, unmet
from portal.parties.models import Party
from portal.seats import services as seats
from portal.seats import states as seat_states
from portal.seats.rules import can_claim
from portal.tiers.selectors import benefit_of
from portal.tiers.states import BenefitKind


def sign_up(actor: Actor, *, fair: Fair, party: Party, fields: SignUpFields) -> SignUp:
    """A seat, a place in line, or the reason why not: at once. The same `key` again finds what it
    made."""
    return seats.settled(
        lambda: _sign_up(actor, fair, party, fields),
        lambda error: SignUp.objects.whole().get(
            pk=seats.claimed_before(error, fair.occasion, party=party, key=fields.key).pk
        ),
    )


def _sign_up(actor: Actor, fair: Fair, party: Party, fields: SignUpFields) -> SignUp:
    opening = selectors.opening_of(fair.pk)
    fair, pool = opening.fair, opening.pools.get(fields.pool_id)
    if pool is None:
        raise Refused(unmet(rules.NO_SEATS))
    rules.can_sign_up(actor, fair, party, pool).require()
    now = clock.now()
    code = _use_code(fair, fields.code, pool) if fields.code else None
    is_early = rules.is_early_by(actor, code)
    can_claim(pool.pool.occasion, now, is_invited=is_early).require()
    products = _products(fields.product_ids)
    rules.products_fit(fair, party, products).require()
    checks = selectors.checks_of(fair, party, products)
    if code is None or not code.waives:
        rules.are_met(checks).require()
    made = SignUp(
        claim_id=uuid.uuid4(),
        fair=fair,
        fair_pool=pool,
        party=party,
        brought_by=_bringer(actor, fair, party),
        code=code,
        checks=[asdict(check) for check in checks],
        note=fields.note.strip()[:300],
        created_by=actor.user,
    )
    after = {"fair": fair.pk, "pool": pool.pool.code}
    entry = audit.entry(actor, "sign_up", made, at=now, after=after)
    audit.tell(actor, "sign_up", made)
    made.claim = seats.put_claim(
        actor,
        pool=pool.pool,
        party=party,
        key=fields.key,
        claim_id=made.claim_id,
        is_invited=is_early,
        besides=(made, *_shown(made, products), entry),
    )
    return made


@transaction.atomic
def take_up_offer(actor: Actor, *, sign_up: SignUp) -> SignUp:
    """Yes to the seat that was offered."""
    rules.can_act_on_sign_up(actor, sign_up).require()
    sign_up.claim = seats.take_up_seat(actor, claim=sign_up.claim)
    audit.record(actor, "take_up_offer", sign_up)
    return sign_up


@transaction.atomic
def withdraw_sign_up(actor: Actor, *, sign_up: SignUp, why: str = "") -> SignUp:
    """The seat, the offer or the place in line goes to who is next."""
    rules.can_act_on_sign_up(actor, sign_up).require()
    sign_up.claim = seats.withdraw_claim(actor, claim=sign_up.claim, why=why)
    audit.record(actor, "withdraw_sign_up", sign_up, why=why)
    return sign_up


@transaction.atomic
def accept_sign_up(actor: Actor, *, sign_up: SignUp) -> SignUp:
    """A seat where one is free, else a place in line."""
    rules.can_decide_sign_up(actor, sign_up).require()
    sign_up.claim = seats.accept_claim(actor, claim=sign_up.claim)
    audit.record(actor, "accept_sign_up", sign_up, after={"status": sign_up.status})
    return sign_up


@transaction.atomic
def ask_sign_up(actor: Actor, *, sign_up: SignUp, why: str) -> SignUp:
    """Something is missing before it is decided; they are told what."""
    rules.can_decide_sign_up(actor, sign_up).require()
    sign_up.claim = seats.ask_claim(actor, claim=sign_up.claim, why=why)
    audit.record(actor, "ask_sign_up", sign_up, why=why)
    return sign_up


@transaction.atomic
def answer_sign_up(actor: Actor, *, sign_up: SignUp, answer: str) -> SignUp:
    rules.can_act_on_sign_up(actor, sign_up).require()
    rules.answer_is_sound(answer).require()
    sign_up.claim = seats.answer_claim(actor, claim=sign_up.claim)
    sign_up.answer = answer.strip()
    sign_up.save(update_fields=["answer"])
    audit.record(actor, "answer_sign_up", sign_up)
    return sign_up


@transaction.atomic
def change_feed(actor: Actor, *, sign_up: SignUp, is_on: bool) -> SignUp:
    """A new address of the agenda for calendars, or none; the one before opens nothing any more."""
    sign_up = SignUp.objects.select_for_update(of=("self",), no_key=True).whole().get(pk=sign_up.pk)
    rules.can_act_on_sign_up(actor, sign_up).require()
    sign_up.feed_last += 1
    sign_up.feed = sign_up.feed_last if is_on else 0
    sign_up.save(update_fields=["feed", "feed_last"])
    audit.record(actor, "change_agenda_feed", sign_up, after={"on": is_on})
    return sign_up


@transaction.atomic
def reject_sign_up(actor: Actor, *, sign_up: SignUp, why: str) -> SignUp:
    rules.can_decide_sign_up(actor, sign_up).require()
    sign_up.claim = seats.reject_claim(actor, claim=sign_up.claim, why=why)
    audit.record(actor, "reject_sign_up", sign_up, why=why)
    return sign_up


def _use_code(fair: Fair, text: str, pool: FairPool) -> InvitationCode:
    """Count the use with the sign-up; one that is used up meanwhile is refused."""
    code = InvitationCode.objects.filter(fair=fair, code=text.strip().upper()).first()
    rules.can_use_code(code, clock.now()).require()
    assert code is not None  # the rule above
    left = InvitationCode.objects.filter(pk=code.pk, uses__lt=F("most_uses"))
    if not left.update(uses=F("uses") + 1):
        raise Refused(conflict(rules.NO_CODE))
    return code


def _products(keys: Sequence[int]) -> list[Product]:
    found = list(Product.objects.filter(pk__in=keys)) if keys else []
    if len(found) < len(set(keys)):
        raise Refused(unmet(rules.NO_PRODUCT))
    return found


def _bringer(actor: Actor, fair: Fair, party: Party) -> Party | None:
    """The agency that signs up its creator, while it has not brought as many as it may. Its own row
    is locked: two colleagues count one after the other."""
    agency = actor.party
    if agency is None or agency.pk == party.pk:
        return None
    Party.objects.select_for_update(no_key=True).values_list("pk").get(pk=agency.pk)
    others = SignUp.objects.exclude(party=party)  # the same once more finds what it made
    brought = others.filter(fair=fair, brought_by=agency, claim__status__in=seat_states.OPEN)
    more = benefit_of(agency.pk, BenefitKind.FAIR_SEATS)
    rules.may_bring_more(fair, brought.count(), more).require()
    return agency


def _shown(sign_up: SignUp, products: Sequence[Product]) -> Iterator[SignUpProduct]:
    for product in products:
        yield SignUpProduct(
            sign_up=sign_up,
            product=product,
            price_fen=product.price_fen,
            commission_bp=product.commission_bp,
            sends_samples=product.sends_samples,
        )
