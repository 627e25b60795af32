"""What keeps a party open: a seat at a fair that is still to come. What a natural person wrote to
the organiser goes with them; that they came stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from matchmaking.fairs import states
from matchmaking.fairs.models import InvitationCode, SignUp, SignUpDraft
from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.holdings import register_holding, register_obstacle
from portal.parties.models import Party, User


@register_obstacle
def has_no_seat_ahead(party: Party) -> Verdict:
    if SignUp.objects.open().filter(party=party, fair__status__in=states.AHEAD).exists():
        return conflict(_("You are signed up for a fair; withdraw first."))
    return ALLOWED


def tell_sign_ups(person: User) -> list[dict[str, Any]]:
    rows = SignUp.objects.filter(created_by=person).order_by("claim__submitted_at")
    names = ("fair__title", "note", "answer", "claim__status", "claim__submitted_at")
    return [dict(row) for row in rows.values(*names)]


def forget_words(person: User, own: Sequence[Party]) -> None:
    SignUpDraft.objects.filter(party__in=own).delete()
    natural = [party.pk for party in own if party.is_natural_person]
    SignUp.objects.filter(party__in=natural).update(note="", answer="", feed=0)
    codes = SignUp.objects.filter(party__in=natural, code__isnull=False).values("code")
    InvitationCode.objects.filter(pk__in=codes).update(note="")


register_holding("fair_sign_ups", tell_sign_ups, forget_words)
