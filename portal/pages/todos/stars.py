"""Stars: windows to apply in, answers that came, and what operators have to answer."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.core.actor import Actor
from portal.pages.todos import Todo, Waiting, dated
from portal.parties.models import Party
from portal.parties.states import MANAGING
from portal.tiers import rules, selectors
from portal.tiers.models import StarAppeal, StarApplication, StarReview
from portal.tiers.states import Stars

MOST = 20


def star_todos(actor: Actor) -> Iterator[Waiting]:
    """An agency whose frozen numbers reach more than it holds may apply now."""
    if actor.role in MANAGING and rules.can_see_own_stars(actor):
        yield Waiting(selectors.open_reviews(actor)[:1], lambda review: _review(actor, review))


def _review(actor: Actor, review: StarReview) -> Todo | None:
    if review.window is None or not rules.can_apply(actor, review):
        return None
    if review.reached <= review.before:
        return None
    said = {"quarter": review.of_quarter, "star": Stars(review.reached).label}
    return dated(
        review.window.closes_on,
        title=_("Apply for the next star"),
        detail=_("The numbers of %(quarter)s reach: %(star)s. A star is won by applying.") % said,
        url=reverse("star_application_create", args=[review.pk]),
        verb=pgettext("to ask to be granted it", "Apply"),
    )


def star_review_todos(actor: Actor) -> Iterator[Waiting]:
    """Applications and objections that wait for this operator, by their day."""
    if actor.user is None or not actor.user.is_staff:
        return
    mine = Party.objects.in_scope_of(actor.user)
    if actor.has_perm("tiers.review_starapplication"):
        waiting = StarApplication.objects.waiting().filter(review__party__in=mine)
        fields = ("due_on", "stars", "review__party__name")
        yield Waiting(waiting.order_by("due_on")[:MOST], _application, fields)
    if actor.has_perm("tiers.decide_starappeal"):
        filed = StarAppeal.objects.waiting().filter(review__party__in=mine)
        rows = filed.exclude(first=actor.user).order_by("due_on")
        yield Waiting(rows[:MOST], _appeal, ("due_on", "text", "review__party__name"))


def _application(application: StarApplication) -> Todo:
    return dated(
        application.due_on,
        title=_("%(party)s asks for a star") % {"party": application.review.party.name},
        detail=Stars(application.stars).label,
        url=reverse("admin:tiers_starapplication_answer", args=[application.pk]),
        verb=_("Answer"),
    )


def _appeal(appeal: StarAppeal) -> Todo:
    return dated(
        appeal.due_on,
        title=_("%(party)s objects to its stars") % {"party": appeal.review.party.name},
        detail=appeal.text[:60],
        url=reverse("admin:tiers_starappeal_answer", args=[appeal.pk]),
        verb=_("Decide"),
    )
