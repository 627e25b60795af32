"""Objecting to a result: a second person decides, and the result is judged anew."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict, flawless, unmet
from portal.core.workdays import add_working_days
from portal.parties.services import tell_party
from portal.tiers import rules
from portal.tiers.fields import Accepted, AppealFields
from portal.tiers.models import StarAppeal, StarApplication, StarReview, StarStanding
from portal.tiers.services.announcing import hold
from portal.tiers.services.applications import accept_more, keep_evidence, lock_review
from portal.tiers.services.judging import change_status, rejudge_review, write_steps
from portal.tiers.states import (
    ANSWER_DAYS,
    APPEAL_TRANSITIONS,
    AppealStatus,
    Movement,
    ReviewStatus,
)


@transaction.atomic
def appeal_review(actor: Actor, *, review: StarReview, fields: AppealFields) -> StarAppeal:
    """Within its days; meanwhile the result goes its way."""
    review = lock_review(review)
    rules.can_appeal_review(actor, review).require()
    rules.appeal_is_sound(fields).require()
    application = StarApplication.objects.filter(review=review).first()
    appeal = StarAppeal.objects.create(
        review=review,
        said_result=review.result,
        said_movement=review.movement,
        text=fields.text.strip(),
        filed_at=clock.now(),
        filed_by=actor.user,
        due_on=add_working_days(clock.today(), ANSWER_DAYS),
        first_id=application.reviewer_id if application else None,
    )
    appeal.evidence.set([keep_evidence(actor, review.party, one) for one in fields.evidence])
    after = {"quarter": str(review.of_quarter), "due_on": appeal.due_on}
    audit.record(actor, "appeal_review", appeal, after=after)
    return appeal


@transaction.atomic
def withdraw_star_appeal(actor: Actor, *, appeal: StarAppeal) -> StarAppeal:
    appeal = _lock(appeal)
    rules.can_withdraw_appeal(actor, appeal).require()
    _change(actor, appeal, AppealStatus.WITHDRAWN, "withdraw_star_appeal")
    return appeal


@transaction.atomic
def decide_star_appeal(
    actor: Actor,
    *,
    appeal: StarAppeal,
    grants: bool,
    sentence: str,
    accepted: Accepted = Accepted(),  # noqa: B008 - frozen
) -> StarAppeal:
    """The second person: the result stands, or is judged anew with what is accepted."""
    appeal = _lock(appeal)
    rules.can_decide_appeal(actor, appeal).require()
    rules.sentence_is_sound(sentence).require()
    flawless(rules.flaws_of_accepted(accepted)).require()
    if grants:
        _correct(actor, appeal.review, accepted, sentence.strip())
    appeal.sentence = sentence.strip()
    appeal.decider, appeal.decided_at = actor.user, clock.now()
    status = AppealStatus.GRANTED if grants else AppealStatus.UPHELD
    _change(actor, appeal, status, "decide_star_appeal")
    _tell(appeal)
    return appeal


def _correct(actor: Actor, review: StarReview, accepted: Accepted, sentence: str) -> None:
    """Better than before, or it is no grant. What holds already changes at once."""
    before = review.result
    was_grace = review.movement == Movement.GRACE
    accept_more(review, accepted)
    has_applied = StarApplication.objects.filter(review=review).exclude(status="withdrawn").exists()
    rejudge_review(review, review.rules.judged_by, has_applied=has_applied)
    is_better = review.result > before or (was_grace and review.movement != Movement.GRACE)
    if not is_better:
        raise Refused(unmet(_("With this the result stays the same; accept more, or uphold it.")))
    if review.status in (ReviewStatus.GRACE, ReviewStatus.LIFTED):
        change_status([review], ReviewStatus.EFFECTIVE)
    review.save()
    write_steps(actor, [review], clock.now(), reason=sentence)
    if StarStanding.objects.filter(review=review).exists():  # no later quarter holds already
        hold([review])


def _lock(appeal: StarAppeal) -> StarAppeal:
    review = lock_review(appeal.review)
    locked = StarAppeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
    locked.review = review
    return locked


def _change(actor: Actor, appeal: StarAppeal, status: AppealStatus, verb: str) -> None:
    if status not in APPEAL_TRANSITIONS[appeal.status]:
        raise Refused(conflict(_("This objection has ended already.")))
    before, appeal.status = appeal.status, status
    appeal.save()
    after = {"status": status, "stars": appeal.review.result}
    audit.record(actor, verb, appeal, before={"status": before}, after=after, why=appeal.sentence)


DECIDED = {
    AppealStatus.UPHELD: gettext_noop(
        "%(quarter)s: the result stands after your objection. %(why)s"
    ),
    AppealStatus.GRANTED: gettext_noop(
        "%(quarter)s: you were right; the result is now %(stars)s stars. %(why)s"
    ),
}


def _tell(appeal: StarAppeal) -> None:
    tell_party(
        appeal.review.party,
        event="stars.appeal",
        key=f"stars-appeal:{appeal.pk}",
        sentence=DECIDED[AppealStatus(appeal.status)],
        params={
            "quarter": str(appeal.review.of_quarter),
            "stars": appeal.review.result,
            "why": appeal.sentence[:200],
        },
        url=appeal.get_absolute_url(),
    )
