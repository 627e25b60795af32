"""What a party's rating asks of it: a plan to sign, items that are due, a preview to look at."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.evaluation.models import Plan, PlanItem, Rating
from portal.evaluation.rules import RATED_KINDS, appeals_until
from portal.evaluation.selectors import METHOD_OF, shown_snapshots
from portal.evaluation.states import PlanSide, PlanStatus, SnapshotKind
from portal.pages.todos import SOON, Todo, Waiting, dated
from portal.parties.models import Party
from portal.parties.states import MANAGING

APPEALABLE = tuple(f"snapshot__{name}" for name in ("kind", "published_at", "replaces"))


def rating_todos(actor: Actor) -> Iterator[Waiting]:
    if actor.party is None or actor.party.kind not in RATED_KINDS or actor.role not in MANAGING:
        return
    yield from _plans(actor.party)
    yield from _preview(actor.party)


def _plans(party: Party) -> Iterator[Waiting]:
    waiting = Plan.objects.filter(party=party, status=PlanStatus.PROPOSED, side=PlanSide.PLATFORM)
    yield Waiting(waiting.order_by("created_at"), _plan)
    items = PlanItem.objects.filter(
        plan__party=party,
        plan__status=PlanStatus.AGREED,
        outcome="",
        handed_in_at__isnull=True,
        due_on__lte=clock.today() + SOON,
    )
    yield Waiting(items.select_related("plan"), _item)


def _plan(plan: Plan) -> Todo:
    return Todo(
        title=_("Sign the improvement plan, or hand it back"),
        detail=plan.title,
        url=plan.get_absolute_url(),
        verb=_("Look"),
    )


def _item(item: PlanItem) -> Todo:
    return dated(
        item.due_on,
        title=_("Hand in what was agreed"),
        detail=item.text,
        url=item.plan.get_absolute_url(),
        verb=_("Hand it in"),
    )


def _preview(party: Party) -> Iterator[Waiting]:
    """The preview that is open to appeals, while it is the newest shown; once, in however many
    groups it rates the party."""
    newest = shown_snapshots(METHOD_OF[party.kind]).values("pk")[:1]
    own = Rating.objects.filter(party=party, snapshot__in=newest)
    previewed = own.filter(snapshot__kind=SnapshotKind.PREVIEW)
    yield Waiting(previewed[:1], _appealable, APPEALABLE)


def _appealable(rating: Rating) -> Todo | None:
    until = appeals_until(rating.snapshot)
    if until is None or until < clock.today():
        return None
    return dated(
        until,
        title=_("Look at the preview of your rating"),
        detail=_("Appeals are taken until then."),
        url=reverse("evaluation_detail"),
        verb=_("Look"),
    )
