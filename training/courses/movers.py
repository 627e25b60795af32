"""Who is told that a session moved: the part that knows who is enrolled."""

from __future__ import annotations

from collections.abc import Callable

from training.courses.models import Session

Teller = Callable[[Session], None]
_tellers: list[Teller] = []


def register_mover(teller: Teller) -> Teller:
    """Called in the transaction that moved an open session to other times or another place."""
    _tellers.append(teller)
    return teller


def tell_moved(session: Session) -> None:
    for teller in _tellers:
        teller(session)
