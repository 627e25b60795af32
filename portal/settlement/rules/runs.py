"""Who settles a month, and when one may be."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.actor import Actor
from portal.core.clock import today
from portal.core.verdict import ALLOWED, Verdict, conflict, forbidden, unmet
from portal.ledger.fields import month_after
from portal.settlement.models import Run, Statement
from portal.settlement.states import RunStatus

MOST_PARTIES = 1_000  # of a run in between
ANOTHER = gettext_lazy("Who prepared a settlement does not approve it; a second person must.")


def can_see_settlements(actor: Actor) -> Verdict:
    if actor.has_perm("settlement.view_run"):
        return ALLOWED
    return forbidden(_("Only the platform's finance people and auditors see settlement runs."))


def can_prepare(actor: Actor) -> Verdict:
    if actor.has_perm("settlement.prepare_run"):
        return ALLOWED
    return forbidden(_("Only the platform's finance people prepare settlements."))


def can_prepare_month(actor: Actor, month: date) -> Verdict:
    """Once it is over, and when what was settled before is approved."""
    if not (verdict := can_prepare(actor)):
        return verdict
    if month.day != 1:
        return unmet(_("A month is named by its first day."))
    if today() < month_after(month):
        return conflict(_("This month is not over yet."))
    last = Run.objects.monthly().order_by("-month").first()
    if last is not None and last.month == month:
        return conflict(_("This month has its settlement run already."))
    if last is not None and month < last.month:
        sentence = _("%(month)s is settled already; what belongs to a month before it is in it.")
        return conflict(sentence % {"month": f"{last.month:%Y-%m}"})
    return _is_free() and _is_approved(Statement.objects.waiting().count())


def can_prepare_in_between(actor: Actor, parties: Collection[int]) -> Verdict:
    """For named parties, of what they have in months that are open."""
    if not (verdict := can_prepare(actor)):
        return verdict
    if not parties:
        return unmet(_("Name the parties it is for."))
    if len(parties) > MOST_PARTIES:
        return unmet(_("At most %(most)s parties at once.") % {"most": f"{MOST_PARTIES:,}"})
    waiting = Statement.objects.waiting().filter(party__in=list(parties)).count()
    return _is_free() and _is_approved(waiting)


def _is_free() -> Verdict:
    if Run.objects.filter(status=RunStatus.OPEN).exists():
        return conflict(_("Another run is being calculated. Wait for its end, or resume it."))
    return ALLOWED


def _is_approved(waiting: int) -> Verdict:
    if waiting:
        sentence = _("%(n)s statements of earlier runs are not approved yet. Approve them first.")
        return conflict(sentence % {"n": waiting})
    return ALLOWED


def can_go_on(run: Run) -> Verdict:
    if run.status != RunStatus.OPEN:
        return conflict(_("This run is: %(state)s.") % {"state": run.get_status_display()})
    return ALLOWED


def can_stop_run(actor: Actor, run: Run) -> Verdict:
    if not (verdict := can_prepare(actor) and can_go_on(run)):
        return verdict
    if run.stopped_at is not None:
        return conflict(_("It is stopped already."))
    return ALLOWED


def can_resume_run(actor: Actor, run: Run) -> Verdict:
    """After it was stopped, or where its job gave up; the job that runs refuses a second one."""
    return can_prepare(actor) and can_go_on(run)


def can_send_run(actor: Actor, run: Run) -> Verdict:
    if not (verdict := can_prepare(actor)):
        return verdict
    if run.status != RunStatus.CALCULATED:
        return conflict(_("This run is: %(state)s.") % {"state": run.get_status_display()})
    return ALLOWED


def can_approve_run(actor: Actor, run: Run) -> Verdict:
    """All of its statements that are agreed, or whose lines in dispute are held."""
    if not (verdict := may_approve(actor, run.prepared_by_id)):
        return verdict
    if run.status != RunStatus.SENT:
        return conflict(_("This run is: %(state)s.") % {"state": run.get_status_display()})
    if not run.statements.approvable().exists():
        return conflict(_("No statement of it is agreed yet, or past its day."))
    return ALLOWED


def may_approve(actor: Actor, prepared_by: int | None) -> Verdict:
    if actor.user_id is not None and actor.user_id == prepared_by:
        return forbidden(ANOTHER)
    if actor.user is None:
        return forbidden(_("A person approves settlements, by name."))
    if not actor.has_perm("settlement.approve_run"):
        return forbidden(_("Only those who check the finances approve settlements."))
    return ALLOWED
