"""Results: told on their day, held from another, each with what came before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.core.models import AuditEntry
from portal.tiers.models import StarApplication, StarReview, StarStanding, StarWindow
from portal.tiers.services.judging import JUDGED, change_status, judge_review, write_steps
from portal.tiers.services.publishing import publish_stars_of
from portal.tiers.services.telling import tell_results
from portal.tiers.states import ApplicationStatus, Movement, ReviewStatus


def announce_due(actor: Actor) -> int:
    """Results whose day has come, but for applications that still wait; how many."""
    due = StarWindow.objects.filter(announces_on__lte=clock.today()).order_by("announces_on")
    waiting = due.filter(reviews__status=ReviewStatus.COMPUTED).distinct()
    return sum(announce_window(actor, window) for window in waiting)


@transaction.atomic
def announce_window(actor: Actor, window: StarWindow) -> int:
    window = StarWindow.objects.select_for_update().get(pk=window.pk)
    computed = StarReview.objects.filter(window=window, status=ReviewStatus.COMPUTED)
    unanswered = StarApplication.objects.waiting().values("review")
    return announce(actor, list(computed.exclude(pk__in=unanswered).whole().order_by("pk")))


def announce(actor: Actor, reviews: Sequence[StarReview]) -> int:
    """Each is judged by what is held now; whoever is concerned is told."""
    now = clock.now()
    held = _held(reviews)
    granted = set(
        StarApplication.objects.filter(
            review__in=reviews, status=ApplicationStatus.GRANTED
        ).values_list("review", flat=True)
    )
    for review in reviews:
        standing = held.get(review.party_id)
        judged_by = review.rules.judged_by
        judge_review(review, judged_by, standing, has_applied=review.pk in granted)
        review.announced_at = now
    change_status(reviews, ReviewStatus.ANNOUNCED)
    bulk.update(reviews, [*JUDGED, "status", "announced_at"])
    write_steps(actor, reviews, now)
    _record(actor, "announce_stars", reviews)
    tell_results(reviews)
    return len(reviews)


def bring_into_effect(actor: Actor) -> int:
    """Results whose day has come; how many."""
    due = StarReview.objects.filter(
        status=ReviewStatus.ANNOUNCED, window__effective_on__lte=clock.today()
    )
    keys = list(due.order_by("window__effective_on", "pk").values_list("pk", flat=True))
    return _take_effect(actor, keys) if keys else 0


@transaction.atomic
def _take_effect(actor: Actor, keys: Sequence[int]) -> int:
    locked = StarReview.objects.select_for_update(of=("self",)).whole()
    reviews = list(locked.filter(pk__in=keys, status=ReviewStatus.ANNOUNCED).order_by("pk"))
    now = clock.now()
    _end_graces(actor, reviews)
    in_grace = [review for review in reviews if review.movement == Movement.GRACE]
    change_status(in_grace, ReviewStatus.GRACE)
    change_status(
        [review for review in reviews if review.movement != Movement.GRACE], ReviewStatus.EFFECTIVE
    )
    for review in reviews:
        review.held_from = review.window.effective_on if review.window else clock.today()
    bulk.update(reviews, ["status", "held_from"])
    write_steps(actor, reviews, now)
    _record(actor, "bring_stars_into_effect", reviews)
    hold(reviews)
    return len(reviews)


def hold(reviews: Sequence[StarReview]) -> None:
    """What each of them says is held from now on."""
    held = _held(reviews)
    for review in reviews:
        standing = held.get(review.party_id)
        if standing is None:
            standing = StarStanding(party_id=review.party_id, stars=-1)
        if standing.stars != review.result:
            standing.stars, standing.since = review.result, review.held_from or clock.today()
        is_grace = review.status == ReviewStatus.GRACE
        standing.in_grace_until = review.of_quarter.next().last_day if is_grace else None
        standing.review = review
        held[review.party_id] = standing
    new = [row for row in held.values() if row._state.adding]
    bulk.update(
        [row for row in held.values() if not row._state.adding],
        ["stars", "since", "in_grace_until", "review"],
    )
    bulk.insert(new)
    publish_stars_of(list(held))


def _end_graces(actor: Actor, reviews: Sequence[StarReview]) -> None:
    """What was in grace until now is lifted, or has led to fewer stars."""
    news = {review.party_id: review for review in reviews}
    graces = StarReview.objects.select_for_update().filter(
        party__in=news, status=ReviewStatus.GRACE
    )
    ended = list(graces.order_by("pk"))
    fallen = [row for row in ended if news[row.party_id].movement == Movement.FALL]
    lifted = [row for row in ended if news[row.party_id].movement != Movement.FALL]
    change_status(fallen, ReviewStatus.EFFECTIVE)
    change_status(lifted, ReviewStatus.LIFTED)
    bulk.update(ended, ["status"])
    write_steps(actor, ended, clock.now())


def _held(reviews: Iterable[StarReview]) -> dict[int, StarStanding]:
    parties = [review.party_id for review in reviews]
    rows = StarStanding.objects.select_for_update().filter(party__in=parties).order_by("party")
    return {row.party_id: row for row in rows}


def _record(actor: Actor, verb: str, reviews: Iterable[StarReview]) -> None:
    """A row for each whose stars move, or who asked for more."""
    moved = [review for review in reviews if _moves(review)]
    audit.record_many([_entry(actor, verb, review) for review in moved])
    for review in moved:
        audit.tell(actor, verb, review)


def _moves(review: StarReview) -> bool:
    return review.movement != Movement.KEEP or review.result > 0


def _entry(actor: Actor, verb: str, review: StarReview) -> AuditEntry:
    after = {"stars": review.result, "movement": review.movement, "reached": review.reached}
    return audit.entry(
        actor, verb, review, at=clock.now(), before={"stars": review.before}, after=after
    )
