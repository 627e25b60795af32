"""Texts and pictures that were refused and still stand as they were."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.moderation.models import Case
from portal.moderation.states import CaseKind, CaseState
from portal.pages.todos import Todo, Waiting

REMEMBERED = timedelta(days=30)  # whoever leaves it refused so long has seen it
MOST = 10


def refusal_todos(actor: Actor) -> Iterator[Waiting]:
    """A case is dropped when its author changes what it was about."""
    since = clock.now() - REMEMBERED
    first = Q(state=CaseState.REFUSED, decided_at__gt=since)
    second = Q(state=CaseState.UPHELD, second_at__gt=since)
    rows = Case.objects.visible_to(actor).filter(first | second)
    yield Waiting(rows.order_by("-pk")[:MOST], _case)


def _case(case: Case) -> Todo:
    is_final = case.state == CaseState.UPHELD
    return Todo(
        title=_("A picture was refused")
        if case.kind == CaseKind.IMAGE
        else _("A text was refused"),
        detail=case.second_reason if is_final else case.reason,
        url=case.get_absolute_url(),
        verb=_("Change it") if is_final else _("Change or appeal"),
    )
