"""What a paper is about, and how each of its versions comes into force."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.parties.states import PartyKind


class PaperRole(models.TextChoices):
    """What the payer pays the payee for."""

    COMMISSION = "commission", _("Commission of a creator")
    AGENCY_SHARE = "agency_share", _("Agency's share of the commission")
    PROVIDER_FEE = "provider_fee", _("Fee of a service provider")
    RECRUITING_FEE = "recruiting_fee", _("Fee of a recruiting leader")
    ANNUAL_FRAMEWORK = "framework", _("Annual framework")  # the platform pays an agency


R = PaperRole
K = PartyKind
# role → (kinds of the payer, kinds of the payee)
SIDES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    R.COMMISSION: (frozenset({K.MERCHANT}), frozenset({K.CREATOR, K.AGENCY})),
    R.AGENCY_SHARE: (frozenset({K.CREATOR}), frozenset({K.AGENCY})),
    R.PROVIDER_FEE: (frozenset({K.MERCHANT}), frozenset({K.PROVIDER})),
    R.RECRUITING_FEE: (frozenset({K.MERCHANT}), frozenset({K.CREATOR, K.AGENCY})),
}


class ScopeKind(models.TextChoices):
    """What of the payer's business a paper covers. The later in this list, the more specific; the
    most specific one wins."""

    WHOLE = "whole", _("Everything between the two")
    SHOP = "shop", _("One shop")
    ACCOUNT = "account", _("One account")
    PRODUCT = "product", _("One product")
    ORDER = "order", _("One recruiting order")
    COOPERATION = "cooperation", _("One cooperation")
    YEAR = "year", _("Year from")


S = ScopeKind
ELSEWHERE = frozenset({S.COOPERATION, S.YEAR})  # negotiated at a door of their own
CHOSEN = [choice for choice in S.choices if choice[0] not in ELSEWHERE]  # by people, for a paper
# A cooperation's paper is as specific as what it covers: some products, or everything.
SPECIFIC = {kind: rank for rank, (kind, _label) in enumerate(CHOSEN)} | dict.fromkeys(ELSEWHERE, 0)


class Side(models.TextChoices):
    """Who gets what, as the tree of a paper names them."""

    PAYER = "payer", _("Payer")
    PAYEE = "payee", _("Payee")
    PLATFORM = "platform", _("Platform")


class VersionStatus(models.TextChoices):
    OPEN = "open", _("Waiting for the other side")
    SEALING = "sealing", _("Waiting for seals")
    ACCEPTED = "accepted", _("Accepted by both")
    COUNTERED = "countered", _("Answered by another version")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")
    EXPIRED = "expired", _("No answer in time")


V = VersionStatus
TRANSITIONS: dict[str, frozenset[str]] = {
    V.OPEN: frozenset({V.SEALING, V.ACCEPTED, V.COUNTERED, V.DECLINED, V.WITHDRAWN, V.EXPIRED}),
    V.SEALING: frozenset({V.ACCEPTED, V.EXPIRED}),
    V.ACCEPTED: frozenset(),
    V.COUNTERED: frozenset(),
    V.DECLINED: frozenset(),
    V.WITHDRAWN: frozenset(),
    V.EXPIRED: frozenset(),
}
ANSWER_WITHIN = timedelta(days=7)


class SealWay(models.TextChoices):
    SCAN = "scan", _("Stamped scan")
    ESIGN = "esign", _("Electronic seal")


SEAL_REMINDERS = (7, 3, 1)  # days before it is too late
CODE_LENGTH = 8  # of the hash, as printed beside the code on the paper's last page
