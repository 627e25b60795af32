"""What is wrong with an agreement, all of it at once."""

from __future__ import annotations

from portal.core.textfiles.faults import Fault, Faults, gettext_noop

__all__ = ["AgreementFaults", "Fault", "gettext_noop"]


class AgreementFaults(Faults):
    """A document that is no agreement; `faults` has everything wrong with it."""
