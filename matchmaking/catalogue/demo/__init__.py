"""The demo's products with their plans and papers, twelve weeks of reputation and boards, and what
its creators paid."""

from matchmaking.catalogue.demo.creators import make_gates
from matchmaking.catalogue.demo.facts import WEEKS, make_boards, make_facts, rate_week
from matchmaking.catalogue.demo.products import make_cast_products, make_papers, make_products

__all__ = [
    "WEEKS",
    "make_boards",
    "make_cast_products",
    "make_facts",
    "make_gates",
    "make_papers",
    "make_products",
    "rate_week",
]
