"""Applying for the next star, and the answer."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.files import attach_file, store_file, take_file
from portal.core.models import StoredFile
from portal.core.verdict import Refused, conflict, flawless, unmet
from portal.core.workdays import add_working_days
from portal.parties.models import Party
from portal.parties.services import lock_party, tell_party
from portal.tiers import engine, rules
from portal.tiers.fields import Accepted, ApplicationFields, Evidence
from portal.tiers.files import EVIDENCE
from portal.tiers.models import StarApplication, StarReview
from portal.tiers.services.announcing import announce
from portal.tiers.states import ANSWER_DAYS, APPLICATION_TRANSITIONS, ApplicationStatus


@transaction.atomic
def apply_for_star(
    actor: Actor, *, review: StarReview, fields: ApplicationFields
) -> StarApplication:
    """For the next star, on the frozen numbers of the quarter and what the feed lacks."""
    review = lock_review(review)
    rules.can_apply(actor, review).require()
    rules.application_is_sound(fields).require()
    application = StarApplication.objects.filter(review=review).first()
    verb = "apply_for_star_again" if application else "apply_for_star"
    application = application or StarApplication(review=review)
    application.review = review
    application.stars = review.before + engine.stars.UP
    application.note = fields.note.strip()
    application.more_creators, application.more_net_fen = fields.more_creators, fields.more_net_fen
    application.status = ApplicationStatus.SUBMITTED
    application.submitted_at, application.submitted_by = clock.now(), actor.user
    application.due_on = add_working_days(clock.today(), ANSWER_DAYS)
    application.save()
    application.evidence.set([keep_evidence(actor, review.party, one) for one in fields.evidence])
    after = {"quarter": str(review.of_quarter), "stars": application.stars}
    audit.record(actor, verb, application, after=after)
    return application


@transaction.atomic
def withdraw_star_application(actor: Actor, *, application: StarApplication) -> StarApplication:
    """Take it back; while the window is open it may be handed in anew."""
    application = _lock(application)
    rules.can_withdraw_application(actor, application).require()
    _change(actor, application, ApplicationStatus.WITHDRAWN, "withdraw_star_application")
    return application


@transaction.atomic
def grant_star(
    actor: Actor,
    *,
    application: StarApplication,
    reason: str,
    accepted: Accepted = Accepted(),  # noqa: B008 - frozen
) -> StarApplication:
    """The numbers, with what is accepted of the evidence, reach the star; it is told with the
    quarter's results, or at once if these are told already."""
    application = _lock(application)
    rules.can_review_application(actor, application).require()
    rules.sentence_is_sound(reason).require()
    flawless(rules.flaws_of_accepted(accepted)).require()
    review = application.review
    accept_more(review, accepted)
    judged = engine.judge(
        review.rules.judged_by, review.inputs, review.held_before, has_applied=True
    )
    if not judged.may_rise:
        raise Refused(unmet(_("With this the numbers do not reach the star yet.")))
    review.save(update_fields=["more_creators", "more_net_fen"])
    _answer(actor, application, ApplicationStatus.GRANTED, "grant_star", reason)
    return application


@transaction.atomic
def refuse_star(actor: Actor, *, application: StarApplication, reason: str) -> StarApplication:
    application = _lock(application)
    rules.can_review_application(actor, application).require()
    rules.sentence_is_sound(reason).require()
    _answer(actor, application, ApplicationStatus.REFUSED, "refuse_star", reason)
    return application


def accept_more(review: StarReview, accepted: Accepted) -> None:
    review.more_creators, review.more_net_fen = accepted.creators, accepted.net_fen


def lock_review(review: StarReview) -> StarReview:
    """Under its agency's lock, so that two presses come one by one."""
    party = lock_party(review.party)
    locked = StarReview.objects.select_for_update(of=("self",)).whole().get(pk=review.pk)
    locked.party = party
    return locked


def keep_evidence(actor: Actor, party: Party, piece: Evidence) -> StoredFile:
    """A file handed in, kept for its agency."""
    if isinstance(piece, uuid.UUID):
        file = take_file(actor, file_id=piece, purpose=EVIDENCE, field="evidence")
        file.party_id = party.pk
        file.save(update_fields=["party_id"])
        return file
    file = store_file(actor, upload=piece, purpose=EVIDENCE, party_id=party.pk)
    return attach_file(actor, file=file)


def _lock(application: StarApplication) -> StarApplication:
    review = lock_review(application.review)
    locked = StarApplication.objects.select_for_update(of=("self",)).get(pk=application.pk)
    locked.review = review
    return locked


def _answer(
    actor: Actor,
    application: StarApplication,
    status: ApplicationStatus,
    verb: str,
    reason: str,
) -> None:
    application.reason = reason.strip()
    application.reviewer, application.reviewed_at = actor.user, clock.now()
    _change(actor, application, status, verb)
    _tell(application)
    window = application.review.window
    if window is not None and window.announces_on <= clock.today():
        announce(actor, [application.review])


def _change(
    actor: Actor, application: StarApplication, status: ApplicationStatus, verb: str
) -> None:
    if status not in APPLICATION_TRANSITIONS[application.status]:
        raise Refused(conflict(_("This is not possible in the application's present state.")))
    before, application.status = application.status, status
    application.save()
    audit.record(
        actor,
        verb,
        application,
        before={"status": before},
        after={"status": status},
        why=application.reason,
    )


ANSWERS = {
    ApplicationStatus.GRANTED: gettext_noop(
        "%(quarter)s: your application for %(stars)s stars is granted. %(reason)s"
    ),
    ApplicationStatus.REFUSED: gettext_noop(
        "%(quarter)s: your application for %(stars)s stars is refused. %(reason)s"
    ),
}


def _tell(application: StarApplication) -> None:
    tell_party(
        application.review.party,
        event="stars.answered",
        key=f"stars-answered:{application.pk}",
        sentence=ANSWERS[ApplicationStatus(application.status)],
        params={
            "quarter": str(application.review.of_quarter),
            "stars": application.stars,
            "reason": application.reason[:200],
        },
        url=application.get_absolute_url(),
    )
