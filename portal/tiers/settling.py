"""What an annual framework's months came to, for the settlement that pays its rebate: counted as
the framework's own page counts them, as known today."""

from __future__ import annotations

from datetime import date

from portal.ledger.fields import month_after
from portal.revenue.engine import Month
from portal.revenue.models import AgreementVersion
from portal.revenue.states import ScopeKind
from portal.settlement.turnovers import register_turnover
from portal.tiers.models import Framework
from portal.tiers.selectors import month_sums


def nets_of_framework(version: AgreementVersion, until: Month) -> dict[Month, int]:
    """Of the months in which this version holds, up to and including `until`."""
    framework = Framework.objects.filter(agreement=version.agreement_id).first()
    days = version.in_force
    if framework is None or days is None or days.isempty:
        return {}
    sums = month_sums([framework], month_after(until.first_day))
    return {
        month: max(found.net_fen, 0)
        for (_agency, month), found in sums.items()
        if month <= until and _holds(month, days.lower, days.upper)
    }


def _holds(month: Month, begins: date, ends: date | None) -> bool:
    """Frameworks hold for whole months."""
    return begins <= month.first_day and (ends is None or month.first_day < ends)


register_turnover(ScopeKind.YEAR, nets_of_framework)
