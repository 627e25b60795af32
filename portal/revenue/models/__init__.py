from portal.revenue.models.agreements import (
    Acceptance,
    Agreement,
    AgreementQuerySet,
    AgreementVersion,
    AgreementVersionQuerySet,
)

__all__ = [
    "Acceptance",
    "Agreement",
    "AgreementQuerySet",
    "AgreementVersion",
    "AgreementVersionQuerySet",
]
