"""Annual frameworks: terms that wait for this side, meetings that come, and what they decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.templatetags.ui import day
from portal.pages.todos import Todo, Waiting, dated
from portal.parties.states import MANAGING
from portal.revenue.models import AgreementVersion
from portal.revenue.states import ScopeKind, Side
from portal.tiers import rules
from portal.tiers.framework_states import DecisionStatus, FrameworkSide
from portal.tiers.models import (
    Framework,
    FrameworkDecision,
    FrameworkMeeting,
    FrameworkQuerySet,
)

MOST, SOON = 20, timedelta(days=14)


def framework_todos(actor: Actor) -> Iterator[Waiting]:
    """Of an agency's managers, and of operators who keep frameworks."""
    keeps = bool(rules.may_manage_frameworks(actor)) and actor.party is None
    if not keeps and not (actor.role in MANAGING and rules.can_see_frameworks(actor)):
        return
    seen = Framework.objects.visible_to(actor)
    side = FrameworkSide.PLATFORM if keeps else FrameworkSide.AGENCY
    yield from _to_answer(seen, Side.PAYEE if keeps else Side.PAYER)
    yield from _to_meet(seen, keeps=keeps)
    yield from _to_do(seen, side)


def _to_answer(seen: FrameworkQuerySet, proposed_by: Side) -> Iterator[Waiting]:
    waiting = AgreementVersion.objects.open().filter(
        agreement__scope_kind=ScopeKind.YEAR,
        agreement__framework__in=seen,
        proposed_by=proposed_by,
        expires_at__gt=clock.now(),
    )
    framework = "agreement__framework__party__name"
    fields = ("expires_at", "starts_on", framework)
    yield Waiting(waiting.order_by("expires_at", "pk")[:MOST], _version, fields)


def _version(version: AgreementVersion) -> Todo:
    framework = version.agreement.framework
    return dated(
        clock.day_of(version.expires_at),
        title=_("Answer an annual framework"),
        detail=_("%(agency)s, from %(from)s on")
        % {"agency": framework.party.name, "from": day(version.starts_on)},
        url=framework.get_absolute_url(),
        verb=_("Answer"),
    )


def _to_meet(seen: FrameworkQuerySet, *, keeps: bool) -> Iterator[Waiting]:
    """What comes; for operators also what is over and has no minutes."""
    today = clock.today()
    rows = FrameworkMeeting.objects.planned().filter(
        framework__in=seen,
        planned_on__lte=today + SOON,
        framework__status__in=["running", "reviewed"],
    )
    if not keeps:
        rows = rows.filter(planned_on__gte=today)
    rows = rows.order_by("planned_on", "pk")
    yield Waiting(rows[:MOST], _meeting, ("planned_on", "framework__party__name"))


def _meeting(meeting: FrameworkMeeting) -> Todo:
    is_over = meeting.planned_on < clock.today()
    return dated(
        meeting.planned_on,
        title=_("Write the minutes of a review") if is_over else _("Review meeting"),
        detail=meeting.framework.party.name,
        url=meeting.get_absolute_url(),
        verb=_("Write") if is_over else _("See"),
    )


def _to_do(seen: FrameworkQuerySet, side: FrameworkSide) -> Iterator[Waiting]:
    rows = FrameworkDecision.objects.filter(
        meeting__framework__in=seen, status=DecisionStatus.OPEN, side=side
    )
    fields = ("due_on", "text", "owner", "meeting__framework__party__name")
    yield Waiting(rows.order_by("due_on", "pk")[:MOST], _decision, fields)


def _decision(one: FrameworkDecision) -> Todo:
    return dated(
        one.due_on,
        title=one.text,
        detail=_("%(who)s · decided at a review with %(agency)s")
        % {"who": one.owner, "agency": one.meeting.framework.party.name},
        url=one.meeting.get_absolute_url(),
        verb=_("Settle"),
    )
