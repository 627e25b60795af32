"""Rounds in which providers are recruited: what applicants lack, and who waits for an answer."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.help import states as help_states
from portal.pages.todos import Todo, Waiting
from portal.recruitment.models import Application
from portal.recruitment.rules import conditions_of
from portal.recruitment.states import ApplicationStatus

MOST = 20


def applicant_todos(actor: Actor) -> Iterator[Waiting]:
    """What is missing before an application can be accepted, and a talk that has begun."""
    if actor.party is None:
        return
    own = Application.objects.running().filter(party=actor.party)
    whole = own.select_related("round", "ticket", "party__profile").prefetch_related(
        *("round__services", "round__categories", "party__profile__services"),
        "party__category_shares",
    )
    yield Waiting(whole.order_by("submitted_at"), _own)


def _own(application: Application) -> Todo | None:
    missing = list(_missing(application))
    is_asked = application.ticket.status in help_states.THEIRS
    if not (missing or is_asked or application.status == ApplicationStatus.TALKING):
        return None
    answers = is_asked and not missing
    return Todo(
        title=_("Your application: %(round)s") % {"round": application.round.title},
        detail=" ".join(missing) or _("Somebody of the platform talks with you."),
        url=(application.ticket if answers else application).get_absolute_url(),
        verb=_("Answer") if answers else _("Look"),
        is_urgent=is_asked,
    )


def _missing(application: Application) -> Iterator[str]:
    if not application.party.is_trusted:
        yield _("Your party is not verified yet.")
    for condition in conditions_of(application.round, application.party):
        if not condition.is_met:
            yield condition.lack


def supporter_todos(actor: Actor) -> Iterator[Waiting]:
    """Applicants this operator looks after: new ones, and those whose word was the last."""
    if actor.user is None or not actor.has_perm("recruitment.manage_round"):
        return
    waits = Q(status=ApplicationStatus.SUBMITTED) | Q(ticket__status__in=help_states.OURS)
    mine = Application.objects.running().filter(waits, supporter=actor.user)
    fields = ("submitted_at", "party__name", "round__title")
    yield Waiting(mine.order_by("submitted_at")[:MOST], _theirs, fields)


def _theirs(application: Application) -> Todo:
    return Todo(
        title=_("%(party)s waits for your answer") % {"party": application.party.name},
        detail=_("%(round)s · handed in on %(day)s")
        % {"round": application.round.title, "day": clock.day_of(application.submitted_at)},
        url=reverse("admin:recruitment_application_answer", args=[application.pk]),
        verb=_("Answer"),
    )
