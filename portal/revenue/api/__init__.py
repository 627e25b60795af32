from portal.revenue.api.agreements import (
    AgreementPreviewView,
    AgreementVersionViewSet,
    AgreementViewSet,
)
from portal.revenue.api.bills import BillViewSet
from portal.revenue.api.events import OrderEventsView
from portal.revenue.api.feeds import FeedViewSet
from portal.revenue.api.orders import OrderLineViewSet
from portal.revenue.api.signing import SignerViewSet
from portal.revenue.api.totals import OrderCompletenessView, OrderTotalsView

__all__ = [
    "AgreementPreviewView",
    "AgreementVersionViewSet",
    "AgreementViewSet",
    "BillViewSet",
    "FeedViewSet",
    "OrderCompletenessView",
    "OrderEventsView",
    "OrderLineViewSet",
    "OrderTotalsView",
    "SignerViewSet",
]
