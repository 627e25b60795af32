from portal.revenue.views.agreements import (
    agreement_detail,
    agreement_list,
    agreement_version_acceptance,
    agreement_version_paper,
    agreement_version_refusal,
    agreement_version_withdrawal,
)
from portal.revenue.views.editor import (
    agreement_create,
    agreement_version_counter,
    agreement_version_create,
)
from portal.revenue.views.orders import (
    order_completeness,
    order_line_detail,
    order_list,
    order_register,
)

__all__ = [
    "agreement_create",
    "agreement_detail",
    "agreement_list",
    "agreement_version_acceptance",
    "agreement_version_counter",
    "agreement_version_create",
    "agreement_version_paper",
    "agreement_version_refusal",
    "agreement_version_withdrawal",
    "order_completeness",
    "order_line_detail",
    "order_list",
    "order_register",
]
