from portal.payouts.engine.planning import Plan, Returned, Transfer, plan
from portal.payouts.engine.spreading import Spread, spread

__all__ = ["Plan", "Returned", "Spread", "Transfer", "plan", "spread"]
