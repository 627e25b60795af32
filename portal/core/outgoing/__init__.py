"""Requests to addresses that other people gave us."""

from portal.core.outgoing.addresses import Blocked, Target, check_url, is_public, look_up
from portal.core.outgoing.posting import Answer, Unreachable, post

__all__ = [
    "Answer",
    "Blocked",
    "Target",
    "Unreachable",
    "check_url",
    "is_public",
    "look_up",
    "post",
]
