"""The demo's facts of parties, from which its ratings are computed like everybody's."""

from portal.evaluation.demo.characters import Period, periods
from portal.evaluation.demo.facts import known_at, make_facts

__all__ = ["Period", "known_at", "make_facts", "periods"]
