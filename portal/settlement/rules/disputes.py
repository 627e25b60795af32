"""Which lines of a statement its party may dispute, and who decides."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, forbidden
from portal.parties.rules import is_member
from portal.revenue.models.holds import WHOLE_BP
from portal.settlement.fields import Decision, DisputeFields
from portal.settlement.models import LineDispute, Statement
from portal.settlement.rules.statements import answers_for
from portal.settlement.states import DisputeStatus

MOST_LINES, MOST_REASON = 200, 300


def can_dispute_lines(actor: Actor, statement: Statement) -> Verdict:
    """Until its deadline, as often as the party finds something."""
    return answers_for(actor, statement)


def flaws_of_dispute(
    fields: DisputeFields, covered: Collection[int], held: Collection[int]
) -> Iterator[Flaw]:
    """`covered`: of the named lines, those the statement has; `held`: those a dispute holds."""
    if not fields.lines:
        yield Flaw("lines", _("Name at least one order line."))
    if len(fields.lines) > MOST_LINES:
        yield Flaw("lines", _("At most %(most)s lines at once.") % {"most": MOST_LINES})
    if set(fields.lines) - set(covered):
        yield Flaw("lines", _("A line is not on this statement. Choose from its lines."))
    if held:
        yield Flaw("lines", _("A line is held by a dispute already. Leave it out."))
    yield from flaws_of_reason(fields.reason, "reason")


def flaws_of_reason(text: str, name: str, most: int = MOST_REASON) -> Iterator[Flaw]:
    if not text.strip():
        yield Flaw(name, _("Please fill this in."))
    if len(text) > most:
        yield Flaw(name, _("At most %(most)s characters.") % {"most": most})
    if not text.replace("\n", "").replace("\r", "").isprintable():
        yield Flaw(name, _("Leave out signs that cannot be printed."))


def can_withdraw_dispute(actor: Actor, dispute: LineDispute) -> Verdict:
    if not actor.speaks_for(dispute.statement.party_id):
        return forbidden(_("The party of the statement does this."))
    return _is_open(dispute)


def can_decide_dispute(actor: Actor, dispute: LineDispute) -> Verdict:
    if not actor.has_perm("settlement.decide_linedispute"):
        return forbidden(_("Only the platform's finance people decide disputes about lines."))
    if is_member(actor.user, dispute.statement.party):
        return forbidden(_("Nobody decides about a party of their own."))
    return _is_open(dispute)


def _is_open(dispute: LineDispute) -> Verdict:
    if dispute.status == DisputeStatus.OPEN:
        return ALLOWED
    state = dispute.get_status_display()
    return conflict(_("This dispute is: %(state)s.") % {"state": state})


def flaws_of_decision(decision: Decision) -> Iterator[Flaw]:
    if not 0 <= decision.returned_bp <= WHOLE_BP:
        yield Flaw("returned_bp", _("From nothing to all of it, please."))
    if decision.returned_bp and not decision.is_upheld:
        yield Flaw("returned_bp", _("Where a dispute is dismissed nothing goes back."))
    yield from flaws_of_reason(decision.why, "why")
