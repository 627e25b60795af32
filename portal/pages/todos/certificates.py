"""Certificates that end soon: one's own to renew, and those of a managed party's people."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.actor import Actor
from portal.pages.todos import Todo, Waiting, dated
from training.certificates import rules, selectors
from training.certificates.models import Certificate

MOST = 3  # of one's own
COUNTED = 100


def certificate_todos(actor: Actor) -> Iterator[Waiting]:
    if actor.party is None:  # nobody learns but for a party
        return
    yield Waiting(selectors.ending_soon(actor, of_team=False)[:MOST], _own)
    if rules.can_list_team(actor):
        team = selectors.ending_soon(actor, of_team=True)
        yield Waiting(team[:1], lambda first: _of_team(first, team[:COUNTED].count()))


def _own(certificate: Certificate) -> Todo | None:
    if not rules.can_renew_certificate(certificate):
        return None
    return dated(
        certificate.expires_on,
        title=_("Renew your certificate: %(course)s") % {"course": certificate.course.title},
        detail=_("Take the course again; nothing of its time is lost."),
        url=certificate.get_absolute_url(),
        verb=_("Renew"),
    )


def _of_team(first: Certificate, n: int) -> Todo:
    """One row, however many end."""
    title = ngettext(
        "%(n)s certificate of your people ends soon",
        "%(n)s certificates of your people end soon",
        n,
    )
    return dated(
        first.expires_on,
        title=title % {"n": n},
        detail=_("The first of them ends on this day."),
        url=f"{reverse('certificate_team')}?state=ending",
        verb=_("Look"),
    )
