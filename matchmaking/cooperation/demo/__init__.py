"""What became of the demo's cooperations, and the orders of their shops."""

from matchmaking.cooperation.demo.lives import live_cooperations
from matchmaking.cooperation.demo.new_shops import make_new_shops
from matchmaking.cooperation.demo.orders import make_orders
from matchmaking.cooperation.demo.payments import pay_something
from matchmaking.cooperation.demo.reviews import make_reviews
from matchmaking.cooperation.demo.talks import make_talks

__all__ = [
    "live_cooperations",
    "make_new_shops",
    "make_orders",
    "make_reviews",
    "make_talks",
    "pay_something",
]
