"""The one place where a review gets its result, and where its state changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from portal.core import bulk
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.tiers import engine
from portal.tiers.models import StarReview, StarStanding, StarStep
from portal.tiers.states import REVIEW_TRANSITIONS, Movement, ReviewStatus

JUDGED = ("before", "was_in_grace", "reached", "result", "movement")


def judge_review(
    review: StarReview, rules: engine.StarRules, standing: StarStanding | None, *, has_applied: bool
) -> None:
    """By what is held now; nothing is written."""
    review.before = standing.stars if standing else engine.STARTER
    review.was_in_grace = bool(standing and standing.is_in_grace)
    rejudge_review(review, rules, has_applied=has_applied)


def rejudge_review(
    review: StarReview, rules: engine.StarRules, *, has_applied: bool
) -> engine.Judgement:
    """By what was held when it was told."""
    judged = engine.judge(rules, review.inputs, review.held_before, has_applied=has_applied)
    review.reached, review.result = judged.reached, judged.result
    review.movement = Movement(judged.movement.value)
    return judged


def change_status(reviews: Iterable[StarReview], status: ReviewStatus) -> None:
    """By the one table of transitions; nothing is written."""
    for review in reviews:
        if status not in REVIEW_TRANSITIONS[review.status]:
            raise Refused(conflict(_("This is not possible in the quarter's present state.")))
        review.status = status


def write_steps(
    actor: Actor, reviews: Sequence[StarReview], at: datetime, *, reason: str = ""
) -> None:
    bulk.insert(
        [
            StarStep(
                review=review,
                status=review.status,
                result=review.result,
                movement=review.movement,
                reason=reason,
                by=actor.user,
                at=at,
            )
            for review in reviews
        ]
    )
