"""Whose turnover papers of other parts of the portal rest on. An order line names the papers it was
split by; an annual framework is in none, and says itself what its months came to:

register_turnover(ScopeKind.YEAR, nets_of_framework)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from portal.revenue.engine import Month
from portal.revenue.models import AgreementVersion

# Of a version, up to and including a month: what settled in each month, as known today.
Nets = Callable[[AgreementVersion, Month], Mapping[Month, int]]
_nets: dict[str, Nets] = {}


def register_turnover(scope_kind: str, nets: Nets) -> None:
    _nets[scope_kind] = nets


def nets_of(scope_kind: str) -> Nets | None:
    return _nets.get(scope_kind)


def kinds_told() -> Collection[str]:
    """Scopes whose papers are told by others."""
    return _nets.keys()
