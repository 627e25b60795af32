"""Looking at the site as a person sees it: begun with a reason, each page written down, ended."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import OPERATOR, Actor
from portal.core.verdict import Flaw, Refused, flawless
from portal.parties import rules
from portal.parties.models import User, Viewing

LASTS = timedelta(minutes=30)
MOST_WORDS = 300


@transaction.atomic
def begin_viewing(actor: Actor, *, person: User, reason: str) -> Viewing:
    """See the site as this person for half an hour. A look that still runs ends."""
    _line_up(actor)
    rules.can_view_as(actor, person).require()
    if not 0 < len(reason.strip()) <= MOST_WORDS:
        sentence = _("Say why, in up to 300 characters; the person reads it.")
        raise Refused(flawless([Flaw("reason", sentence)]))
    assert actor.user is not None  # the rule
    for running in Viewing.objects.filter(operator=actor.user, ended_at=None):
        end_viewing(running)
    now = clock.now()
    viewing = Viewing.objects.create(
        operator=actor.user,
        person=person,
        reason=reason.strip(),
        begun_at=now,
        ends_at=now + LASTS,
    )
    after = {"viewing": str(viewing.pk), "until": viewing.ends_at}
    audit.record(actor, "begin_viewing", person, after=after, why=viewing.reason)
    return viewing


@transaction.atomic
def note_page(viewing: Viewing, *, via: str, path: str) -> None:
    """One page that the operator looked at as the person."""
    Viewing.objects.filter(pk=viewing.pk).update(pages=F("pages") + 1)
    after = {"viewing": str(viewing.pk), "path": path[:300]}
    audit.record(_operator(viewing, via), "view_page", viewing.person, after=after)


@transaction.atomic
def end_viewing(viewing: Viewing) -> None:
    """It is over, whether its time is or not; nothing is written twice."""
    now = clock.now()
    open_one = Viewing.objects.filter(pk=viewing.pk, ended_at=None)
    if open_one.update(ended_at=min(now, viewing.ends_at)):
        after = {"viewing": str(viewing.pk)}
        audit.record(_operator(viewing, "web"), "end_viewing", viewing.person, after=after)


def _operator(viewing: Viewing, via: str) -> Actor:
    return Actor(user=viewing.operator, party=None, role=OPERATOR, via=via)


def _line_up(actor: Actor) -> None:
    """An operator has one look at a time."""
    if actor.user is not None:
        User.objects.select_for_update(no_key=True).get(pk=actor.user.pk)
