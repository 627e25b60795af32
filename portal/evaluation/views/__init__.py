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
from portal.evaluation.views.snapshots import (
    snapshot_detail,
    snapshot_list,
)

__all__ = [
    "fact_detail",
    "fact_list",
    "method_changes",
    "method_data",
    "method_detail",
    "method_document",
    "method_gathering",
    "method_list",
    "snapshot_detail",
    "snapshot_list",
]
