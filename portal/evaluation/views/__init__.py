from portal.evaluation.views.facts import (
    fact_detail,
    fact_list,
)

__all__ = [
    "fact_detail",
    "fact_list",
]
