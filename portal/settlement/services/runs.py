"""A settlement run from its start to calculated statements: a job that can be stopped, that
survives its worker, and that changes nothing a second time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor, actor_again, system_actor
from portal.core.jobs import UNDER_WAY, Progress, job, queue_job, requeue_job
from portal.core.models import Job, JobState
from portal.core.verdict import Refused, conflict
from portal.ledger.fields import month_after, month_of
from portal.ledger.models import Account, Closing, Journal
from portal.ledger.services import close_period
from portal.ledger.states import Kind, Track
from portal.settlement import rules
from portal.settlement.models import Run
from portal.settlement.selectors.coverage import floor_after
from portal.settlement.services.approving import approve_statements
from portal.settlement.services.calculating import calculate_chunk, parties_to_come
from portal.settlement.services.sending import send_statements
from portal.settlement.services.telling import change_run
from portal.settlement.services.true_ups import post_true_ups
from portal.settlement.states import RunKind, RunStatus

KIND = "settlement.run"
TRUE_UPS, CLOSING, STATEMENTS, SENDING, APPROVING = (
    gettext_noop("Monthly parts of agreements"),
    gettext_noop("Closing the month"),
    gettext_noop("Statements"),
    gettext_noop("Sending statements"),
    gettext_noop("Approving statements"),
)
CUT = "SELECT pg_current_snapshot()::text"
Report = Callable[[int, int, str], None]


def silently(done: int, total: int, step: str) -> None:
    """Nobody watches."""


@transaction.atomic
def prepare_run(actor: Actor, *, month: date, in_background: bool = True) -> Run:
    """Start the run of a month. Its books are closed by it; two at the same moment are one."""
    _queue_up()
    rules.can_prepare_month(actor, month).require()
    last = Run.objects.monthly().order_by("-month").first()
    run = Run(month=month, kind=RunKind.MONTHLY, after_month=last.month if last else None)
    return _begin(actor, run, in_background)


@transaction.atomic
def prepare_in_between(actor: Actor, *, parties: Sequence[int], in_background: bool = True) -> Run:
    """For these parties, of what was posted in open months until now."""
    _queue_up()
    rules.can_prepare_in_between(actor, parties).require()
    last = Run.objects.monthly().order_by("-month").first()
    run = Run(
        month=month_of(clock.now()),
        kind=RunKind.AD_HOC,
        after_month=last.month if last else None,
        only_parties=sorted(set(parties)),
        cut=_cut(),
        cut_at=clock.now(),
    )
    return _begin(actor, run, in_background)


def _begin(actor: Actor, run: Run, in_background: bool) -> Run:
    run.prepared_at, run.prepared_by = clock.now(), actor.user
    run.save(force_insert=True)
    said = {"month": f"{run.month:%Y-%m}", "kind": run.kind, "parties": len(run.only_parties)}
    audit.record(actor, "prepare_run", run, after=said)
    if in_background:
        _queue(actor, run, "prepare")
    return run


@transaction.atomic
def stop_run(actor: Actor, *, run: Run) -> Run:
    """After the chunk it is at. What is calculated stays."""
    run = _lock(run)
    rules.can_stop_run(actor, run).require()
    run.stopped_at = clock.now()
    run.save(update_fields=["stopped_at"])
    audit.record(actor, "stop_run", run, after={"until_party": run.until_party})
    return run


@transaction.atomic
def resume_run(actor: Actor, *, run: Run) -> Run:
    """From where it stopped, or from where its worker was lost for good."""
    run = _lock(run)
    rules.can_resume_run(actor, run).require()
    known = job_of(run)
    if known is not None and known.finished_at is None:
        raise Refused(conflict(UNDER_WAY))
    run.stopped_at = None
    run.save(update_fields=["stopped_at"])
    audit.record(actor, "resume_run", run, after={"until_party": run.until_party})
    if known is not None and known.state == JobState.FAILED:
        requeue_job(actor, job=known)
    else:
        _queue(actor, run, "prepare")
    return run


@transaction.atomic
def start_sending(actor: Actor, *, run: Run) -> Job:
    run = _lock(run)
    rules.can_send_run(actor, run).require()
    return _queue(actor, run, "send")


@transaction.atomic
def start_approving(actor: Actor, *, run: Run) -> Job:
    """Every statement of it that may be approved by now."""
    run = _lock(run)
    rules.can_approve_run(actor, run).require()
    return _queue(actor, run, "approve")


def run_now(actor: Actor, *, run: Run) -> Run:
    """Without a job: for the command and the demo."""
    _prepare(actor, run, silently)
    run.refresh_from_db()
    return run


def job_of(run: Run) -> Job | None:
    """The last one."""
    return Job.objects.filter(kind=KIND, key=str(run.pk)).order_by("-created_at").first()


@job(KIND)
def work(progress: Progress, args: dict[str, Any]) -> None:
    actor = actor_again(progress.job.created_by_id, None, "task")
    if progress.job.created_by_id is None:
        actor = system_actor("task")
    run = Run.objects.get(pk=args["run"])

    def report(done: int, total: int, step: str) -> None:
        progress.report(done=done, total=total, step=step)

    if args["step"] == "prepare":
        _prepare(actor, run, report)
    elif args["step"] == "send":
        send_statements(actor, run=run, report=lambda done, all_: report(done, all_, SENDING))
    else:
        approve_statements(actor, run=run, report=lambda done, all_: report(done, all_, APPROVING))


def _prepare(actor: Actor, run: Run, report: Report) -> None:
    """Safe to run again from any point: each step finds what it has done."""
    if run.status != RunStatus.OPEN:
        return  # its worker died between the last chunk and the word that it is done
    if run.is_monthly:
        post_true_ups(actor, run=run, report=lambda done, all_: report(done, all_, TRUE_UPS))
        report(0, 1, CLOSING)
        _close_months(actor, run)
    floor, clearing = floor_after(run.after_month), _clearing()
    done, total = 0, parties_to_come(run)
    while (looked_at := calculate_chunk(actor, run=run, floor=floor, clearing=clearing)) != 0:
        if looked_at is None:
            return  # stopped
        run.refresh_from_db(fields=["until_party"])
        done += looked_at
        report(done, max(total, done), STATEMENTS)
    _finish(actor, run)


@transaction.atomic
def _finish(actor: Actor, run: Run) -> None:
    run = _lock(run)
    if run.status != RunStatus.OPEN or run.stopped_at is not None:
        return
    run.calculated_at = clock.now()
    statements = run.statements.count()
    change_run(actor, run, RunStatus.CALCULATED, "calculate_run", after={"statements": statements})


def _close_months(actor: Actor, run: Run) -> None:
    """Those up to its own, one after the other: the books are closed by the run, whoever may
    prepare it."""
    last = Closing.objects.order_by("-month").first()
    first = Journal.objects.order_by("period").values_list("period", flat=True).first()
    month = month_after(last.month) if last else min(first or run.month, run.month)
    while month <= run.month:
        _close(actor, month)
        month = month_after(month)


def _close(actor: Actor, month: date) -> None:
    try:
        close_period(system_actor(actor.via), month=month)
    except Refused:
        if not Closing.objects.filter(month__gte=month).exists():  # somebody else was quicker
            raise


def _clearing() -> int | None:
    """The account that every share of orders comes from; None while no order settled."""
    rows = Account.objects.filter(party=None, kind=Kind.CLEARING, track=Track.SETTLED)
    return rows.values_list("pk", flat=True).first()


def _queue(actor: Actor, run: Run, step: str) -> Job:
    return queue_job(actor, kind=KIND, key=str(run.pk), args={"run": run.pk, "step": step})


def _queue_up() -> None:
    """Whoever prepares a run at the same moment waits, and is refused by what is there then."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('settlement_run'))")


def _cut() -> str:
    with connection.cursor() as cursor:
        cursor.execute(CUT)
        return str(cursor.fetchone()[0])


def _lock(run: Run) -> Run:
    return Run.objects.select_for_update(of=("self",), no_key=True).get(pk=run.pk)
