"""Who may do what with a need and its proposals. Page, API and admin show these sentences."""

from __future__ import annotations

from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matchmaking.needs import states
from matchmaking.needs.fields import NeedFields
from matchmaking.needs.models import Block, Need, Proposal, Question
from matchmaking.needs.rules.brokered import is_reached_directly
from matchmaking.needs.states import NeedStatus, ProposalStatus, Seeks, Side
from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    forbidden,
    unmet,
)
from portal.moderation.rules import nothing_is_held
from portal.moderation.selectors import held_fields
from portal.parties.models import Party
from portal.parties.rules import can_manage_party, is_unclaimed
from portal.parties.states import PartyKind, PartyStatus

DECISION = timedelta(days=14)  # to choose among the proposals after the last day
# Also where one of the two blocked the other: nothing tells it from the rest.
NOT_TAKING = _("This need is not taking proposals.")
ONLY_LISTED: dict[str, str | Promise] = {
    Seeks.PROVIDER: _("Only a listed provider can be invited."),
    Seeks.AGENCY: _("This need looks for an agency; only a listed one can be invited."),
    Seeks.CREATOR: _("This need looks for a creator; only a listed one can be invited."),
}
ONLY_KIND: dict[str, str | Promise] = {
    Seeks.PROVIDER: _("Only a provider can answer a need. Switch to a provider party."),
    Seeks.AGENCY: _("Only an agency can answer this need. Switch to an agency."),
    Seeks.CREATOR: _("Only a creator can answer this need. Switch to a creator."),
}
MOST_QUESTIONS = 5  # of a provider about a need


def can_create_need(actor: Actor) -> Verdict:
    if actor.party is None or actor.party.kind != PartyKind.MERCHANT:
        return forbidden(_("Only a merchant can write a need. Switch to a merchant party."))
    return can_manage_party(actor, actor.party)


def can_list_own_needs(actor: Actor) -> Verdict:
    """Its members read a merchant's list, also those who may change nothing."""
    if actor.party is None or actor.party.kind != PartyKind.MERCHANT:
        return forbidden(_("Only a merchant has needs of its own. Switch to a merchant party."))
    return ALLOWED


def can_publish_at_once(actor: Actor) -> Verdict:
    """Writing a need and opening it in one step."""
    if not (verdict := can_create_need(actor)):
        return verdict
    if actor.party is None or not actor.party.is_trusted:
        return unmet(_("The merchant must be verified before its needs can be published."))
    return ALLOWED


def can_write_in_bulk(actor: Actor) -> Verdict:
    if actor.role == SYSTEM:
        return ALLOWED
    return forbidden(_("Only the platform itself writes many needs at once."))


def can_refresh_results(actor: Actor) -> Verdict:
    if actor.role == SYSTEM:
        return ALLOWED
    return forbidden(_("Only the platform itself reckons past results."))


def can_edit_need(actor: Actor, need: Need) -> Verdict:
    if not (verdict := can_manage_party(actor, need.merchant)):
        return verdict
    if need.status != NeedStatus.DRAFT:
        return conflict(_("A published need can no longer be edited; bidders rely on it."))
    return ALLOWED


def need_is_as_seen(need: Need, seen: int) -> Verdict:
    """A page that is older than the draft writes nothing over it."""
    if need.version != seen:
        return conflict(_("This changed meanwhile: a colleague saved another version. Reload it."))
    return ALLOWED


def can_publish_need(actor: Actor, need: Need) -> Verdict:
    if not (verdict := can_edit_need(actor, need)):
        return verdict
    if not need.merchant.is_trusted:
        return unmet(_("The merchant must be verified before its needs can be published."))
    if need.closes_on < clock.today():
        return unmet(_("The last day for proposals has passed; choose a later one."))
    texts = {"title": need.title, "brief": need.brief}
    return nothing_is_held(texts, held_fields(need, texts))


def can_cancel_need(actor: Actor, need: Need) -> Verdict:
    if not (verdict := can_manage_party(actor, need.merchant)):
        return verdict
    if NeedStatus.CANCELLED not in states.NEED_TRANSITIONS[need.status]:
        return conflict(_("This need has ended already."))
    return ALLOWED


def can_extend_need(actor: Actor, need: Need) -> Verdict:
    if not (verdict := can_manage_party(actor, need.merchant)):
        return verdict
    if not need.is_taking_proposals:
        return conflict(NOT_TAKING)
    if need.is_order:
        return conflict(_("An order is answered by its hour; order again if it lapses."))
    return ALLOWED


def can_reopen_need(actor: Actor, need: Need) -> Verdict:
    if not (verdict := can_manage_party(actor, need.merchant)):
        return verdict
    if need.status not in {NeedStatus.CANCELLED, NeedStatus.EXPIRED}:
        return conflict(_("Only a need that was cancelled or ran out can be opened again."))
    if need.is_order:
        return conflict(_("An order is not opened again; order the package anew."))
    if need.published_at is not None and not need.merchant.is_trusted:
        return unmet(_("The merchant must be verified before its needs can be published."))
    return ALLOWED


def can_expire_need(need: Need) -> Verdict:
    """Nobody answered by the last day, or nobody was chosen within the days after it."""
    if need.is_taking_proposals and is_unanswered_order(need):
        return ALLOWED
    grace = timedelta(days=0) if need.status == NeedStatus.OPEN else DECISION
    if not need.is_taking_proposals or need.closes_on + grace >= clock.today():
        return conflict(_("This need has not run out yet."))
    return ALLOWED


def is_unanswered_order(need: Need) -> bool:
    """Whether the time promised for an order is over and its merchant's terms still stand."""
    if need.answer_by is None or need.answer_by >= clock.now():
        return False
    return need.proposals.answerable().filter(offered_by=Side.MERCHANT, version=1).exists()


def may_be_for(merchant: Party, fields: NeedFields) -> Verdict:
    """A private need is for a listed party of the kind it looks for."""
    if fields.only_for_id is None:
        return ALLOWED
    named = Party.objects.filter(pk=fields.only_for_id, kind=fields.seeks).listed().first()
    if named is None or named == merchant or not somebody_answers(named):
        return flawless([Flaw("only_for_id", _("This party cannot be asked at the moment."))])
    if not (verdict := is_reached_directly(named)):
        return flawless([Flaw("only_for_id", verdict.reason)])
    return ALLOWED


def can_see_candidates(actor: Actor, need: Need) -> Verdict:
    """The order of candidates is for the merchant who wrote the need."""
    if not actor.speaks_for(need.merchant_id):
        return forbidden(_("You do not speak for this party."))
    if need.only_for_id is not None:
        return conflict(_("This need is for one party alone; nobody else is ranked."))
    return ALLOWED


def can_see_exposure(actor: Actor) -> Verdict:
    if actor.has_perm("needs.view_exposure"):
        return ALLOWED
    return forbidden(_("Only operators may see this."))


def can_invite_provider(
    actor: Actor,
    need: Need,
    provider: Party,
    *,
    blocked: bool | None = None,
    is_brokered: bool | None = None,
) -> Verdict:
    """`blocked` is for who has read already whether one of the two blocked the other, and
    `is_brokered` whether it is reached through the platform only."""
    if not (verdict := can_manage_party(actor, need.merchant)):
        return verdict
    if not (verdict := takes_proposals(need)):
        return verdict
    if need.only_for_id not in {None, provider.pk}:
        return conflict(_("This need is for one party alone; write another one."))
    is_there = provider.kind == need.seeks and provider.status == PartyStatus.LISTED
    if is_there and blocked is None:
        blocked = is_blocked(need.merchant_id, provider.pk)
    if not is_there or blocked:
        return unmet(ONLY_LISTED[need.seeks])
    if need.merchant.is_sandbox:
        return unmet(_("A sandbox deals with itself only."))
    return is_reached_directly(provider, is_brokered=is_brokered)


def can_be_asked_again(proposal: Proposal) -> Verdict:
    """Asking twice is asking once; a no is a no."""
    if proposal.status in {*states.LIVE, ProposalStatus.ACCEPTED}:
        return ALLOWED
    return conflict(_("It has ended its answer to this need already; see its proposal."))


def somebody_answers(provider: Party) -> Verdict:
    """A profile of public data hears no invitation until somebody claims it."""
    if is_unclaimed(provider):
        return unmet(_("Nobody speaks for this party yet, so nobody would answer."))
    return ALLOWED


def can_answer_need(actor: Actor, need: Need) -> Verdict:
    """Drafting or submitting a proposal for the acting party, of the kind the need looks for."""
    bidder = actor.party
    if bidder is None or bidder.kind != need.seeks:
        return forbidden(ONLY_KIND[need.seeks])
    if need.only_for_id not in {None, bidder.pk}:
        return forbidden(_("This need is for somebody else alone."))
    if is_blocked(need.merchant_id, bidder.pk):
        return conflict(NOT_TAKING)
    if not (verdict := can_manage_party(actor, bidder)):
        return verdict
    if not bidder.is_trusted:
        return unmet(_("Your party must be verified before it can answer needs."))
    if bidder.sandbox_of_id != need.merchant.sandbox_of_id:
        return unmet(_("A sandbox deals with itself only."))
    return takes_proposals(need)


def can_see_fit(actor: Actor, need: Need) -> Verdict:
    """What a bidder fits and lacks is for a party of the kind the need looks for."""
    if actor.party is None or actor.party.kind != need.seeks:
        return forbidden(ONLY_KIND[need.seeks])
    return ALLOWED


def can_submit_proposal(actor: Actor, proposal: Proposal) -> Verdict:
    if not (verdict := can_answer_need(actor, proposal.need)):
        return verdict
    if not actor.speaks_for(proposal.provider_id):
        return forbidden(_("You do not speak for this party."))
    if proposal.status not in states.UNANSWERED:
        return conflict(_("This proposal was submitted already."))
    return ALLOWED


def can_withdraw_proposal(actor: Actor, proposal: Proposal) -> Verdict:
    if not (verdict := can_manage_party(actor, proposal.provider)):
        return verdict
    if proposal.status not in states.LIVE:
        return conflict(_("This proposal has ended already."))
    return ALLOWED


def can_shortlist_proposal(actor: Actor, proposal: Proposal) -> Verdict:
    if not (verdict := can_decide_proposal(actor, proposal)):
        return verdict
    if proposal.status != ProposalStatus.SUBMITTED:
        return conflict(_("This proposal is on the shortlist already."))
    return ALLOWED


def can_decide_proposal(actor: Actor, proposal: Proposal) -> Verdict:
    """Accepting or declining, by the merchant, while the proposal stands."""
    if not (verdict := can_manage_party(actor, proposal.need.merchant)):
        return verdict
    if proposal.need.status in {NeedStatus.AWARDED, NeedStatus.CLOSED}:
        return conflict(_("This need has been awarded already."))
    if proposal.status not in states.ANSWERABLE:
        return conflict(_("This proposal no longer stands."))
    return ALLOWED


def can_accept_proposal(actor: Actor, proposal: Proposal) -> Verdict:
    if not (verdict := can_decide_proposal(actor, proposal)):
        return verdict
    if not proposal.need.merchant.is_trusted:
        return unmet(_("The merchant is not verified at the moment."))
    if not proposal.provider.is_trusted:
        return unmet(_("The bidder is not verified at the moment."))
    if not proposal.waits_for_merchant:
        return conflict(_("The last offer is your own; wait until the other side answers it."))
    return ALLOWED


def can_ask_question(actor: Actor, need: Need) -> Verdict:
    """Whoever may answer the need may ask about it, until some days before proposals are due."""
    if not (verdict := can_answer_need(actor, need)):
        return verdict
    if need.questions_until < clock.today():
        return conflict(_("The days for questions are over."))
    own = need.questions.filter(asker=actor.party)
    if own.count() >= MOST_QUESTIONS:
        sentence = _("You have asked %(n)s questions about this need; that is the most.")
        return conflict(sentence % {"n": MOST_QUESTIONS})
    return ALLOWED


def can_answer_question(actor: Actor, question: Question) -> Verdict:
    need = question.need
    if not (verdict := can_manage_party(actor, need.merchant)):
        return verdict
    if not need.is_taking_proposals:
        return conflict(NOT_TAKING)
    if question.answered_at is not None:
        return conflict(_("This question was answered already; everyone has read it."))
    return ALLOWED


def is_blocked(one: int, other: int) -> bool:
    """Whether either of the two will not hear from the other."""
    return Block.objects.between(one, other).exists()


def takes_proposals(need: Need) -> Verdict:
    if not need.is_taking_proposals:
        return conflict(NOT_TAKING)
    if need.closes_on < clock.today():
        return conflict(_("The last day for proposals has passed."))
    return ALLOWED


def may_look_after(actor: Actor, need: Need) -> bool:
    """Operators of the need's region read what was published, and change nothing here."""
    return Need.objects.looked_after_by(actor).filter(pk=need.pk).exists()


def may_read_brief(actor: Actor, need: Need) -> bool:
    """A stranger sees a need's title, category, city and budget band; members read the brief, and
    so do operators who look after needs."""
    if actor.speaks_for(need.merchant_id) or may_look_after(actor, need):
        return True
    return actor.party is not None and actor.party.is_trusted
