from portal.revenue.views.agreements import (
    agreement_detail,
    agreement_list,
    agreement_version_acceptance,
    agreement_version_esign,
    agreement_version_paper,
    agreement_version_refusal,
    agreement_version_seal,
    agreement_version_withdrawal,
)
from portal.revenue.views.bills import (
    agreement_call,
    bill_detail,
    bill_invoice,
    bill_invoice_request,
    bill_list,
    bill_proof,
    bill_receipt,
    bill_return,
    bill_waiver,
)
from portal.revenue.views.editor import (
    agreement_create,
    agreement_version_counter,
    agreement_version_create,
)
from portal.revenue.views.headers import feed_headers, feed_headers_deletion, feed_list
from portal.revenue.views.orders import (
    order_completeness,
    order_event_detail,
    order_line_detail,
    order_list,
    order_register,
)
from portal.revenue.views.signing import signer_create, signer_ending, signer_list

__all__ = [
    "agreement_call",
    "agreement_create",
    "agreement_detail",
    "agreement_list",
    "agreement_version_acceptance",
    "agreement_version_counter",
    "agreement_version_create",
    "agreement_version_esign",
    "agreement_version_paper",
    "agreement_version_refusal",
    "agreement_version_seal",
    "agreement_version_withdrawal",
    "bill_detail",
    "bill_invoice",
    "bill_invoice_request",
    "bill_list",
    "bill_proof",
    "bill_receipt",
    "bill_return",
    "bill_waiver",
    "feed_headers",
    "feed_headers_deletion",
    "feed_list",
    "order_completeness",
    "order_event_detail",
    "order_line_detail",
    "order_list",
    "order_register",
    "signer_create",
    "signer_ending",
    "signer_list",
]
