"""Every change to a content order: lock, ask the rule again, write, tell who has the next move."""

from matchmaking.content.services.orders import (
    accept_quote,
    decline_order,
    order_content,
    quote_order,
    withdraw_order,
)
from matchmaking.content.services.payments import confirm_payment, follow_bills, show_payment
from matchmaking.content.services.pieces import (
    approve_piece,
    ask_revision,
    break_off,
    show_piece,
)
from matchmaking.content.services.sweeps import sweep_orders

__all__ = [
    "accept_quote",
    "approve_piece",
    "ask_revision",
    "break_off",
    "confirm_payment",
    "decline_order",
    "follow_bills",
    "order_content",
    "quote_order",
    "show_payment",
    "show_piece",
    "sweep_orders",
    "withdraw_order",
]
