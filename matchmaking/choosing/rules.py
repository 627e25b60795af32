"""Who writes and who reads the confidential part; whose opinion counts."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from matchmaking.choosing.fields import OpinionFields
from matchmaking.choosing.models import ConfidentialBrief, Disclosure
from matchmaking.needs.models import Need, Proposal
from matchmaking.needs.states import ANSWERABLE, STANDING, ProposalStatus
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, forbidden, unmet
from portal.moderation.rules import flaws_of_words
from portal.parties.rules import can_manage_party

MOST_TEXT = 3000
STARS = range(1, 6)
OPENS_TO = frozenset({ProposalStatus.SHORTLISTED, ProposalStatus.ACCEPTED})


def can_write_confidential(actor: Actor, need: Need) -> Verdict:
    if not (verdict := can_manage_party(actor, need.merchant)):
        return verdict
    if not need.is_taking_proposals:
        return conflict(_("Only an open need can have a confidential part."))
    return ALLOWED


def can_open_confidential(actor: Actor, proposal: Proposal) -> Verdict:
    """Promise to keep it to oneself: by somebody who may bind the bidder, from the shortlist on."""
    if not (verdict := can_manage_party(actor, proposal.provider)):
        return verdict
    if actor.key_id:
        return forbidden(_("A key may not do this. Sign in."))
    if proposal.status not in OPENS_TO:
        return conflict(_("The confidential part opens to bidders on the shortlist."))
    brief = brief_of(proposal.need)
    if brief is None:
        return conflict(_("This need has no confidential part."))
    if has_promised(brief, proposal.provider_id):
        return conflict(_("You have agreed to this already."))
    return ALLOWED


def may_read_confidential(actor: Actor, proposal: Proposal) -> Verdict:
    """The bidder's people, while it is on the shortlist or awarded, after the promise."""
    if not actor.speaks_for(proposal.provider_id):
        return forbidden(_("This is not for you."))
    brief = brief_of(proposal.need)
    if brief is None or not has_promised(brief, proposal.provider_id):
        return unmet(_("Agree to keep it to yourselves first."))
    if proposal.status not in OPENS_TO:
        return conflict(_("The confidential part opens to bidders on the shortlist."))
    return ALLOWED


def can_give_opinion(actor: Actor, proposal: Proposal) -> Verdict:
    """Every colleague, also one who may not decide."""
    if not actor.speaks_for(proposal.need.merchant_id) or actor.user is None:
        return forbidden(_("Only the merchant's people say what they think."))
    if actor.key_id:
        return forbidden(_("A key may not do this. Sign in."))
    if proposal.status not in ANSWERABLE:
        return conflict(_("This proposal no longer waits for a decision."))
    return ALLOWED


def can_compare_proposals(actor: Actor, need: Need) -> Verdict:
    """As on the need's page: every colleague of the merchant, once something stands."""
    if not actor.speaks_for(need.merchant_id):
        return forbidden(_("Only the merchant's people compare proposals."))
    if not need.proposals.filter(status__in=STANDING).exists():
        return conflict(_("There is no proposal to compare yet."))
    return ALLOWED


def may_read_opinions(actor: Actor, proposal: Proposal) -> Verdict:
    if actor.speaks_for(proposal.need.merchant_id):
        return ALLOWED
    return forbidden(_("Only the merchant's people read what colleagues think."))


def brief_of(need: Need) -> ConfidentialBrief | None:
    return ConfidentialBrief.objects.filter(need=need).first()


def has_promised(brief: ConfidentialBrief, party_id: int) -> bool:
    return Disclosure.objects.filter(brief=brief, party=party_id).exists()


def flaws_of_confidential(text: str) -> Iterator[Flaw]:
    if not text.strip():
        yield Flaw("text", _("Please fill this in."))
    if len(text) > MOST_TEXT:
        yield Flaw("text", _("At most 3,000 characters."))
    yield from flaws_of_words(_Text(text), "text")


def flaws_of_opinion(fields: OpinionFields) -> Iterator[Flaw]:
    for name in ("plan", "price", "team"):
        if getattr(fields, name) not in STARS:
            yield Flaw(name, _("One to five stars."))


class _Text:
    def __init__(self, text: str) -> None:
        self.text = text
