from portal.parties.api.appeals import (
    PartyAppealsView,
    PartyAppealWithdrawalView,
)
from portal.parties.api.documents import (
    DocumentListView,
    DocumentWithdrawalView,
    OwnPartyView,
    RealNameView,
    RecallView,
    RestartView,
)
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
    "DocumentListView",
    "DocumentWithdrawalView",
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
    "OwnPartyView",
    "OwnershipAnswerView",
    "OwnershipView",
    "OwnershipWithdrawalView",
    "PartyAppealWithdrawalView",
    "PartyAppealsView",
    "PartySerializer",
    "PartyViewSet",
    "PersonalDataView",
    "ProfileSerializer",
    "ProviderSerializer",
    "ProviderView",
    "RealNameView",
    "RecallView",
    "ReferenceSerializer",
    "ReferenceView",
    "RestartView",
    "RosterInvitationViewSet",
    "RosterViewSet",
    "ShareSerializer",
]
