from portal.parties.api.keys import (
    KeyRevocationView,
    KeysView,
)
from portal.parties.api.members import (
    DepartureView,
    InvitationSendingView,
    InvitationsView,
    InvitationWithdrawalView,
    MemberRemovalView,
    MemberRoleView,
    MembersView,
    OwnershipAnswerView,
    OwnershipView,
    OwnershipWithdrawalView,
)
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
from portal.parties.api.personal import (
    ErasureView,
    ErasureWithdrawalView,
    PersonalDataView,
)
from portal.parties.api.roster import (
    DepartureViewSet,
    RosterInvitationViewSet,
    RosterViewSet,
)

__all__ = [
    "MOST_SHARES",
    "DepartureView",
    "DepartureViewSet",
    "ErasureView",
    "ErasureWithdrawalView",
    "InvitationSendingView",
    "InvitationWithdrawalView",
    "InvitationsView",
    "KeyRevocationView",
    "KeysView",
    "MemberRemovalView",
    "MemberRoleView",
    "MembersView",
    "NamedSerializer",
    "OwnershipAnswerView",
    "OwnershipView",
    "OwnershipWithdrawalView",
    "PartySerializer",
    "PartyViewSet",
    "PersonalDataView",
    "ProfileSerializer",
    "ProviderSerializer",
    "ProviderView",
    "ReferenceSerializer",
    "ReferenceView",
    "RosterInvitationViewSet",
    "RosterViewSet",
    "ShareSerializer",
]
