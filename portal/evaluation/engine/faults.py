"""What is wrong with a method, all of it at once."""

from __future__ import annotations

from portal.core.textfiles.faults import Fault, Faults, gettext_noop

__all__ = ["Fault", "MethodFaults", "gettext_noop"]


class MethodFaults(Faults):
    """A document that is no method; `faults` has everything wrong with it."""
