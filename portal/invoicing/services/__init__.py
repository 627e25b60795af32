from portal.invoicing.services.ageing import count_ageing
from portal.invoicing.services.dues import (
    follow_refunds,
    lock_due,
    raise_bill_dues,
    raise_due,
    take_back,
    tell_late_dues,
)
from portal.invoicing.services.identities import read_numbers
from portal.invoicing.services.invoices import (
    HandedIn,
    accept_invoice,
    hand_in,
    hand_in_all,
    return_invoice,
)
from portal.invoicing.services.statement_dues import follow_statements, raise_statement_dues
from portal.invoicing.services.sweeping import sweep_invoices
from portal.invoicing.services.tables import (
    approve_table,
    confirm_table,
    propose_table,
    refuse_table,
    say_profile,
)

__all__ = [
    "HandedIn",
    "accept_invoice",
    "approve_table",
    "confirm_table",
    "count_ageing",
    "follow_refunds",
    "follow_statements",
    "hand_in",
    "hand_in_all",
    "lock_due",
    "propose_table",
    "raise_bill_dues",
    "raise_due",
    "raise_statement_dues",
    "read_numbers",
    "refuse_table",
    "return_invoice",
    "say_profile",
    "sweep_invoices",
    "take_back",
    "tell_late_dues",
]
