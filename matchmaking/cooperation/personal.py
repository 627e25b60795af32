"""What keeps a party open: a cooperation that is not over. What a natural person said in one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.models import (
    Amendment,
    Cooperation,
    Ending,
    Obligation,
    Pause,
    Review,
    Statement,
)
from matchmaking.cooperation.states import LIVE
from portal.core.database import forget
from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.holdings import register_holding, register_obstacle
from portal.parties.models import Party, User

GONE = "—"


@register_obstacle
def has_no_running_cooperation(party: Party) -> Verdict:
    running = Cooperation.objects.filter(status__in=LIVE)
    if running.filter(Q(merchant=party) | Q(provider=party)).exists():
        return conflict(_("A cooperation is still running; end it first."))
    return ALLOWED


def tell_reviews(person: User) -> list[dict[str, Any]]:
    rows = Review.objects.filter(person=person).order_by("at")
    names = ("cooperation_id", "result", "communication", "reliability", "text", "at")
    return [dict(row) for row in rows.values(*names)]


def forget_words(person: User, own: Sequence[Party]) -> None:
    """That they worked together and what the stars were stays; a firm's words are the firm's."""
    natural = [party.pk for party in own if party.is_natural_person]
    Review.objects.filter(by__in=natural).update(text="")
    Review.objects.filter(about__in=natural).exclude(answer="").update(answer=GONE)
    Pause.objects.filter(party__in=natural).update(reason=GONE)
    Ending.objects.filter(party__in=natural).update(note=GONE)
    Amendment.objects.filter(party__in=natural).exclude(note="").update(note=GONE)
    Obligation.objects.filter(owed_by__in=natural).update(done_note="")
    said = Statement.objects.filter(party__in=natural, dispute__closed_at__isnull=False)
    forget(Statement._meta.db_table, list(said.values_list("pk", flat=True)), None)


register_holding("reviews", tell_reviews, forget_words)
