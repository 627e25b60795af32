from matchmaking.brokerage.views.brokers import (
    broker_list,
    introduction_contract,
    introduction_outcome,
    introduction_refusal,
    introduction_step,
)
from matchmaking.brokerage.views.introductions import (
    introduction_answer,
    introduction_create,
    introduction_detail,
    introduction_list,
    introduction_withdrawal,
)
from matchmaking.brokerage.views.operations import (
    need_nudge,
    represent_creator,
    representation_end,
    represented_list,
    still_list,
)

__all__ = [
    "broker_list",
    "introduction_answer",
    "introduction_contract",
    "introduction_create",
    "introduction_detail",
    "introduction_list",
    "introduction_outcome",
    "introduction_refusal",
    "introduction_step",
    "introduction_withdrawal",
    "need_nudge",
    "represent_creator",
    "representation_end",
    "represented_list",
    "still_list",
]
