"""What is wrong with a file of a fair, and which of its entries cannot all be kept."""

from __future__ import annotations

from collections.abc import Iterable

from portal.core.textfiles.faults import Fault, Faults, gettext_noop

__all__ = ["Clash", "FairFaults", "Fault", "NotFound", "gettext_noop"]


class FairFaults(Faults):
    """A document that is no fair; `faults` has everything wrong with it."""


class Clash(ValueError):
    """Entries that cannot all be kept, whatever the plan; `faults` name them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class NotFound(ValueError):
    """No plan was found that keeps every must, and it is not proved that there is none."""
