from portal.revenue.admin.agreements import AgreementAdmin
from portal.revenue.admin.orders import ControlTotalAdmin, FeedAdmin, OrderLineAdmin

__all__ = [
    "AgreementAdmin",
    "ControlTotalAdmin",
    "FeedAdmin",
    "OrderLineAdmin",
]
