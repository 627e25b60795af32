from portal.revenue.api.agreements import (
    AgreementPreviewView,
    AgreementVersionViewSet,
    AgreementViewSet,
)
from portal.revenue.api.orders import OrderLineViewSet

__all__ = [
    "AgreementPreviewView",
    "AgreementVersionViewSet",
    "AgreementViewSet",
    "OrderLineViewSet",
]
