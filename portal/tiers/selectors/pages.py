"""Stars as their pages say them: what is missing in plain numbers, why a result came about, who
holds what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core import clock
from portal.core.actor import Actor
from portal.core.money import Money
from portal.revenue.rules import can_list_orders, can_see_all_orders
from portal.tiers import engine
from portal.tiers.engine import Measure, Need
from portal.tiers.models import (
    CountedCreator,
    StarApplication,
    StarReview,
    StarReviewQuerySet,
    StarRuleSet,
    StarStanding,
    StarWindow,
)
from portal.tiers.states import ApplicationStatus, Movement, ReviewStatus, Stars

LABELS = {
    Measure.CREATORS: gettext_lazy("Active creators"),
    Measure.NET: gettext_lazy("Settled net GMV of the quarter"),
    Measure.HEALTH: gettext_lazy("Health"),
    Measure.DAYS: gettext_lazy("Days since verified"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One floor of a star as a bar, in words."""

    need: Need

    @property
    def label(self) -> str:
        return str(LABELS[self.need.measure])

    @property
    def has(self) -> str:
        return "—" if self.need.has is None else in_words(self.need.measure, self.need.has)

    @property
    def asked(self) -> str:
        return in_words(self.need.measure, self.need.asked)

    @property
    def lack(self) -> str:
        """What is missing, as a sentence; empty if nothing is."""
        if self.need.is_met:
            return ""
        if self.need.has is None:
            return _("Not rated yet: it keeps the stars you hold and wins none.")
        missing = in_words(self.need.measure, self.need.missing)
        return _("%(missing)s more") % {"missing": missing}

    @property
    def tone(self) -> str:
        return "ok" if self.need.is_met else "warn"


def in_words(measure: Measure, value: int) -> str:
    if measure == Measure.NET:
        return Money(value).short
    if measure == Measure.HEALTH:
        return f"{value / 100:g}"
    return f"{value:,}"


def quarter_in_words(quarter: engine.Quarter) -> str:
    """Q3 2026."""
    return _("Q%(number)s %(year)s") % {"number": quarter.number, "year": quarter.year}


def bars_of(review: StarReview, stars: int) -> list[Bar]:
    """Each floor of this star beside what there is."""
    return [Bar(need) for need in engine.needs_for(review.rules.judged_by, review.inputs, stars)]


def bars_to_next(review: StarReview, held: int) -> list[Bar]:
    """To the star above the one held; of the highest, what keeps it."""
    return bars_of(review, min(held + 1, engine.MOST_STARS))


def reasons_of(review: StarReview) -> list[str]:
    """Why the result is what it is, in the order one would ask."""
    said = {"reached": Stars(review.reached).label, "held": Stars(review.before).label}
    reasons = [_("The numbers reach: %(reached)s. Held before: %(held)s.") % said]
    match Movement(review.movement):
        case Movement.RISE:
            if review.reached > review.result:
                reasons.append(_("A quarter brings one star more at most."))
        case Movement.KEEP:
            if review.reached > review.before:
                reasons.append(_not_asked(review))
        case Movement.GRACE:
            reasons.append(_("Before stars are lost there is a quarter of grace."))
        case Movement.FALL:
            reasons.append(_("The quarter of grace is over and the numbers reach less."))
            if review.before - review.result > 1:
                reasons.append(_("Two stars at once, because a violation is in force."))
    if review.movement != Movement.RISE:
        reasons += _missing(review, min(review.before + 1, engine.MOST_STARS))
    return reasons


def _not_asked(review: StarReview) -> str:
    application = StarApplication.objects.filter(review=review).first()
    if application is not None and application.status == ApplicationStatus.REFUSED:
        return _("The application was refused: %(why)s") % {"why": application.reason}
    if not review.is_told:
        return _("A star more is won by applying in the window.")
    return _("No application was made in the window, so no star was won.")


def _missing(review: StarReview, stars: int) -> list[str]:
    label = Stars(stars).label
    return [
        _("%(what)s for “%(star)s”: %(has)s of %(asked)s.")
        % {"what": bar.label, "star": label, "has": bar.has, "asked": bar.asked}
        for bar in bars_of(review, stars)
        if not bar.need.is_met
    ]


# --- who holds what -------------------------------------------------------------------------------


def counts_by_star() -> dict[int, int]:
    """Of those shown to everybody, from the most stars down."""
    rows = StarStanding.objects.shown().order_by().values("stars").annotate(n=Count("pk"))
    found = {row["stars"]: row["n"] for row in rows}
    return {stars: found.get(stars, 0) for stars in range(engine.MOST_STARS, 0, -1)}


def holders(words: str = "", stars: int = 0) -> QuerySet[StarStanding]:
    """Who holds a star, narrowed by the agency's name and by the star."""
    rows = StarStanding.objects.shown().select_related("party__city")
    if stars:
        rows = rows.filter(stars=stars)
    if words:
        rows = rows.filter(Q(party__name__icontains=words) | Q(party__legal_name__icontains=words))
    return rows


def standing_of(party_id: int) -> StarStanding | None:
    return StarStanding.objects.filter(party=party_id).select_related("review").first()


def stars_of(parties: Iterable[int]) -> dict[int, int]:
    """By agency; who holds none is left out."""
    rows = StarStanding.objects.filter(party__in=list(parties), stars__gte=1)
    return dict(rows.values_list("party", "stars"))


def latest_review(actor: Actor) -> StarReview | None:
    """The running quarter's, made again each night; None where they do not see it."""
    own = StarReview.objects.visible_to(actor).filter(party=actor.party_id)
    return own.whole().newest_first().first()


def open_review(actor: Actor) -> StarReview | None:
    """The quarter one may apply for now."""
    return open_reviews(actor).first()


def open_reviews(actor: Actor) -> StarReviewQuerySet:
    """The quarters one may apply for now, the newest first."""
    if actor.party_id is None:
        return StarReview.objects.none()
    today = clock.today()
    open_now = {"window__opens_on__lte": today, "window__closes_on__gte": today}
    own = StarReview.objects.visible_to(actor).filter(party=actor.party_id)
    rows = own.whole().filter(**open_now)
    return rows.filter(status=ReviewStatus.COMPUTED).newest_first()


def near_window() -> StarWindow | None:
    """The one that is open, or that comes next; else the last one."""
    today = clock.today()
    ahead = StarWindow.objects.filter(closes_on__gte=today).order_by("opens_on").first()
    return ahead or StarWindow.objects.order_by("-closes_on").first()


def order_months(actor: Actor, review: StarReview) -> list[tuple[str, str]]:
    """Where the quarter's orders stand, month by month, for who may read them: the agency those it
    has a share of, operators all."""
    if actor.party_id is not None:
        name = "order_list" if can_list_orders(actor) else ""
    else:
        name = "order_register" if can_see_all_orders(actor) else ""
    quarter = review.of_quarter
    months = (f"{quarter.year}-{quarter.first_day.month + n:02d}" for n in range(3))
    return [(month, f"{reverse(name)}?month={month}") for month in months] if name else []


def counted_in(review: StarReview) -> QuerySet[CountedCreator]:
    return CountedCreator.objects.filter(review=review).select_related("creator")


def table_of(rules: StarRuleSet) -> list[dict[str, object]]:
    """A row a tier, starter first, with what each brings that those below do not."""
    rungs = {rung.stars: rung for rung in rules.rungs.all()}
    brought: dict[int, list[object]] = {}
    for benefit in rules.benefits.all():
        brought.setdefault(benefit.stars, []).append(benefit)
    return [
        {"stars": stars, "rung": rungs.get(stars), "benefits": brought.get(stars, [])}
        for stars in Stars.values
    ]


def versions() -> Sequence[StarRuleSet]:
    return list(StarRuleSet.objects.approved().order_by("-starts_on"))
