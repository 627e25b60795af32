from portal.revenue.admin.agreements import AgreementAdmin
from portal.revenue.admin.bills import BankRowAdmin, BillAdmin
from portal.revenue.admin.orders import ControlTotalAdmin, FeedAdmin, OrderLineAdmin
from portal.revenue.admin.signing import SigningPowerAdmin
from portal.revenue.admin.turnovers import ChannelTurnoverAdmin, TurnoverAdmin

__all__ = [
    "AgreementAdmin",
    "BankRowAdmin",
    "BillAdmin",
    "ChannelTurnoverAdmin",
    "ControlTotalAdmin",
    "FeedAdmin",
    "OrderLineAdmin",
    "SigningPowerAdmin",
    "TurnoverAdmin",
]
