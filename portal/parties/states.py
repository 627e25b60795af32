"""What a party can be, and the one table of how it gets there."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartyKind(models.TextChoices):
    MERCHANT = "merchant", _("Merchant")
    PROVIDER = "provider", _("Service provider")
    AGENCY = "agency", _("MCN agency")
    CREATOR = "creator", _("Creator")


class PartyStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Under review")
    NEED_INFO = "need_info", _("Information needed")
    REFUSED = "refused", _("Refused")
    VERIFIED = "verified", _("Verified")
    LISTED = "listed", _("Listed")
    HIDDEN = "hidden", _("Hidden")
    SUSPENDED = "suspended", _("Suspended")
    CLOSED = "closed", _("Closed")


S = PartyStatus
TRANSITIONS: dict[str, frozenset[str]] = {
    S.DRAFT: frozenset({S.SUBMITTED, S.CLOSED}),
    S.SUBMITTED: frozenset({S.DRAFT, S.NEED_INFO, S.REFUSED, S.VERIFIED}),
    S.NEED_INFO: frozenset({S.SUBMITTED, S.CLOSED}),
    S.REFUSED: frozenset({S.DRAFT, S.SUBMITTED, S.CLOSED}),  # begun anew, or on appeal
    S.VERIFIED: frozenset({S.LISTED, S.SUSPENDED, S.CLOSED}),
    S.LISTED: frozenset({S.HIDDEN, S.SUSPENDED, S.CLOSED}),
    S.HIDDEN: frozenset({S.LISTED, S.SUSPENDED, S.CLOSED}),
    S.SUSPENDED: frozenset({S.VERIFIED, S.LISTED, S.HIDDEN, S.CLOSED}),
    S.CLOSED: frozenset(),
}
TRUSTED = frozenset({S.VERIFIED, S.LISTED, S.HIDDEN})  # identity checked, not suspended

MERGEABLE = frozenset(S) - {S.SUSPENDED, S.CLOSED}  # with another party that is the same


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    FINANCE = "finance", _("Finance")
    MEMBER = "member", _("Member")


MANAGING = frozenset({Role.OWNER, Role.MANAGER})  # may sign and publish for the party
GRANTS: dict[str, frozenset[str]] = {  # the roles that each may give, change and take away
    Role.OWNER: frozenset({Role.MANAGER, Role.FINANCE, Role.MEMBER}),
    Role.MANAGER: frozenset({Role.MEMBER}),
    Role.FINANCE: frozenset(),
    Role.MEMBER: frozenset(),
}


class InvitationStatus(models.TextChoices):
    PENDING = "pending", _("Waiting")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


class OfferStatus(models.TextChoices):
    """An offer of the ownership."""

    PENDING = "pending", _("Waiting")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


# Both wait for one answer, which ends them.
ANSWERS: dict[str, frozenset[str]] = {
    "pending": frozenset({"accepted", "declined", "withdrawn", "expired"})
}


class Scope(models.TextChoices):
    """What an API key opens."""

    PARTY_READ = "party:read", _("read the party")
    PARTY_WRITE = "party:write", _("change the party")
    TRADE_READ = "trade:read", _("read needs, proposals and cooperations")
    TRADE_WRITE = "trade:write", _("write needs and proposals, accept and decline")
    ORDERS_READ = "orders:read", _("read sales orders")
    ORDERS_WRITE = "orders:write", _("bring in events of sales orders")


class CityTier(models.TextChoices):
    FIRST = "first", _("First tier")
    NEW_FIRST = "new_first", _("New first tier")
    SECOND = "second", _("Second tier")


class RosterStatus(models.TextChoices):
    """A creator's place in an agency: an invitation first, a membership once it is accepted."""

    INVITED = "invited", _("Invited")
    ACTIVE = "active", _("In the agency")
    LEAVING = "leaving", _("Leaving")
    ENDED = "ended", _("Left")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")
    EXPIRED = "expired", _("No answer in time")


R = RosterStatus
ROSTER_TRANSITIONS: dict[str, frozenset[str]] = {
    R.INVITED: frozenset({R.ACTIVE, R.DECLINED, R.WITHDRAWN, R.EXPIRED}),
    R.ACTIVE: frozenset({R.LEAVING, R.ENDED}),
    R.LEAVING: frozenset({R.ACTIVE, R.ENDED}),
    R.ENDED: frozenset(),
    R.DECLINED: frozenset(),
    R.WITHDRAWN: frozenset(),
    R.EXPIRED: frozenset(),
}
RUNNING = frozenset({R.ACTIVE, R.LEAVING})  # accepted, and not over yet
BOUND = frozenset({R.ACTIVE, R.LEAVING, R.ENDED})  # periods that count: no two may overlap


class DepartureStatus(models.TextChoices):
    """A wish to leave before the contract ends."""

    ASKED = "asked", _("Waiting for the other side")
    AGREED = "agreed", _("Agreed")
    CONTESTED = "contested", _("Before an operator")
    DECIDED = "decided", _("Decided")
    WITHDRAWN = "withdrawn", _("Taken back")


D = DepartureStatus
DEPARTURE_TRANSITIONS: dict[str, frozenset[str]] = {
    D.ASKED: frozenset({D.AGREED, D.CONTESTED, D.WITHDRAWN}),
    D.CONTESTED: frozenset({D.AGREED, D.DECIDED, D.WITHDRAWN}),
    D.AGREED: frozenset(),
    D.DECIDED: frozenset(),
    D.WITHDRAWN: frozenset(),
}
OPEN_DEPARTURES = frozenset({D.ASKED, D.CONTESTED})


# --- documents ------------------------------------------------------------------------------------


class DocumentFamily(models.TextChoices):
    IDENTITY = "identity", _("Identity and brand")
    PERMIT = "permit", _("Permit of a category")


class Level(models.TextChoices):
    REQUIRED = "required", _("Required")
    OPTIONAL = "optional", _("Optional")
    OFF = "off", _("Not asked")


class Applies(models.TextChoices):
    """Whom a requirement concerns, among the parties of its kind."""

    ALWAYS = "always", _("Everyone")
    ORGANISATION = "firm", _("With a business licence")
    PERSON = "person", _("Natural persons")
    MINOR = "minor", _("Natural persons of 16 and 17")


class DocumentStatus(models.TextChoices):
    UPLOADED = "uploaded", _("Being checked")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")
    EXPIRED = "expired", _("Expired")
    REPLACED = "replaced", _("Replaced")


P = DocumentStatus
DOCUMENT_TRANSITIONS: dict[str, frozenset[str]] = {
    P.UPLOADED: frozenset({P.ACCEPTED, P.RETURNED, P.REPLACED}),
    P.ACCEPTED: frozenset({P.RETURNED, P.EXPIRED, P.REPLACED}),
    P.RETURNED: frozenset({P.UPLOADED, P.REPLACED}),  # checked again, on appeal
    P.EXPIRED: frozenset({P.REPLACED}),
    P.REPLACED: frozenset(),
}
HELD = frozenset({P.UPLOADED, P.ACCEPTED})  # good enough to hand an application in with

# --- answers --------------------------------------------------------------------------------------


class ReviewOutcome(models.TextChoices):
    APPROVED = "approved", _("Approved")
    NEED_INFO = "need_info", _("Asked for more")
    REFUSED = "refused", _("Refused")


# --- appeals --------------------------------------------------------------------------------------


class AppealStatus(models.TextChoices):
    FILED = "filed", _("Being judged")
    UPHELD = "upheld", _("Decision upheld")
    REVERSED = "reversed", _("Decision reversed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class AppealOutcome(models.TextChoices):
    UPHELD = "upheld", _("The decision stands")
    REVERSED = "reversed", _("The decision is reversed")


class AppealEffect(models.TextChoices):
    NONE = "none", _("Nothing changes")
    REOPENED = "reopened", _("The application is under review again")
    LIFTED = "lifted", _("The suspension was lifted")
    UPLOADED = "uploaded", _("The document is being checked again")


A = AppealStatus
APPEAL_TRANSITIONS: dict[str, frozenset[str]] = {
    A.FILED: frozenset({A.UPHELD, A.REVERSED, A.WITHDRAWN}),
    A.UPHELD: frozenset(),
    A.REVERSED: frozenset(),
    A.WITHDRAWN: frozenset(),
}


# --- claims ---------------------------------------------------------------------------------------


class ClaimStatus(models.TextChoices):
    """A claim of a party that nobody speaks for."""

    WAITING = "waiting", _("Being checked")
    ASKED = "asked", _("More is asked for")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


C = ClaimStatus
CLAIM_TRANSITIONS: dict[str, frozenset[str]] = {
    C.WAITING: frozenset({C.ASKED, C.ACCEPTED, C.REFUSED, C.WITHDRAWN}),
    C.ASKED: frozenset({C.WAITING, C.ACCEPTED, C.REFUSED, C.WITHDRAWN}),
    C.ACCEPTED: frozenset(),
    C.REFUSED: frozenset(),
    C.WITHDRAWN: frozenset(),
}
OPEN_CLAIMS = frozenset({C.WAITING, C.ASKED})
# --- what is a party's elsewhere ------------------------------------------------------------------


class Platform(models.TextChoices):
    DOUYIN = "douyin", _("Douyin account")
    SHOP = "shop", _("Douyin shop")


class ProofMethod(models.TextChoices):
    CODE = "code", _("A code in the public profile")
    SCREENSHOT = "shot", _("A screenshot of the back office")
    SIGN_IN = "sign", _("By signing in there")


class OwnedStatus(models.TextChoices):
    CLAIMED = "claimed", _("To be proven")
    PLACED = "placed", _("Being checked")
    PROVEN = "proven", _("Proven")
    REFUSED = "refused", _("Not proven")
    EXPIRED = "expired", _("Run out")
    RELEASED = "released", _("Given up")


W = OwnedStatus
OWNED_TRANSITIONS: dict[str, frozenset[str]] = {
    W.CLAIMED: frozenset({W.PLACED, W.EXPIRED, W.RELEASED}),
    W.PLACED: frozenset({W.PROVEN, W.REFUSED, W.RELEASED}),
    W.PROVEN: frozenset({W.EXPIRED, W.RELEASED}),
    W.REFUSED: frozenset(),
    W.EXPIRED: frozenset(),
    W.RELEASED: frozenset(),
}
CLAIMING = frozenset({W.CLAIMED, W.PLACED, W.PROVEN})  # an end is still to come


class OpeningSource(models.TextChoices):
    """How it is known when a shop was opened."""

    SCREENSHOT = "shot", _("A screenshot of the back office")
    LOOKED_UP = "look", _("An operator looked it up")
    SIGN_IN = "sign", _("The platform, at sign-in")


class OpeningStatus(models.TextChoices):
    SAID = "said", _("Being checked")
    VERIFIED = "verified", _("Verified")
    REFUSED = "refused", _("Not found right")
    WITHDRAWN = "withdrawn", _("Taken back")
    REPLACED = "replaced", _("Replaced")


OPENING_TRANSITIONS: dict[str, frozenset[str]] = {
    OpeningStatus.SAID: frozenset(
        {OpeningStatus.VERIFIED, OpeningStatus.REFUSED, OpeningStatus.WITHDRAWN}
    ),
    OpeningStatus.VERIFIED: frozenset({OpeningStatus.REPLACED}),
    OpeningStatus.REFUSED: frozenset(),
    OpeningStatus.WITHDRAWN: frozenset(),
    OpeningStatus.REPLACED: frozenset(),
}


class PayoutStatus(models.TextChoices):
    ENTERED = "entered", _("Waiting for the second person")
    IN_USE = "in_use", _("In use")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Taken back")
    REPLACED = "replaced", _("Replaced")


PAYOUT_TRANSITIONS: dict[str, frozenset[str]] = {
    PayoutStatus.ENTERED: frozenset(
        {PayoutStatus.IN_USE, PayoutStatus.REFUSED, PayoutStatus.WITHDRAWN}
    ),
    PayoutStatus.IN_USE: frozenset({PayoutStatus.REPLACED}),
    PayoutStatus.REFUSED: frozenset(),
    PayoutStatus.WITHDRAWN: frozenset(),
    PayoutStatus.REPLACED: frozenset(),
}
SETTLED_AFTER = timedelta(hours=72)  # in a role, before one of two who change where money goes
PAYING = frozenset({Role.OWNER, Role.FINANCE})  # see and decide where the party is paid
