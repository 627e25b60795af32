"""A quarter's numbers of all agencies: made again each night, frozen once no refund counts any
more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction

from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.tiers import selectors
from portal.tiers.engine import Quarter, StarRules, quarter_of
from portal.tiers.models import (
    CountedCreator,
    StarReview,
    StarRuleSet,
    StarStanding,
    StarWindow,
)
from portal.tiers.selectors.inputs import Found, Quarterly
from portal.tiers.services.announcing import announce_due, bring_into_effect
from portal.tiers.services.judging import JUDGED, change_status, judge_review, write_steps
from portal.tiers.services.publishing import publish_stars_of
from portal.tiers.states import FROZEN, ReviewStatus

KNOWN = (
    *("as_of", "creators", "net_fen", "struck", "health", "snapshot", "days"),
    *("has_violation", "computed_at", "rules", "window", "status"),
)


def refresh_stars(actor: Actor) -> int:
    """What a night does: numbers of the quarters that are not frozen, results that are due, and
    results that begin to hold. How many reviews were computed. Safe to run twice."""
    current = quarter_of(clock.today())
    computed = sum(compute_quarter(actor, quarter) for quarter in (current.previous(), current))
    announce_due(actor)
    bring_into_effect(actor)
    publish_stars_of()  # other rules may hold since today
    return computed


@transaction.atomic
def compute_quarter(actor: Actor, quarter: Quarter) -> int:
    """Of every agency; 0 where it is frozen already, has not begun, or no rules held."""
    rules = selectors.rules_of(quarter)
    today = clock.today()
    if rules is None or today <= quarter.first_day:
        return 0
    # Two that compute at once would write everybody twice: they wait for each other here.
    StarRuleSet.objects.select_for_update(no_key=True).get(pk=rules.pk)
    if StarReview.objects.of(quarter).filter(status__in=FROZEN).exists():
        return 0
    as_of = min(today - timedelta(days=1), quarter.last_day)
    found = selectors.quarter_figures(quarter, as_of, rules)
    reviews = _reviews(quarter, as_of, rules, found)
    if today > quarter.last_day + timedelta(days=rules.freeze_days):
        _freeze(quarter, reviews)
    _write(reviews, found.agencies)
    if reviews and reviews[0].status == ReviewStatus.COMPUTED:
        write_steps(actor, reviews, clock.now())
        after = {"quarter": str(quarter), "agencies": len(reviews)}
        audit.record(actor, "freeze_quarter", rules, after=after)
    return len(reviews)


def _reviews(quarter: Quarter, as_of: date, rules: StarRuleSet, found: Found) -> list[StarReview]:
    """Those that are there, with today's numbers, and new ones."""
    known = {row.party_id: row for row in StarReview.objects.of(quarter)}
    held = {row.party_id: row for row in StarStanding.objects.all()}
    judged_by, now = rules.judged_by, clock.now()
    reviews = []
    for agency, figures in sorted(found.agencies.items()):
        review = known.get(agency) or StarReview(
            party_id=agency, year=quarter.year, quarter=quarter.number
        )
        review.rules, review.as_of, review.computed_at = rules, as_of, now
        _take(review, figures, found)
        _judge(review, judged_by, held)
        reviews.append(review)
    return reviews


def _take(review: StarReview, figures: Quarterly, found: Found) -> None:
    inputs = figures.inputs
    review.creators, review.net_fen, review.health = inputs.creators, inputs.net_fen, inputs.health
    review.days, review.has_violation = inputs.days, inputs.has_violation
    review.struck = figures.struck
    review.snapshot = found.snapshot if inputs.health is not None else None


def _judge(review: StarReview, rules: StarRules, held: Mapping[int, StarStanding]) -> None:
    judge_review(review, rules, held.get(review.party_id), has_applied=False)


def _freeze(quarter: Quarter, reviews: Sequence[StarReview]) -> None:
    """From now on the numbers stay, and agencies apply on them."""
    window = StarWindow.objects.of(quarter).first()
    change_status(reviews, ReviewStatus.COMPUTED)
    for review in reviews:
        review.window = window


def _write(reviews: Sequence[StarReview], agencies: Mapping[int, Quarterly]) -> None:
    new = [review for review in reviews if review.pk is None]
    old = [review for review in reviews if review.pk is not None]
    CountedCreator.objects.filter(review__in=[review.pk for review in old]).delete()
    bulk.update(old, [*KNOWN, *JUDGED])
    bulk.number(new)
    bulk.insert(new)
    rows = [
        CountedCreator(
            review=review,
            creator_id=one.creator,
            selling_days=one.selling_days,
            recent_orders=one.recent_orders,
            orders=one.orders,
            struck=one.struck,
            net_fen=one.net_fen,
            lack=one.lack(review.rules) if one.is_here else "",
            is_here=one.is_here,
        )
        for review in reviews
        for one in agencies[review.party_id].creators
    ]
    bulk.insert(rows)
