"""The demo's facts of parties, and the ratings computed from them like everybody's."""

from portal.evaluation.demo.characters import NUMBERS
from portal.evaluation.demo.facts import make_facts
from portal.evaluation.demo.plans import make_plans
from portal.evaluation.demo.ratings import announce_next, make_methods, make_ratings

__all__ = ["NUMBERS", "announce_next", "make_facts", "make_methods", "make_plans", "make_ratings"]
