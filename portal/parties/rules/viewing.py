"""Which operator sees the site as whom, and what stays closed to them meanwhile."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, forbidden
from portal.parties.models import Party, User, Viewing, regions_of

READING = frozenset({"GET", "HEAD", "OPTIONS"})
# What opens an account or a door of the party, copies of personal data, private files, and links
# whose holder may act: not needed to help somebody, and not the operators'.
CLOSED = re.compile(
    r"^/(accounts|files|exports|imports|webhooks|invitations|admin)/"
    r"|^/(help/link|notices/bots|roster/invitations)/"
    r"|^/api/v1/(files|exports|imports|personal-data|webhooks|webhook-deliveries)/"
    r"|^/api/v1/(chat-bots|messages-sent|roster-invitations|bindings)/"
    r"|/(real-name|keys|grants|webhooks|payout)/$"
)


def can_view_as(actor: Actor, person: User) -> Verdict:
    if not (verdict := may_view(actor)) or actor.user is None:
        return verdict
    if person.pk == actor.user_id:
        return forbidden(_("This is you."))
    if person.is_staff or person.is_superuser:
        return forbidden(_("Nobody sees the site as one of the platform's own people."))
    if not person.is_active:
        return forbidden(_("This account is closed."))
    if not _is_in_regions(actor.user, person):
        return forbidden(_("Not all parties of this person are in your regions."))
    return ALLOWED


def may_view(actor: Actor) -> Verdict:
    if actor.user is not None and actor.has_perm("parties.view_as_person"):
        return ALLOWED
    return forbidden(_("Your group does not see the site as others do."))


def may_see_viewings(actor: Actor) -> Verdict:
    """Those who look read the whole list, as those do who check on them."""
    if actor.user is not None and actor.has_perm("parties.view_viewing"):
        return ALLOWED
    return forbidden(_("Your group does not see who looked as whom."))


def _is_in_regions(operator: User, person: User) -> bool:
    """A regional operator looks as people of their regions' parties, and of no others."""
    if not regions_of(operator):
        return True
    theirs = Party.objects.filter(membership__user=person)
    inside = theirs.in_scope_of(operator).count()
    return inside > 0 and inside == theirs.count()


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
