"""The demo's handbook and advisory group, made through the services like everybody's."""

from training.advice.demo.advisers import make_advisers
from training.advice.demo.handbook import make_handbook

__all__ = ["make_advisers", "make_handbook"]
