"""Who asks for an introduction, who brokers it, who answers, and when a merchant is reminded."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from matchmaking.brokerage import states
from matchmaking.brokerage.fields import IntroductionFields, Outcome, SignedTerms
from matchmaking.brokerage.models import Introduction, Nudge, Representation
from matchmaking.brokerage.states import IntroductionStatus
from matchmaking.cooperation.rules import flaws_of_price
from matchmaking.needs.models import Need
from matchmaking.needs.rules import register_brokered
from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flaws_of_lines,
    forbidden,
    unmet,
)
from portal.core.workdays import working_days_between
from portal.moderation.rules import flaws_of_words
from portal.parties.models import Party
from portal.parties.rules import can_manage_party
from portal.parties.states import PartyKind

MOST_OPEN = 5  # introductions a party may have open at once
LONGEST = timedelta(days=90)  # that an answer may be waited for
MOST_MONTHS = 24
ASKERS = frozenset({PartyKind.MERCHANT, PartyKind.AGENCY})


# --- who is reached how ---------------------------------------------------------------------------


def can_broker(actor: Actor) -> Verdict:
    if actor.has_perm("brokerage.broker_introduction"):
        return ALLOWED
    return forbidden(_("Only operators broker introductions."))


def can_represent(actor: Actor, creator: Party) -> Verdict:
    if not (verdict := can_broker(actor)):
        return verdict
    if creator.kind != PartyKind.CREATOR or not creator.is_trusted:
        return unmet(_("Only a verified creator can be represented."))
    if is_represented(creator):
        return conflict(_("This creator is represented already."))
    return ALLOWED


def can_end_representation(actor: Actor, row: Representation) -> Verdict:
    if not (verdict := can_broker(actor)):
        return verdict
    if row.until is not None:
        return conflict(_("This has ended already."))
    return ALLOWED


def is_represented(creator: Party) -> bool:
    return bool(represented_among([creator.pk]))


@register_brokered
def represented_among(creators: Collection[int]) -> set[int]:
    """Those of them whom the platform represents now."""
    rows = Representation.objects.filter(creator__in=creators, until=None)
    return set(rows.values_list("creator", flat=True))


def can_list_introductions(actor: Actor) -> Verdict:
    """One's own, from either side."""
    if actor.party is None:
        return forbidden(_("Register a party first."))
    return ALLOWED


# --- an introduction ------------------------------------------------------------------------------


def may_ask_at_all(actor: Actor) -> Verdict:
    """Apart from whom: a verified merchant or agency, by somebody who may bind it."""
    if actor.party is None or actor.party.kind not in ASKERS:
        return forbidden(_("Only a merchant or an agency asks for an introduction."))
    if not (verdict := can_manage_party(actor, actor.party)):
        return verdict
    if actor.party.is_sandbox:
        return conflict(_("A sandbox deals with itself only."))
    if not actor.party.is_trusted:
        return unmet(_("Your party must be verified first."))
    return ALLOWED


def can_ask_introduction(actor: Actor, creator: Party) -> Verdict:
    if not (verdict := may_ask_at_all(actor)):
        return verdict
    if not is_represented(creator):
        return unmet(_("This creator is reached directly; invite or message them."))
    mine = Introduction.objects.filter(asker=actor.party_id, status__in=states.OPEN)
    if mine.filter(creator=creator).exists():
        return conflict(_("You have asked for this creator already."))
    if mine.count() >= MOST_OPEN:
        sentence = _("At most %(n)s introductions at once; wait for one to end.")
        return conflict(sentence % {"n": MOST_OPEN})
    return ALLOWED


def can_read_introduction(actor: Actor, introduction: Introduction) -> Verdict:
    """The asker, the creator once it was put to them, and who brokers."""
    is_creator = actor.speaks_for(introduction.creator_id) and introduction.offered_at is not None
    if actor.speaks_for(introduction.asker_id) or is_creator:
        return ALLOWED
    return can_broker(actor)


def can_withdraw_introduction(actor: Actor, introduction: Introduction) -> Verdict:
    if not (verdict := can_manage_party(actor, introduction.asker)):
        return verdict
    if IntroductionStatus.WITHDRAWN not in states.TRANSITIONS[introduction.status]:
        return conflict(_("It can no longer be withdrawn; speak with your broker."))
    return ALLOWED


def can_answer_introduction(actor: Actor, introduction: Introduction) -> Verdict:
    """The creator's own word."""
    if not (verdict := can_manage_party(actor, introduction.creator)):
        return verdict
    if introduction.status != IntroductionStatus.OFFERED:
        return conflict(_("There is nothing to answer."))
    return ALLOWED


def can_move_introduction(
    actor: Actor, introduction: Introduction, status: IntroductionStatus
) -> Verdict:
    """An operator's steps. Who takes it keeps it; nobody brokers for a party of their own."""
    if not (verdict := can_broker(actor)):
        return verdict
    if status not in states.TRANSITIONS[introduction.status]:
        return conflict(_("This is not possible in the introduction's present state."))
    if introduction.broker_id not in {None, actor.user_id}:
        return forbidden(_("Another operator brokers this; ask them to hand it over."))
    sides = [introduction.asker_id, introduction.creator_id]
    if actor.user is not None and actor.user.membership_set.filter(party__in=sides).exists():
        return forbidden(_("Nobody brokers for a party of their own; another operator must."))
    return ALLOWED


def flaws_of_introduction(fields: IntroductionFields) -> Iterator[Flaw]:
    for name in ("subject", "brief"):
        if not getattr(fields, name).strip():
            yield Flaw(name, _("Please fill this in."))
    yield from flaws_of_lines(fields, "subject")
    yield from flaws_of_words(fields, "subject", "brief")
    if fields.budget_fen <= 0:
        yield Flaw("budget_fen", _("More than nothing."))
    if not clock.today() < fields.wanted_by <= clock.today() + LONGEST:
        yield Flaw("wanted_by", _("From tomorrow to ninety days from now."))


def flaws_of_terms(introduction: Introduction, terms: SignedTerms) -> Iterator[Flaw]:
    """Of a merchant's contract, which becomes a cooperation."""
    if introduction.asker.kind != PartyKind.MERCHANT:
        yield Flaw("monthly_fee_fen", _("Only a merchant's contract becomes a cooperation."))
        return
    yield from flaws_of_price(terms)
    today = clock.today()
    if not today - LONGEST <= terms.starts_on <= today + 2 * LONGEST:
        yield Flaw("starts_on", _("From ninety days ago to half a year from now."))
    if not 1 <= terms.term_months <= MOST_MONTHS:
        yield Flaw("term_months", _("From 1 to 24 months."))


def flaws_of_outcome(outcome: Outcome) -> Iterator[Flaw]:
    if not outcome.note.strip():
        yield Flaw("note", _("Please fill this in."))
    if outcome.gmv_fen is not None and not outcome.succeeded:
        yield Flaw("gmv_fen", _("Only what was carried out has a GMV."))


# --- needs that stand still -----------------------------------------------------------------------


def can_nudge(actor: Actor) -> Verdict:
    if actor.has_perm("brokerage.nudge_need"):
        return ALLOWED
    return forbidden(_("Only operators remind merchants."))


def can_nudge_need(actor: Actor, need: Need) -> Verdict:
    """At most once in some working days: a reminder that comes daily is not read."""
    if not (verdict := can_nudge(actor)):
        return verdict
    last = Nudge.objects.filter(need=need).aggregate(day=Max("day"))["day"]
    if last and working_days_between(last, clock.today()) < states.NUDGE_AGAIN:
        return conflict(_("The merchant was reminded lately."))
    return ALLOWED
