"""Many applications decided at once: each by its own rule, in its own part of one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matchmaking.recruiting import rules
from matchmaking.recruiting.models import Application
from matchmaking.recruiting.services.acceptance import accept_application
from matchmaking.recruiting.services.applications import reject_application, shortlist_application
from matchmaking.recruiting.states import Decision
from portal.core.actor import Actor
from portal.core.verdict import Refused, unmet


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of them; `refused` says why nothing did."""

    application_id: int
    refused: str | Promise = ""


@transaction.atomic
def decide_applications(
    actor: Actor,
    *,
    picked: Mapping[int, int],
    decision: str,
    reason: str = "",
    note: str = "",
) -> list[Outcome]:
    """`picked`: each application with the version one has read. One that changed meanwhile, or
    that the rule refuses, is left as it is and says so; the others are decided."""
    if not picked:
        raise Refused(unmet(_("Choose at least one application.")))
    if len(picked) > rules.MOST_AT_ONCE:
        sentence = _("At most %(n)s at once.") % {"n": rules.MOST_AT_ONCE}
        raise Refused(unmet(sentence))
    if decision not in Decision.values:
        raise Refused(unmet(_("Choose one from the list.")))
    own = Application.objects.received_by(actor).filter(pk__in=picked)
    found = own.select_related("post__poster", "merchant", "product").order_by("post", "pk")
    return [
        _decide(actor, application, picked[application.pk], decision, reason, note)
        for application in found
    ]


def _decide(
    actor: Actor, application: Application, version: int, decision: str, reason: str, note: str
) -> Outcome:
    works: dict[str, Callable[[], object]] = {
        Decision.SHORTLIST: partial(shortlist_application, actor, application=application),
        Decision.ACCEPT: partial(
            accept_application, actor, application=application, version=version
        ),
        Decision.REJECT: partial(
            reject_application, actor, application=application, reason=reason, note=note
        ),
    }
    try:
        with transaction.atomic():
            rules.offer_is_as_seen(application, version).require()
            works[Decision(decision)]()
    except Refused as refused:
        return Outcome(application.pk, refused.verdict.reason)
    return Outcome(application.pk)
