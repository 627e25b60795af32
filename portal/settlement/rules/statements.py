"""Who agrees with a statement, and who makes it payable."""

from __future__ import annotations

from django.utils.translation import gettext as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, conflict, forbidden
from portal.ledger.rules import can_see_money_of
from portal.parties.rules import is_member
from portal.parties.states import PAYING
from portal.settlement.models import Statement
from portal.settlement.rules.runs import may_approve
from portal.settlement.states import APPROVABLE, StatementStatus


def can_list_statements(actor: Actor) -> Verdict:
    if actor.party is None:
        return forbidden(_("Register a party first."))
    if actor.role not in PAYING:
        return forbidden(_("Only the owner and the finance people see the party's money."))
    return ALLOWED


def can_see_statement(actor: Actor, statement: Statement) -> Verdict:
    """Operators of money; of the party its owner and its finance people."""
    if actor.has_perm("settlement.view_statement"):
        return ALLOWED
    return can_see_money_of(actor, statement.party)


def answers_for(actor: Actor, statement: Statement) -> Verdict:
    """The party's own people of money, while it may be answered."""
    if not actor.speaks_for(statement.party_id):
        return forbidden(_("The party of the statement does this."))
    if actor.role not in PAYING:
        return forbidden(_("Only the owner and the party's finance people may do this."))
    if not statement.is_open_to_answers:
        return is_in(statement)
    return ALLOWED


def is_in(statement: Statement) -> Verdict:
    state = statement.get_status_display()
    return conflict(_("This statement is: %(state)s.") % {"state": state})


def can_agree_statement(actor: Actor, statement: Statement) -> Verdict:
    if not (verdict := answers_for(actor, statement)):
        return verdict
    return ALLOWED if statement.status == StatementStatus.SENT else is_in(statement)


def can_approve_statement(actor: Actor, statement: Statement) -> Verdict:
    """Another person than who prepared it, and nobody of the party."""
    if not (verdict := may_approve(actor, statement.prepared_by_id)):
        return verdict
    if is_member(actor.user, statement.party):
        return forbidden(_("Nobody decides about a party of their own."))
    return ALLOWED if statement.status in APPROVABLE else is_in(statement)
