from portal.policies.views.documents import (
    consent_ask,
    consent_list,
    consent_withdrawal,
    dated_rule_list,
    document_changes,
    document_detail,
    document_list,
    document_version,
)
from portal.policies.views.fees import (
    fee_list,
    fee_proposal_approval,
    fee_proposal_create,
    fee_proposal_list,
    fee_proposal_refusal,
)

__all__ = [
    "consent_ask",
    "consent_list",
    "consent_withdrawal",
    "dated_rule_list",
    "document_changes",
    "document_detail",
    "document_list",
    "document_version",
    "fee_list",
    "fee_proposal_approval",
    "fee_proposal_create",
    "fee_proposal_list",
    "fee_proposal_refusal",
]
