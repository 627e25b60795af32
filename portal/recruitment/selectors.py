"""Rounds and applications as their pages show them."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from portal.core.actor import Actor
from portal.recruitment import states
from portal.recruitment.models import Application, Round
from portal.recruitment.states import ApplicationStatus


def counted(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """With how many applied, are being talked to or wait, were accepted, and refused."""

    def number(**of: object) -> Count:
        conditions = {f"applications__{key}": value for key, value in of.items()}
        return Count("applications", Q(**conditions))

    return rounds.annotate(
        applied=Count("applications", ~Q(applications__status=ApplicationStatus.WITHDRAWN)),
        running=number(status__in=states.RUNNING),
        accepted=number(status=ApplicationStatus.ACCEPTED),
        refused=number(status=ApplicationStatus.REFUSED),
    )


def whole_rounds(actor: Actor) -> QuerySet[Round]:
    rounds = Round.objects.visible_to(actor).prefetch_related("services", "categories")
    return counted(rounds)


def own_application(actor: Actor, round_: Round) -> Application | None:
    if actor.party_id is None:
        return None
    return Application.objects.filter(round=round_, party=actor.party_id).first()
