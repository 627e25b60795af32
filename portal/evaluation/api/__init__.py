from portal.evaluation.api.facts import (
    FactViewSet,
)

__all__ = [
    "FactViewSet",
]
