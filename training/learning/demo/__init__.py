"""The demo's year of training, made through the services: sessions with who enrolled, who was there
and who did what."""

from training.learning.demo.sessions import KINDS, make_sessions

__all__ = ["KINDS", "make_sessions"]
