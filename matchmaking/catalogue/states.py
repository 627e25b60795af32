"""What a product can be, and the one table of how it gets there."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProductStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    LISTED = "listed", _("In the pool")
    PAUSED = "paused", _("Paused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


P = ProductStatus
PRODUCT_TRANSITIONS: dict[str, frozenset[str]] = {
    P.DRAFT: frozenset({P.LISTED, P.WITHDRAWN}),
    P.LISTED: frozenset({P.PAUSED, P.WITHDRAWN}),
    P.PAUSED: frozenset({P.LISTED, P.WITHDRAWN}),
    P.WITHDRAWN: frozenset(),
}
EDITABLE = frozenset({P.DRAFT, P.LISTED, P.PAUSED})
ON_OFFER = frozenset({P.LISTED, P.PAUSED})  # has been offered, and its plans run


class Channel(models.TextChoices):
    """How the goods come to the merchant."""

    BRAND = "brand", _("Own brand")
    AUTHORISED = "authorised", _("Authorised dealer")
    FACTORY = "factory", _("Straight from the factory")
    ORIGIN = "origin", _("Straight from where it grows")
    IMPORTED = "imported", _("Imported")


class CertificateKind(models.TextChoices):
    INSPECTION = "inspection", _("Quality inspection report")
    BRAND = "brand", _("Brand authorisation")
    TRADEMARK = "trademark", _("Trademark registration")
    LICENCE = "licence", _("Production or filing licence")
    IMPORT = "import", _("Customs and quarantine papers")
    ORGANIC = "organic", _("Organic or origin certificate")
    OTHER = "other", _("Other certificate")


class PlanKind(models.TextChoices):
    """Whom a commission is for."""

    PUBLIC = "public", _("Everybody")
    TARGETED = "targeted", _("Chosen creators")
    EXCLUSIVE = "exclusive", _("Chosen creators alone")


FOR_CHOSEN = frozenset({PlanKind.TARGETED, PlanKind.EXCLUSIVE})


class GateEffect(models.TextChoices):
    """What a product or creator behind a gate may not do."""

    POOL = "pool", _("Stand in the product pool")
    OFFER = "offer", _("Be offered to recruiting posts and fairs")
    CHART = "chart", _("Stand on the weekly board")


class MoveKind(models.TextChoices):
    """What happens to a deposit."""

    PAYMENT = "payment", _("Paid in")
    REFUND = "refund", _("Paid back")
    PENALTY = "penalty", _("Penalty")


class MoveStatus(models.TextChoices):
    PROPOSED = "proposed", _("Waiting for finance")
    APPROVED = "approved", _("Booked")
    REFUSED = "refused", _("Turned down")
    WITHDRAWN = "withdrawn", _("Taken back")


M = MoveStatus
MOVE_TRANSITIONS: dict[str, frozenset[str]] = {
    M.PROPOSED: frozenset({M.APPROVED, M.REFUSED, M.WITHDRAWN}),
    M.APPROVED: frozenset(),
    M.REFUSED: frozenset(),
    M.WITHDRAWN: frozenset(),
}
DEPOSIT_CAUSE = "deposit"  # of the journals that a deposit moves
