"""The demo's needs, from draft to award."""

from matchmaking.needs.demo.cast import make_cast_need
from matchmaking.needs.demo.history import Story, make_needs, stories

__all__ = ["Story", "make_cast_need", "make_needs", "stories"]
