"""What is counted toward the year's targets."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.policies.states import DatedKind


class Subject(models.TextChoices):
    """Whose settled sales of a year are summed: a party in one role, or one product."""

    MERCHANT = "merchant", _("Merchant")
    PROVIDER = "provider", _("Service provider")
    AGENCY = "agency", _("Agency")
    CREATOR = "creator", _("Creator")
    PRODUCT = "product", _("Product")


class Goal(models.TextChoices):
    """The counts of the UP plan."""

    MERCHANTS = "merchants", _("Merchants")
    NEW_BRANDS = "new-brands", _("New brands")
    PROVIDERS = "providers", _("Service providers")
    AGENCIES = "agencies", _("Agencies")
    PRODUCTS = "products", _("Products")
    CREATORS = "creators", _("Creators")
    TOP_CREATORS = "top-creators", _("Top creators")


class Reach(models.TextChoices):
    """Where somebody stands against a threshold; the last two exclude each other."""

    PAST = "past", _("Past the threshold")
    ON_PACE = "on-pace", _("On the way at today's pace")
    SHORT = "short", _("Too slow at today's pace")


@dataclass(frozen=True, slots=True)
class Asked:
    """Of one goal: whose sums it reads, and the dated rules that hold its threshold and target.
    `is_new`: only those whose first order is recent."""

    subject: Subject
    threshold: DatedKind
    target: DatedKind
    is_new: bool = False


ASKED: dict[Goal, Asked] = {
    Goal.MERCHANTS: Asked(Subject.MERCHANT, DatedKind.UP_SALES, DatedKind.UP_MERCHANTS),
    Goal.NEW_BRANDS: Asked(Subject.MERCHANT, DatedKind.UP_SALES, DatedKind.UP_NEW_BRANDS, True),
    Goal.PROVIDERS: Asked(Subject.PROVIDER, DatedKind.UP_SALES, DatedKind.UP_PROVIDERS),
    Goal.AGENCIES: Asked(Subject.AGENCY, DatedKind.UP_SALES, DatedKind.UP_AGENCIES),
    Goal.PRODUCTS: Asked(Subject.PRODUCT, DatedKind.UP_SALES, DatedKind.UP_PRODUCTS),
    Goal.CREATORS: Asked(Subject.CREATOR, DatedKind.UP_CREATOR, DatedKind.UP_CREATORS),
    Goal.TOP_CREATORS: Asked(Subject.CREATOR, DatedKind.UP_TOP_CREATOR, DatedKind.UP_TOP_CREATORS),
}
RULES = (
    *{one.threshold for one in ASKED.values()},
    *(one.target for one in ASKED.values()),
    DatedKind.NEW_BRAND_MONTHS,
)
