"""The one thing to do next: every home names one, on the first day as on a busy one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.actor import Actor
from portal.core.operators import Queue
from portal.core.templatetags.ui import day, num
from portal.goals.selectors import FairLine
from portal.pages.homes.cards import Home, NextStep
from portal.parties.models import Party
from portal.parties.onboarding import Checklist
from portal.parties.states import PartyStatus

BEFORE_REVIEW = {PartyStatus.DRAFT, PartyStatus.SUBMITTED}


def next_step(actor: Actor, home: Home, checklist: Checklist | None) -> NextStep | None:
    """Of a verified party its home's; before that the first steps; of nobody's person to register.
    None for staff, whose step is their queues' (`operator_step`)."""
    if actor.party is not None:
        return home.next or _first_step(actor.party, checklist)
    if actor.user is None or actor.user.is_staff:
        return None
    return NextStep(
        _("Register your business"),
        _("A merchant, a service provider, an agency or a creator; it takes five minutes."),
        reverse("party_create"),
        _("Register"),
    )


def _first_step(party: Party, checklist: Checklist | None) -> NextStep:
    line = checklist.next if checklist is not None else None
    if checklist is None or line is None or party.status not in BEFORE_REVIEW:
        return _of_registration(party)
    said = {"done": num(checklist.done), "all": num(len(checklist.lines))}
    text = _("%(done)s of %(all)s first steps are done.") % said
    if party.status == PartyStatus.SUBMITTED:
        text = _("The review is under way; this can be done meanwhile.")
    return NextStep(str(line.title), text, line.url, _("Do it"))


def _of_registration(party: Party) -> NextStep:
    said = {"party": party.name, "status": party.get_status_display()}
    title = _("The registration of %(party)s: %(status)s") % said
    text = party.status_note or _("Its page says where it stands and what comes next.")
    return NextStep(title, text, party.get_absolute_url(), _("To your registration"))


def operator_step(queues: Sequence[Queue], fairs: Iterable[FairLine] = ()) -> NextStep | None:
    """What waits nearest its deadline; where nothing waits, what of the year's fairs is farthest
    from what was announced."""
    first = next((queue for queue in queues if queue.count), None)
    if first is not None:
        return _of_queue(first)
    behind = [line for line in fairs if line.reached < line.target]
    if not behind:
        return None
    line = min(behind, key=lambda one: one.percent)
    said = {"reached": num(line.reached), "target": num(line.target)}
    return NextStep(
        _("Farthest from the year's plan: %(what)s") % {"what": line.label},
        _("No queue waits. %(reached)s of %(target)s are reached.") % said,
        line.url,
        _("Look"),
    )


def _of_queue(queue: Queue) -> NextStep:
    text = ngettext("%(n)s entry waits", "%(n)s entries wait", queue.count)
    told = [text % {"n": num(queue.count)}]
    if queue.due is not None:
        told.append(_("answer by %(day)s") % {"day": day(queue.due)})
    elif queue.oldest is not None:
        told.append(_("the oldest since %(day)s") % {"day": day(queue.oldest)})
    title = _("Begin with: %(queue)s") % {"queue": queue.title}
    return NextStep(title, " · ".join(told), queue.url, _("Look"))
