"""What a party's rating asks of it: a plan to sign, items that are due, a preview to look at."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.evaluation.models import Plan, PlanItem
from portal.evaluation.rules import RATED_KINDS, appeals_until
from portal.evaluation.selectors import METHOD_OF, shown_snapshots
from portal.evaluation.states import PlanSide, PlanStatus
from portal.pages.todos import SOON, Todo, dated
from portal.parties.models import Party
from portal.parties.states import MANAGING


def rating_todos(actor: Actor) -> Iterator[Todo]:
    if actor.party is None or actor.party.kind not in RATED_KINDS or actor.role not in MANAGING:
        return
    yield from _plans(actor.party)
    yield from _preview(actor.party)


def _plans(party: Party) -> Iterator[Todo]:
    waiting = Plan.objects.filter(party=party, status=PlanStatus.PROPOSED, side=PlanSide.PLATFORM)
    for plan in waiting.order_by("created_at"):
        yield Todo(
            title=_("Sign the improvement plan, or hand it back"),
            detail=plan.title,
            url=plan.get_absolute_url(),
            verb=_("Look"),
        )
    items = PlanItem.objects.filter(
        plan__party=party,
        plan__status=PlanStatus.AGREED,
        outcome="",
        handed_in_at__isnull=True,
        due_on__lte=clock.today() + SOON,
    )
    for item in items.select_related("plan"):
        yield dated(
            item.due_on,
            title=_("Hand in what was agreed"),
            detail=item.text,
            url=item.plan.get_absolute_url(),
            verb=_("Hand it in"),
        )


def _preview(party: Party) -> Iterator[Todo]:
    """The preview that is open to appeals, while it is."""
    newest = shown_snapshots(METHOD_OF[party.kind]).first()
    until = appeals_until(newest) if newest else None
    if newest is None or until is None or until < clock.today():
        return
    if newest.ratings.filter(party=party).exists():
        yield dated(
            until,
            title=_("Look at the preview of your rating"),
            detail=_("Appeals are taken until then."),
            url=reverse("evaluation_detail"),
            verb=_("Look"),
        )
