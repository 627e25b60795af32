"""Who applies for a star and when; who answers, and with what."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden, unmet
from portal.parties.models import Party
from portal.parties.rules import can_manage_party, covers_region, is_member
from portal.parties.states import PartyKind
from portal.tiers.engine import MOST_STARS
from portal.tiers.fields import Accepted, ApplicationFields
from portal.tiers.models import StarApplication, StarReview
from portal.tiers.states import ApplicationStatus, ReviewStatus

MOST_EVIDENCE, MOST_NOTE, MOST_SENTENCE = 5, 2_000, 600
MOST_CREATORS, MOST_FEN = 10_000, 10**14


def can_see_own_stars(actor: Actor) -> Verdict:
    if actor.party is not None and actor.party.kind == PartyKind.AGENCY:
        return ALLOWED
    return forbidden(_("Stars are for agencies; everybody reads the public page."))


def can_list_quarters(actor: Actor) -> Verdict:
    if actor.has_perm("tiers.view_starreview"):
        return ALLOWED
    return can_see_own_stars(actor)


def can_apply(actor: Actor, review: StarReview | None) -> Verdict:
    """Those who sign for the agency, inside the window of the quarter, once."""
    if actor.party is None or actor.party.kind != PartyKind.AGENCY:
        return forbidden(_("Only agencies apply for stars."))
    if not (verdict := can_manage_party(actor, actor.party)):
        return verdict
    if not actor.party.is_trusted:
        return unmet(_("Your party must be verified first."))
    if review is None or review.window is None or not review.window.is_open:
        return conflict(_("No window for stars is open now."))
    if review.party_id != actor.party.pk:
        return forbidden(_("You do not speak for this party."))
    if review.status != ReviewStatus.COMPUTED:
        return conflict(_("The numbers of this quarter are not frozen, or its result is told."))
    if review.before == MOST_STARS:
        return conflict(_("You hold all five stars; there is no higher one."))
    application = StarApplication.objects.filter(review=review).first()
    if application is not None and application.status != ApplicationStatus.WITHDRAWN:
        return conflict(_("You have applied in this window already."))
    return ALLOWED


def can_withdraw_application(actor: Actor, application: StarApplication) -> Verdict:
    if not (verdict := can_manage_party(actor, application.review.party)):
        return verdict
    if application.status != ApplicationStatus.SUBMITTED:
        return conflict(_("This application has been answered or withdrawn already."))
    return ALLOWED


def may_review_stars(actor: Actor) -> Verdict:
    if actor.has_perm("tiers.review_starapplication"):
        return ALLOWED
    return forbidden(_("Only those who review applications for stars may do this."))


def can_review_application(actor: Actor, application: StarApplication) -> Verdict:
    if not (verdict := may_review_stars(actor)):
        return verdict
    if not (verdict := is_outside(actor, application.review.party)):
        return verdict
    if application.status != ApplicationStatus.SUBMITTED:
        return conflict(_("This application has been answered or withdrawn already."))
    return ALLOWED


def is_outside(actor: Actor, party: Party) -> Verdict:
    """A person of one's region, and nobody of the party itself."""
    if actor.user is None:
        return forbidden(_("This is decided by people."))
    if not covers_region(actor, party):
        return forbidden(_("This party is outside your regions."))
    if is_member(actor.user, party):
        return forbidden(_("Nobody decides about a party of their own."))
    return ALLOWED


def can_read_evidence(actor: Actor, party: Party) -> Verdict:
    """Those who sign for the agency, and those who review or judge for its region."""
    if actor.role == SYSTEM:
        return ALLOWED
    if actor.speaks_for(party.pk):
        return can_manage_party(actor, party)
    judges = actor.has_perm("tiers.review_starapplication") or actor.has_perm(
        "tiers.decide_starappeal"
    )
    if judges and covers_region(actor, party):
        return ALLOWED
    return forbidden(_("This file is not for you."))


def application_is_sound(fields: ApplicationFields) -> Verdict:
    return flawless(flaws_of_application(fields))


def flaws_of_application(fields: ApplicationFields) -> Iterator[Flaw]:
    claims = fields.more_creators > 0 or fields.more_net_fen > 0
    if not 0 <= fields.more_creators <= MOST_CREATORS:
        yield Flaw("more_creators", _("This is out of range."))
    if not 0 <= fields.more_net_fen <= MOST_FEN:
        yield Flaw("more_net_fen", _("This is out of range."))
    if claims and not fields.note.strip():
        yield Flaw("note", _("Say what the feed lacks."))
    if claims and not fields.evidence:
        yield Flaw("evidence", _("Show it by at least one file."))
    if len(fields.note.strip()) > MOST_NOTE:
        yield Flaw("note", _("At most 2,000 characters."))
    if len(fields.evidence) > MOST_EVIDENCE:
        yield Flaw("evidence", _("At most five files."))


def flaws_of_accepted(accepted: Accepted) -> Iterator[Flaw]:
    if not 0 <= accepted.creators <= MOST_CREATORS:
        yield Flaw("creators", _("This is out of range."))
    if not 0 <= accepted.net_fen <= MOST_FEN:
        yield Flaw("net_fen", _("This is out of range."))


def sentence_is_sound(sentence: str) -> Verdict:
    if not sentence.strip():
        return flawless([Flaw("reason", _("Say why; the agency reads this sentence."))])
    if len(sentence.strip()) > MOST_SENTENCE:
        return flawless([Flaw("reason", _("At most 600 characters."))])
    return ALLOWED
