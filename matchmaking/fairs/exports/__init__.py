from matchmaking.fairs.exports.plans import PLANS
from matchmaking.fairs.exports.returns import RETURNS

__all__ = ["PLANS", "RETURNS"]
