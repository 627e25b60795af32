from portal.evaluation.views.appeals import (
    rating_appeal_create,
    rating_appeal_detail,
    rating_appeal_list,
    rating_appeal_withdrawal,
)
from portal.evaluation.views.facts import (
    fact_detail,
    fact_list,
)
from portal.evaluation.views.methods import (
    method_changes,
    method_data,
    method_detail,
    method_document,
    method_gathering,
    method_list,
)
from portal.evaluation.views.plans import (
    plan_create,
    plan_detail,
    plan_edit,
    plan_item_report,
    plan_list,
    plan_return,
    plan_signature,
    plan_withdrawal,
)
from portal.evaluation.views.ratings import (
    evaluation_detail,
    what_if,
)
from portal.evaluation.views.snapshots import (
    evidence_detail,
    snapshot_detail,
    snapshot_list,
)

__all__ = [
    "evaluation_detail",
    "evidence_detail",
    "fact_detail",
    "fact_list",
    "method_changes",
    "method_data",
    "method_detail",
    "method_document",
    "method_gathering",
    "method_list",
    "plan_create",
    "plan_detail",
    "plan_edit",
    "plan_item_report",
    "plan_list",
    "plan_return",
    "plan_signature",
    "plan_withdrawal",
    "rating_appeal_create",
    "rating_appeal_detail",
    "rating_appeal_list",
    "rating_appeal_withdrawal",
    "snapshot_detail",
    "snapshot_list",
    "what_if",
]
