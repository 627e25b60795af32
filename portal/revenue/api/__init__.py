from portal.revenue.api.agreements import (
    AgreementPreviewView,
    AgreementVersionViewSet,
    AgreementViewSet,
)

__all__ = ["AgreementPreviewView", "AgreementVersionViewSet", "AgreementViewSet"]
