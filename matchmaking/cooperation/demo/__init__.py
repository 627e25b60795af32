"""What became of the demo's cooperations, and the orders of their shops."""

from matchmaking.cooperation.demo.lives import live_cooperations
from matchmaking.cooperation.demo.orders import make_orders
from matchmaking.cooperation.demo.papers import make_papers

__all__ = ["live_cooperations", "make_orders", "make_papers"]
