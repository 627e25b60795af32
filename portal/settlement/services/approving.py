"""Making money payable: another person than who prepared it approves, and the party's share becomes
available, less what disputes hold of it. The rest is carried on; below zero, too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.ledger.fields import Leg, Posting
from portal.ledger.services import Place, open_accounts, post_many, wait_for_turn
from portal.ledger.states import Kind, Track
from portal.parties.models import Membership
from portal.settlement import rules
from portal.settlement.models import Run, Statement
from portal.settlement.selectors.coverage import held_since
from portal.settlement.services.agreeing import lock_statement
from portal.settlement.services.telling import (
    CHANGING,
    change_run,
    move_statement,
    said,
    tell_many,
)
from portal.settlement.states import RELEASE, RunStatus, StatementStatus

AT_ONCE = 200
SENTENCE = gettext_noop("Your statement %(number)s is approved: %(released)s is payable.")
Report = Callable[[int, int], None]


@transaction.atomic
def approve_statement(actor: Actor, *, statement: Statement) -> Statement:
    run = _lock(statement.run)
    statement = lock_statement(statement)
    rules.can_approve_statement(actor, statement).require()
    _approve(actor, run, [statement])
    _end(actor, run)
    return statement


def approve_statements(actor: Actor, *, run: Run, report: Report = lambda done, total: None) -> int:
    """All of a run that are agreed, or whose disputed lines are held, chunk after chunk. Those of
    the person's own parties are left to somebody else. How many."""
    run = Run.objects.get(pk=run.pk)
    rules.can_approve_run(actor, run).require()
    own = list(Membership.objects.filter(user=actor.user).values_list("party", flat=True))
    done, total = 0, run.statements.approvable().exclude(party__in=own).count()
    while approved := _approve_chunk(actor, run, own):
        done += approved
        report(done, max(done, total))
    return done


@transaction.atomic
def _approve_chunk(actor: Actor, run: Run, own: Sequence[int]) -> int:
    run = _lock(run)
    waiting = run.statements.approvable().exclude(party__in=own).order_by("pk")
    rows = list(waiting.select_for_update(of=("self",), no_key=True)[:AT_ONCE])
    if rows:
        rules.can_approve_run(actor, run).require()
        _approve(actor, run, rows)
    _end(actor, run)
    return len(rows)


def _approve(actor: Actor, run: Run, rows: Sequence[Statement]) -> None:
    after = run.month if run.is_monthly else run.after_month
    parties = [one.party_id for one in rows]
    wait_for_turn(parties)  # whoever holds lines of theirs at this moment is done, or comes later
    held = held_since(parties, after)
    now, entries = clock.now(), []
    for one in rows:
        one.approved_at, one.approved_by = now, actor.user
        one.released = max(one.total - held.get(one.party_id, 0), 0)
        one.carried_out = one.total - one.released
        steps = [("approve_statement", StatementStatus.APPROVED)]
        if not one.released:
            steps.append(("close_statement", StatementStatus.CLOSED))  # nothing is to be paid
        for verb, status in steps:
            before = {"status": move_statement(one, status)}
            entries.append(audit.entry(actor, verb, one, at=now, before=before, after=said(one)))
    _save(rows)
    audit.record_many(entries)
    payable = [one for one in rows if one.released]
    _post(actor, payable)
    tell_many(payable, "approved", SENTENCE)


def _save(rows: Sequence[Statement]) -> None:
    """Those of one state by one statement; where something is held, each by itself."""
    by_status: dict[str, list[int]] = defaultdict(list)
    for one in rows:
        if one.released in (0, one.total):
            by_status[one.status].append(one.pk)
        else:
            one.save(update_fields=CHANGING)
    for status, keys in by_status.items():
        pays = status == StatementStatus.APPROVED
        Statement.objects.filter(pk__in=keys).update(
            status=status,
            approved_at=rows[0].approved_at,
            approved_by=rows[0].approved_by,
            released=F("total") if pays else 0,
            carried_out=0 if pays else F("total"),
        )


def _post(actor: Actor, rows: Sequence[Statement]) -> None:
    """From the party's share to what is available: in the open month, and no entry of a
    statement."""
    kinds = (Kind.SHARE, Kind.AVAILABLE)
    places = {one.pk: [Place(one.party_id, kind, Track.SETTLED) for kind in kinds] for one in rows}
    accounts = open_accounts(actor, places=[one for pair in places.values() for one in pair])
    postings = []
    for one in rows:
        share, available = (accounts[place] for place in places[one.pk])
        legs = [Leg(share, -one.released), Leg(available, one.released)]
        assert one.approved_at is not None
        key = f"statement/{one.pk}"
        postings.append(Posting(key, RELEASE, str(one.number), one.approved_at, one.number, legs))
    post_many(actor, postings=postings)


def _end(actor: Actor, run: Run) -> None:
    """The run is approved with its last statement."""
    if run.status != RunStatus.SENT or run.statements.waiting().exists():
        return
    run.approved_at, run.approved_by = clock.now(), actor.user
    change_run(actor, run, RunStatus.APPROVED, "approve_run")


def _lock(run: Run) -> Run:
    return Run.objects.select_for_update(of=("self",), no_key=True).get(pk=run.pk)
