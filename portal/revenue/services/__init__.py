from portal.revenue.services.agreements import (
    accept_version,
    counter_version,
    decline_version,
    expire_versions,
    propose_agreement,
    propose_version,
    withdraw_version,
)
from portal.revenue.services.bank import record_bank_rows
from portal.revenue.services.billing import measure_bills, raise_bills, raise_once, tell_late_bills
from portal.revenue.services.bills import (
    call_bill,
    confirm_receipt,
    issue_invoice,
    match_bill,
    prove_payment,
    request_invoice,
    return_proof,
    waive_bill,
)
from portal.revenue.services.concluding import conclude_agreement, conclude_agreements
from portal.revenue.services.cooperating import (
    accept_terms,
    drop_terms,
    end_agreement,
    open_agreement,
    propose_terms,
)
from portal.revenue.services.headers import save_headers
from portal.revenue.services.holds import hold_lines, release_lines
from portal.revenue.services.onward import raise_onward
from portal.revenue.services.orders import (
    OrderFaults,
    Recorded,
    flaws_of_orders,
    record_orders,
)
from portal.revenue.services.sealing import remind_of_seals, seal_by_gateway, seal_by_scan
from portal.revenue.services.signing import end_power, name_signer
from portal.revenue.services.signs import mark_orders, mark_told_orders
from portal.revenue.services.terms import TermsBook
from portal.revenue.services.totals import announce_total
from portal.revenue.services.turnovers import count_turnovers

__all__ = [
    "OrderFaults",
    "Recorded",
    "TermsBook",
    "accept_terms",
    "accept_version",
    "announce_total",
    "call_bill",
    "conclude_agreement",
    "conclude_agreements",
    "confirm_receipt",
    "count_turnovers",
    "counter_version",
    "decline_version",
    "drop_terms",
    "end_agreement",
    "end_power",
    "expire_versions",
    "flaws_of_orders",
    "hold_lines",
    "issue_invoice",
    "mark_orders",
    "mark_told_orders",
    "match_bill",
    "measure_bills",
    "name_signer",
    "open_agreement",
    "propose_agreement",
    "propose_terms",
    "propose_version",
    "prove_payment",
    "raise_bills",
    "raise_once",
    "raise_onward",
    "record_bank_rows",
    "record_orders",
    "release_lines",
    "remind_of_seals",
    "request_invoice",
    "return_proof",
    "save_headers",
    "seal_by_gateway",
    "seal_by_scan",
    "tell_late_bills",
    "waive_bill",
    "withdraw_version",
]
