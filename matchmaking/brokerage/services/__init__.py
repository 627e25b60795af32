from matchmaking.brokerage.services.introductions import (
    answer_introduction,
    ask_introduction,
    end_introduction,
    offer_introduction,
    refuse_introduction,
    sign_introduction,
    take_introduction,
    withdraw_introduction,
)
from matchmaking.brokerage.services.nudges import nudge_need
from matchmaking.brokerage.services.representation import end_representation, represent_creator

__all__ = [
    "answer_introduction",
    "ask_introduction",
    "end_introduction",
    "end_representation",
    "nudge_need",
    "offer_introduction",
    "refuse_introduction",
    "represent_creator",
    "sign_introduction",
    "take_introduction",
    "withdraw_introduction",
]
