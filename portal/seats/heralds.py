"""Who tells people what became of their claims: the part whose occasion it is."""

from __future__ import annotations

from collections.abc import Callable

from portal.seats.models import Claim

Herald = Callable[[Claim, str, str], None]  # the claim, the status it came to, the step's key
_heralds: dict[str, Herald] = {}


def register_herald(kind: str) -> Callable[[Herald], Herald]:
    """The function below is called after the commit, at least once for each step of a claim to an
    occasion of `kind`; by then the claim may have gone on."""

    def register(herald: Herald) -> Herald:
        _heralds[kind] = herald
        return herald

    return register


def herald_of(kind: str) -> Herald | None:
    return _heralds.get(kind)
