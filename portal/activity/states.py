"""Where figures come from, and what distributions are of. A better source wins, however late it
came."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.IntegerChoices):
    """The higher, the better."""

    ESTIMATED = 1, _("Estimated")
    SELF_REPORTED = 2, _("Reported by the party")
    OPERATOR_FILE = 3, _("File of an operator")
    PLATFORM = 4, _("Platform interface")


class DistributionKind(models.TextChoices):
    """Who watches a creator, and what is sold."""

    GENDER = "gender", _("Audience by gender")
    AGE = "age", _("Audience by age")
    CITY_TIER = "city_tier", _("Audience by city tier")
    CATEGORY = "category", _("Sales by category")
    PRICE = "price", _("Sales by price")


GENDERS = {"female": _("Women"), "male": _("Men")}
AGES = {
    "under-18": _("Under 18"),
    "18-23": _("18–23"),
    "24-30": _("24–30"),
    "31-40": _("31–40"),
    "41-50": _("41–50"),
    "over-50": _("Over 50"),
}
TIERS = {
    "first": _("First tier"),
    "new_first": _("New first tier"),
    "second": _("Second tier"),
    "third": _("Third tier"),
    "fourth": _("Fourth tier"),
    "fifth": _("Fifth tier and below"),
}
PRICES = {
    "0-50": _("Under ¥50"),
    "50-100": _("¥50–100"),
    "100-200": _("¥100–200"),
    "200-500": _("¥200–500"),
    "500-": _("Over ¥500"),
}
PARTS = {  # the parts of each kind, in their order; those of CATEGORY are reference data
    DistributionKind.GENDER: GENDERS,
    DistributionKind.AGE: AGES,
    DistributionKind.CITY_TIER: TIERS,
    DistributionKind.PRICE: PRICES,
}
