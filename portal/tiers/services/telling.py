"""Telling agencies what their quarter came to."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_noop

from portal.parties.services import tell_party
from portal.tiers.models import StarApplication, StarReview
from portal.tiers.states import Movement

RESULTS = {
    Movement.RISE: gettext_noop("%(quarter)s: you rise to %(stars)s stars, from %(day)s on."),
    Movement.KEEP: gettext_noop("%(quarter)s: you keep your %(stars)s stars."),
    Movement.GRACE: gettext_noop(
        "%(quarter)s: the numbers reach less than your %(stars)s stars. You keep them for a "
        "quarter of grace."
    ),
    Movement.FALL: gettext_noop("%(quarter)s: you will hold %(stars)s stars, from %(day)s on."),
}
NO_RISE = gettext_noop("%(quarter)s: you stay at %(stars)s stars. See what is missing.")


def tell_results(reviews: Iterable[StarReview]) -> None:
    """Who holds stars, or asked for one."""
    reviews = list(reviews)
    asked = set(
        StarApplication.objects.filter(review__in=reviews)
        .exclude(status="withdrawn")
        .values_list("review", flat=True)
    )
    for review in reviews:
        if review.before or review.result or review.pk in asked:
            tell_result(review, has_asked=review.pk in asked)


def tell_result(review: StarReview, *, has_asked: bool, again: str = "") -> None:
    movement = Movement(review.movement)
    is_denied = has_asked and movement == Movement.KEEP
    day = review.window.effective_on.isoformat() if review.window else ""
    tell_party(
        review.party,
        event="stars.announced",
        key=f"stars-announced:{review.pk}{again}",
        sentence=NO_RISE if is_denied else RESULTS[movement],
        params={"quarter": str(review.of_quarter), "stars": review.result, "day": day},
        url=review.get_absolute_url(),
    )
