"""Lines of a statement that its party does not agree with: they are held, the rest pays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict, flawless
from portal.revenue.models import ROLES, LineHold, OrderLine
from portal.revenue.services import hold_lines, release_lines
from portal.settlement import rules
from portal.settlement.fields import Decision, DisputeFields
from portal.settlement.models import DisputedLine, LineDispute, Statement
from portal.settlement.selectors.lines import lines_covered
from portal.settlement.services.agreeing import lock_statement
from portal.settlement.services.telling import change_statement, tell_many
from portal.settlement.states import (
    DISPUTE_TRANSITIONS,
    LINE_DISPUTE,
    DisputeStatus,
    StatementStatus,
)

DECIDED = gettext_noop("The dispute about lines of %(number)s is decided: %(why)s")


@transaction.atomic
def dispute_lines(actor: Actor, *, statement: Statement, fields: DisputeFields) -> LineDispute:
    """Until the deadline. What the lines gave is held until the decision: a merchant's dispute
    holds what others have of them, any other party's what it has itself."""
    statement = lock_statement(statement)
    rules.can_dispute_lines(actor, statement).require()
    covered = lines_covered(statement, list(fields.lines))
    open_holds = LineHold.objects.filter(line__in=covered, released_at=None)
    held = set(open_holds.values_list("line", flat=True))
    flawless(rules.flaws_of_dispute(fields, covered, held)).require()
    dispute = LineDispute.objects.create(
        statement=statement,
        reason=fields.reason.strip(),
        raised_at=clock.now(),
        raised_by=actor.user,
    )
    DisputedLine.objects.bulk_create(
        DisputedLine(dispute=dispute, line_id=line, held_fen=covered[line])
        for line in sorted(covered)
    )
    _hold(actor, dispute, covered)
    statement.was_disputed = True
    if statement.status == StatementStatus.SENT:
        change_statement(actor, statement, StatementStatus.DISPUTED, "dispute_statement")
    else:
        statement.save(update_fields=["was_disputed"])
    told = {"statement": statement.number, "lines": len(covered), "held": sum(covered.values())}
    audit.record(actor, "dispute_lines", dispute, after=told, why=dispute.reason)
    return dispute


@transaction.atomic
def withdraw_dispute(actor: Actor, *, dispute: LineDispute) -> LineDispute:
    """The party agrees after all."""
    statement, dispute = _lock(dispute)
    rules.can_withdraw_dispute(actor, dispute).require()
    return _end(actor, statement, dispute, DisputeStatus.WITHDRAWN, "withdraw_line_dispute")


@transaction.atomic
def decide_dispute(actor: Actor, *, dispute: LineDispute, decision: Decision) -> LineDispute:
    """Dismissed: what is held is paid as it was. Upheld: so much of it goes back to the merchant;
    where something else is right, a correction says it."""
    statement, dispute = _lock(dispute)
    rules.can_decide_dispute(actor, dispute).require()
    flawless(rules.flaws_of_decision(decision)).require()
    dispute.decided_by, dispute.decision = actor.user, decision.why.strip()
    dispute.returned_bp = decision.returned_bp
    status = DisputeStatus.UPHELD if decision.is_upheld else DisputeStatus.DISMISSED
    done = _end(actor, statement, dispute, status, "decide_line_dispute")
    tell_many([statement], "decided", DECIDED, once=f":{dispute.pk}", why=dispute.decision[:150])
    return done


def _end(
    actor: Actor, statement: Statement, dispute: LineDispute, status: DisputeStatus, verb: str
) -> LineDispute:
    if status not in DISPUTE_TRANSITIONS[dispute.status]:
        raise Refused(conflict(_("This is not possible in the dispute's present state.")))
    before, dispute.status = dispute.status, status
    dispute.decided_at = clock.now()
    dispute.returned_bp = dispute.returned_bp or 0
    dispute.save(update_fields=["status", "decided_at", "decided_by", "decision", "returned_bp"])
    release_lines(
        actor,
        cause_type=LINE_DISPUTE,
        cause_id=str(dispute.pk),
        returned_bp=dispute.returned_bp,
    )
    after = {"status": status, "returned_bp": dispute.returned_bp}
    audit.record(actor, verb, dispute, before={"status": before}, after=after, why=dispute.decision)
    _go_on(actor, statement)
    return dispute


def _go_on(actor: Actor, statement: Statement) -> None:
    """With its last dispute the statement is agreed; one that was approved meanwhile stays so."""
    is_waiting = statement.status == StatementStatus.DISPUTED
    if is_waiting and not statement.disputes.open().exists():
        statement.agreed_at = clock.now()
        change_statement(actor, statement, StatementStatus.AGREED, "agree_after_disputes")


def _hold(actor: Actor, dispute: LineDispute, covered: Mapping[int, int]) -> None:
    by_roles: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for line in OrderLine.objects.filter(pk__in=list(covered)):
        by_roles[tuple(_roles(line, dispute.statement.party_id))].append(line.pk)
    for roles, lines in by_roles.items():
        hold_lines(
            actor, lines=lines, roles=roles, cause_type=LINE_DISPUTE, cause_id=str(dispute.pk)
        )


def _roles(line: OrderLine, party_id: int) -> Sequence[str]:
    if line.merchant_id == party_id:
        return [role for role in ROLES if role != "merchant" and line.party_id_of(role)] or [
            "merchant"
        ]
    return [role for role in ROLES if line.party_id_of(role) == party_id]


def _lock(dispute: LineDispute) -> tuple[Statement, LineDispute]:
    """The statement first, then the dispute."""
    statement = lock_statement(dispute.statement)
    locked = LineDispute.objects.select_for_update(of=("self",), no_key=True).get(pk=dispute.pk)
    locked.statement = statement
    return statement, locked
