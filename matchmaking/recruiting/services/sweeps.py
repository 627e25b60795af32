"""What the clock does to applications: a word after 48 hours, the end after seven days."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_noop

from matchmaking.recruiting import rules, selectors
from matchmaking.recruiting.models import Application
from matchmaking.recruiting.services.changes import (
    change_application_status,
    lock_application,
    tell_merchant,
    tell_poster,
    tell_side,
)
from matchmaking.recruiting.states import REMIND_AFTER, ApplicationStatus, Side
from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import Refused

WAITS = {
    Side.POSTER: gettext_noop("“%(product)s” for “%(post)s” waits for your answer."),
    Side.MERCHANT: gettext_noop("The terms for “%(product)s” in “%(post)s” wait for your answer."),
}


def remind_of_applications(actor: Actor) -> int:
    """Tell the side that has not answered for 48 hours; how many. Once for each time it waits."""
    return sum(_remind(application) for application in selectors.applications_to_remind())


def lapse_applications(actor: Actor) -> int:
    """End what nobody answered in seven days; how many."""
    ended = 0
    for application in selectors.applications_to_lapse():
        try:
            lapse_application(actor, application=application)
            ended += 1
        except Refused:
            continue
    return ended


@transaction.atomic
def lapse_application(actor: Actor, *, application: Application) -> Application:
    seen, application = application.waits_since, lock_application(application)
    rules.can_lapse_application(application).require()
    if application.waits_since != seen:  # answered meanwhile
        return application
    change_application_status(
        actor, application, ApplicationStatus.EXPIRED, verb="lapse_application"
    )
    sentence = gettext_noop("“%(product)s” for “%(post)s” was not answered within seven days.")
    tell_merchant(application, "lapsed", sentence)
    tell_poster(application, "lapsed", sentence)
    return application


@transaction.atomic
def _remind(application: Application) -> bool:
    application = lock_application(application)
    is_due = application.waits_since <= clock.now() - REMIND_AFTER
    if not application.is_live or application.reminded_at is not None or not is_due:
        return False
    application.reminded_at = clock.now()
    application.save(update_fields=["reminded_at"])
    side, once = Side(application.waits_for), application.waits_since.isoformat()
    tell_side(application, side, "reminded", WAITS[side], once)
    return True
