from portal.parties.api.parties import (
    MOST_SHARES,
    NamedSerializer,
    PartySerializer,
    PartyViewSet,
    ProfileSerializer,
    ProviderSerializer,
    ProviderView,
    ReferenceSerializer,
    ReferenceView,
    ShareSerializer,
)

__all__ = [
    "MOST_SHARES",
    "NamedSerializer",
    "PartySerializer",
    "PartyViewSet",
    "ProfileSerializer",
    "ProviderSerializer",
    "ProviderView",
    "ReferenceSerializer",
    "ReferenceView",
    "ShareSerializer",
]
