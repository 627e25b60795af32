"""Looking at documents, and the verdicts of two people who know nothing of each other's."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.workdays import add_working_days
from portal.tiers import rules
from portal.tiers.certification_fields import CheckFields, ReviewFields
from portal.tiers.certification_states import (
    BRING_DAYS,
    CHECK_DAYS,
    REVIEWERS,
    CertificationStatus,
    PapersAnswer,
    ReviewVerdict,
)
from portal.tiers.models import CertificationApplication, CertificationReview
from portal.tiers.services.certification_changes import (
    change_certification,
    lock_certification,
    lock_round,
    tell_agency,
)
from portal.tiers.services.certification_places import give_places

ASKED = gettext_noop(
    "Top-100 mark of %(year)s: something is missing; bring it by %(day)s. %(sentence)s"
)
REFUSED = gettext_noop(
    "Top-100 mark of %(year)s: not granted. %(reason)s You may object within 10 working days."
)


@transaction.atomic
def check_certification(
    actor: Actor, *, application: CertificationApplication, fields: CheckFields
) -> CertificationApplication:
    """The documents are in order, something is asked, or it is refused."""
    application = lock_certification(application)
    rules.can_check_certification(actor, application).require()
    rules.check_is_sound(application, fields).require()
    application.checked_by, sentence = actor.user, fields.sentence.strip()
    if fields.answer == PapersAnswer.ACCEPT:
        application.due_on = None  # nobody is to act before the window is closed
        status = CertificationStatus.CHECKED
        change_certification(actor, application, status, "accept_certification_papers")
    elif fields.answer == PapersAnswer.ASK:
        _ask(actor, application, sentence)
    else:
        refuse_certification(actor, application, sentence)
    return application


def _ask(actor: Actor, application: CertificationApplication, sentence: str) -> None:
    application.asked = sentence
    application.due_on = add_working_days(clock.today(), BRING_DAYS)
    status = CertificationStatus.NEED_INFO
    change_certification(actor, application, status, "ask_certification", why=sentence)
    day = application.due_on.isoformat()
    tell_agency(application, "asked", ASKED, day=day, sentence=sentence[:200])


def refuse_certification(
    actor: Actor,
    application: CertificationApplication,
    reason: str,
    *,
    verb: str = "refuse_certification",
) -> None:
    application.reason, application.decided_at = reason, clock.now()
    application.due_on = None
    change_certification(actor, application, CertificationStatus.REFUSED, verb, why=reason)
    tell_agency(application, "refused", REFUSED, reason=reason[:200])


def lapse_certifications(actor: Actor) -> int:
    """Refuse, with that as the reason, what was asked for and did not come by its day; how many.
    Safe to run twice."""
    return sum(_lapse(actor, one) for one in list(CertificationApplication.objects.overdue()))


@transaction.atomic
def _lapse(actor: Actor, application: CertificationApplication) -> bool:
    application = lock_certification(application)
    if not application.is_overdue:  # answered meanwhile
        return False
    reader = application.submitted_by
    with translation.override(reader.language if reader else settings.LANGUAGE_CODE):
        said = {"day": application.due_on, "asked": application.asked}
        reason = _("What was asked for did not come by %(day)s: %(asked)s") % said
    refuse_certification(actor, application, reason, verb="lapse_certification")
    return True


@transaction.atomic
def review_certification(
    actor: Actor, *, application: CertificationApplication, fields: ReviewFields
) -> CertificationApplication:
    """One person's verdict. What it says stands nowhere the next one could read it: the audit row
    tells only that it was given."""
    lock_round(application.round)  # a pass after the publication takes a place at once
    application = lock_certification(application)
    rules.can_review_certification(actor, application).require()
    rules.review_is_sound(fields).require()
    assert actor.user is not None  # the rule above
    given = list(application.reviews.order_by("place"))
    review = CertificationReview.objects.create(
        application=application,
        place=len(given) + 1,
        reviewer=actor.user,
        verdict=fields.verdict,
        reason=fields.reason.strip(),
        at=clock.now(),
    )
    audit.record(actor, "review_certification", application, after={"place": review.place})
    _weigh(actor, application, [*given, review])
    return application


def _weigh(
    actor: Actor, application: CertificationApplication, given: list[CertificationReview]
) -> None:
    """Two that agree decide; where they differ a third does."""
    if len(given) == 1:
        status = CertificationStatus.REVIEWING
        change_certification(actor, application, status, "begin_certification_review")
        return
    passed = sum(one.verdict == ReviewVerdict.PASS for one in given)
    if len(given) == REVIEWERS and passed == 1:
        application.due_on = add_working_days(clock.today(), CHECK_DAYS)
        application.save(update_fields=["due_on"])
    elif passed >= REVIEWERS:
        pass_certification(actor, application)
    else:
        reasons = [one.reason for one in given if one.verdict == ReviewVerdict.REFUSE]
        refuse_certification(actor, application, "\n".join(reasons))


def pass_certification(actor: Actor, application: CertificationApplication) -> None:
    """Call it under the round's lock. Where the results are out already, it takes a place or its
    place in the line at once."""
    application.decided_at, application.due_on, application.reason = clock.now(), None, ""
    change_certification(actor, application, CertificationStatus.PASSED, "pass_certification")
    if application.round.is_published:
        give_places(actor, application.round)
        application.refresh_from_db()
