"""Which operator sees the site as whom, and what stays closed to them meanwhile."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, forbidden
from portal.parties.models import User, Viewing

READING = frozenset({"GET", "HEAD", "OPTIONS"})
# What opens an account, copies of personal data, private files, and what a search for a person
# would find: not needed to help somebody, and not the operators'.
CLOSED = re.compile(
    r"^/(accounts|files|exports|invitations|admin)/"
    r"|^/api/v1/(files|exports|personal-data)/"
    r"|/(real-name|keys)/$"
)


def can_view_as(actor: Actor, person: User) -> Verdict:
    if not actor.has_perm("parties.view_as_person") or actor.user is None or actor.key_id:
        return forbidden(_("Your group does not see the site as others do."))
    if person.pk == actor.user_id:
        return forbidden(_("This is you."))
    if person.is_staff or person.is_superuser:
        return forbidden(_("Nobody sees the site as one of the platform's own people."))
    if not person.is_active:
        return forbidden(_("This account is closed."))
    return ALLOWED


def may_go_on(actor: Actor, viewing: Viewing) -> Verdict:
    """Asked at every page: the operator or the person may have changed."""
    is_over = viewing.ended_at is not None or viewing.ends_at <= clock.now()
    if is_over or viewing.operator_id != actor.user_id:
        return forbidden(_("The look has ended."))
    return can_view_as(actor, viewing.person)


def may_open_meanwhile(method: str, path: str) -> Verdict:
    """The one place that keeps a look read-only."""
    if method not in READING:
        return forbidden(_("You only look: nothing is changed in somebody else's name."))
    if CLOSED.search(path):
        return forbidden(_("This page is the person's alone. End the look to go on."))
    return ALLOWED
