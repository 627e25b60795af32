"""The lives of a need and of a proposal, and why a proposal can be lost."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NeedSort(models.TextChoices):
    """How a list of needs is ordered; the first when nothing is asked."""

    NEW = "new", _("Newest")
    CLOSING = "closing", _("Closing soonest")


class Seeks(models.TextChoices):
    """Whom a need looks for; the codes are those of the kinds of party."""

    PROVIDER = "provider", _("A service provider")
    AGENCY = "agency", _("An agency")
    CREATOR = "creator", _("A creator")


class BudgetForm(models.TextChoices):
    """The form of price a merchant asks for."""

    ANY = "any", _("Any form")
    FIXED = "fixed", _("Fixed fee")
    SHARE = "share", _("Share of the GMV")
    BOTH = "both", _("Base fee and share")
    LADDER = "ladder", _("Share that climbs with the GMV")
    GUARANTEE = "guarantee", _("Guarantee or share, the greater")


class CreatorLevel(models.TextChoices):
    """How many follow the creators an agency should bring, at least."""

    ANY = "", _("Any level")
    JUNIOR = "junior", _("10,000 followers and more")
    MID = "mid", _("Mid-tier: 100,000 followers and more")
    TOP = "top", _("Top: a million followers and more")


LEVEL_FROM = {CreatorLevel.JUNIOR: 10_000, CreatorLevel.MID: 100_000, CreatorLevel.TOP: 1_000_000}


class NeedStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    MATCHED = "matched", _("Proposals received")
    AWARDED = "awarded", _("Awarded")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Expired")


N = NeedStatus
NEED_TRANSITIONS: dict[str, frozenset[str]] = {
    N.DRAFT: frozenset({N.OPEN, N.CANCELLED}),
    N.OPEN: frozenset({N.MATCHED, N.CANCELLED, N.EXPIRED}),
    N.MATCHED: frozenset({N.AWARDED, N.CANCELLED, N.EXPIRED}),
    N.AWARDED: frozenset({N.CLOSED}),
    N.CLOSED: frozenset(),
    N.CANCELLED: frozenset({N.OPEN, N.DRAFT}),  # reopened; a draft is a draft again
    N.EXPIRED: frozenset({N.OPEN}),
}
TAKING_PROPOSALS = frozenset({N.OPEN, N.MATCHED})


class ProposalStatus(models.TextChoices):
    INVITED = "invited", _("Invited")
    APPLIED = "applied", _("Drafting")
    SUBMITTED = "submitted", _("Submitted")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Lapsed")


P = ProposalStatus
PROPOSAL_TRANSITIONS: dict[str, frozenset[str]] = {
    P.INVITED: frozenset({P.SUBMITTED, P.WITHDRAWN, P.EXPIRED}),
    P.APPLIED: frozenset({P.INVITED, P.SUBMITTED, P.WITHDRAWN, P.EXPIRED}),
    P.SUBMITTED: frozenset({P.SHORTLISTED, P.ACCEPTED, P.DECLINED, P.WITHDRAWN, P.EXPIRED}),
    P.SHORTLISTED: frozenset({P.ACCEPTED, P.DECLINED, P.WITHDRAWN, P.EXPIRED}),
    P.ACCEPTED: frozenset(),
    P.DECLINED: frozenset(),
    P.WITHDRAWN: frozenset(),
    P.EXPIRED: frozenset({P.INVITED, P.APPLIED}),  # its need was opened again
}
ENDED = frozenset({N.AWARDED, N.CLOSED, N.CANCELLED, N.EXPIRED})
ANSWERABLE = frozenset({P.SUBMITTED, P.SHORTLISTED})  # waits for the merchant
UNANSWERED = frozenset({P.INVITED, P.APPLIED})  # waits for the provider
STANDING = ANSWERABLE | {P.ACCEPTED}
LIVE = ANSWERABLE | UNANSWERED


class ServiceOfferStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SHOWN = "shown", _("Shown")
    HIDDEN = "hidden", _("Hidden")


S = ServiceOfferStatus
SERVICE_OFFER_TRANSITIONS: dict[str, frozenset[str]] = {
    S.DRAFT: frozenset({S.SHOWN}),
    S.SHOWN: frozenset({S.HIDDEN}),
    S.HIDDEN: frozenset({S.SHOWN}),
}


class Turn(models.TextChoices):
    """Whose turn it is with a bidder's answer, in its own eyes."""

    WAITING = "waiting", _("Waiting for us")
    RUNNING = "running", _("In progress")
    ENDED = "ended", _("Ended")


class Task(models.TextChoices):
    """What a bidder is waited for."""

    INVITATION = "invitation", _("Answer the invitation")
    DRAFT = "draft", _("Finish the proposal")
    ORDER = "order", _("Answer the order")
    TERMS = "terms", _("Answer the other terms")
    TALK = "talk", _("Answer about contacts or a call")


class Side(models.TextChoices):
    """Who made an offer."""

    BIDDER = "bidder", _("The bidder")
    MERCHANT = "merchant", _("The merchant")


class TalkKind(models.TextChoices):
    CONTACTS = "contacts", _("Exchange of contacts")
    CALL = "call", _("Call")


class TalkStatus(models.TextChoices):
    PROPOSED = "proposed", _("Waits for an answer")
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")
    LAPSED = "lapsed", _("Not answered in time")
    CANCELLED = "cancelled", _("Cancelled")
    OVER = "over", _("Over")


T = TalkStatus
TALK_TRANSITIONS: dict[str, frozenset[str]] = {
    T.PROPOSED: frozenset({T.AGREED, T.DECLINED, T.WITHDRAWN, T.LAPSED}),
    T.AGREED: frozenset({T.CANCELLED, T.OVER}),
    T.DECLINED: frozenset(),
    T.WITHDRAWN: frozenset(),
    T.LAPSED: frozenset(),
    T.CANCELLED: frozenset(),
    T.OVER: frozenset(),
}
TALKING = frozenset({T.PROPOSED, T.AGREED})


class TalkVerb(models.TextChoices):
    """What one side did, or the clock."""

    PROPOSE = "propose", _("proposed it")
    SUGGEST = "suggest", _("suggested other times")
    AGREE = "agree", _("agreed")
    KEEP = "keep", _("kept the time that was booked")
    DECLINE = "decline", _("declined")
    WITHDRAW = "withdraw", _("took it back")
    CANCEL = "cancel", _("cancelled it")
    LAPSE = "lapse", _("nobody answered in time")
    END = "end", _("ended with the proposal")


class AskedBy(models.TextChoices):
    """What a party answered."""

    INVITATION = "invitation", _("Invitation")
    ORDER = "order", _("Order")
    OFFER = "offer", _("Other terms")
    MESSAGE = "message", _("Message")


class Concern(models.TextChoices):
    """Why an award may be a conflict of interest; both sides read it before."""

    SAME_CODE = "same_code", _("Both are the same registered organisation.")
    SAME_NAME = "same_name", _("Both have the same registered name.")
    SAME_PERSON = "same_person", _("The same person speaks for both.")
    SAME_PHONE = "same_phone", _("Both have the same contact phone.")
    RIVAL = "rival", _("It works for another merchant in this category now.")
    ROSTER = "roster", _("The merchant works already with an agency or a creator of its roster.")


class ReportReason(models.TextChoices):
    SPAM = "spam", _("Unwanted advertising")
    ABUSE = "abuse", _("Insult or threat")
    FRAUD = "fraud", _("Fraud, or fake orders")
    CONTACT = "contact", _("Leads away from the platform")
    OTHER = "other", _("Something else")


class ReportStatus(models.TextChoices):
    OPEN = "open", _("Open")
    UPHELD = "upheld", _("Message removed")
    DISMISSED = "dismissed", _("Nothing found")


class LossReason(models.TextChoices):
    """Shown to both sides, always."""

    PRICE = "price", _("Price above our budget")
    EXPERIENCE = "experience", _("Too little experience in the category")
    TEAM = "team", _("Team does not fit")
    TIMING = "timing", _("Cannot start in time")
    ANOTHER = "another", _("Another proposal was chosen")
    CHANGED = "changed", _("The need has changed")
    CAPACITY = "capacity", _("No capacity left")  # the provider's own
    MISMATCH = "mismatch", _("The brief does not fit us")


DECLINE_REASONS = (
    LossReason.PRICE,
    LossReason.EXPERIENCE,
    LossReason.TEAM,
    LossReason.TIMING,
    LossReason.ANOTHER,
    LossReason.CHANGED,
)
WITHDRAW_REASONS = (LossReason.CAPACITY, LossReason.TIMING, LossReason.MISMATCH, LossReason.PRICE)
