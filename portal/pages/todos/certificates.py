"""Certificates that end soon: one's own to renew, and those of a managed party's people."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.actor import Actor
from portal.pages.todos import Todo, dated
from training.certificates import rules, selectors

MOST = 3  # of one's own


def certificate_todos(actor: Actor) -> Iterator[Todo]:
    if actor.party is None:  # nobody learns but for a party
        return
    for certificate in selectors.ending_soon(actor, of_team=False)[:MOST]:
        if rules.can_renew_certificate(certificate):
            yield dated(
                certificate.expires_on,
                title=_("Renew your certificate: %(course)s")
                % {"course": certificate.course.title},
                detail=_("Take the course again; nothing of its time is lost."),
                url=certificate.get_absolute_url(),
                verb=_("Renew"),
            )
    if not rules.can_list_team(actor):
        return
    ending = list(selectors.ending_soon(actor, of_team=True)[:100])
    if ending:
        n = len(ending)
        title = ngettext(
            "%(n)s certificate of your people ends soon",
            "%(n)s certificates of your people end soon",
            n,
        )
        yield dated(
            ending[0].expires_on,
            title=title % {"n": n},
            detail=_("The first of them ends on this day."),
            url=f"{reverse('certificate_team')}?state=ending",
            verb=_("Look"),
        )
