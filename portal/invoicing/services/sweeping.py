"""What beat does with invoices."""

from __future__ import annotations

from portal.core.actor import Actor
from portal.invoicing.services.dues import follow_refunds, raise_bill_dues, tell_late_dues
from portal.invoicing.services.statement_dues import follow_statements, raise_statement_dues


def sweep_invoices(actor: Actor) -> int:
    """Raise what is due, follow what came back, remind of what is late; how many changed."""
    raised = raise_bill_dues(actor) + raise_statement_dues(actor)
    followed = follow_refunds(actor) + follow_statements(actor)
    return raised + followed + tell_late_dues(actor)
