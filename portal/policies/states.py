"""What documents there are, and what somebody agrees to where."""

from datetime import date, timedelta
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    TERMS = "terms", _("User agreement")
    PRIVACY = "privacy", _("Privacy policy")
    IDENTITY = "identity", _("Separate consent for identity and bank data")
    MERCHANT = "merchant", _("Rules for merchants")
    PROVIDER = "provider", _("Rules for service providers")
    AGENCY = "agency", _("Rules for MCN agencies")
    CREATOR = "creator", _("Rules for creators")
    GUARDIAN = "guardian", _("Consent of a minor's guardian")


AT_SIGN_UP = (DocumentKind.TERMS, DocumentKind.PRIVACY)  # without these nothing is written
NOTICE_PERIOD = timedelta(days=7)  # the e-commerce law asks for as much before rules change

CONSEQUENCES = {  # what withdrawing a consent means, said before it is withdrawn
    DocumentKind.TERMS: _(
        "You can still read and take your data with you, but write nothing more until you agree "
        "again. What was agreed with others goes on."
    ),
    DocumentKind.PRIVACY: _(
        "You can still read and take your data with you, but write nothing more until you agree "
        "again. Records that the law asks us to keep are kept for their term."
    ),
    DocumentKind.IDENTITY: _(
        "No identity or bank data of yours is taken from now on, so what needs it stops: new "
        "identity checks, and payments to a new account. Records of past trades stay for their "
        "legal term."
    ),
    DocumentKind.GUARDIAN: _(
        "A creator of 16 or 17 can sign nothing more until a guardian agrees again."
    ),
}
DEFAULT_CONSEQUENCE = _("What these rules are asked for is refused until you agree again.")


class ProductSource(models.TextChoices):
    """Where the goods of an order are sold from."""

    SHOP = "shop", _("The shop on Douyin")
    TAOBAO = "taobao", _("Taobao and Tmall")
    JD = "jd", _("JD")
    SUNING = "suning", _("Suning")
    VIPSHOP = "vipshop", _("Vipshop")
    KAOLA = "kaola", _("Kaola")
    YANXUAN = "yanxuan", _("NetEase Yanxuan")
    YMATOU = "ymatou", _("Ymatou")
    MINI_PROGRAM = "mini_program", _("Mini-program")


class FeeKind(models.TextChoices):
    PLATFORM = "platform_fee", _("Service fee of the platform, on the order")
    TECHNICAL = "technical_fee", _("Technical fee, on the commission")


BY_OPERATORS_SINCE = date(2022, 1, 1)  # rules after 2021 are the operators' own


class Unit(StrEnum):
    """What a dated rule's figure counts."""

    SHARE = "share"  # basis points
    FEN = "fen"
    COUNT = "count"
    FLAG = "flag"  # 1 for yes, 0 for no


class DatedKind(models.TextChoices):
    """Rules that are one figure from a day on. A new one needs its unit below."""

    COMMISSION_MOST = "commission_most", _("Commission of an order, at most")
    RECRUITING_MOST = "recruiting_most", _("Recruiting leader's service fee, at most")
    TOGETHER_MOST = "together_most", _("Commission and service fee together, at most")
    LIVE_CART = "live_cart", _("Goods allowed in carts of live rooms")
    LIVE_BY_ORDER = "live_by_order", _("In live rooms through a Star Map order only")
    PROPOSALS_SENT = "proposals_sent", _("Direct proposals a party sends in a day, at most")
    PROPOSALS_TAKEN = "proposals_taken", _("Direct proposals a party is sent in a day, at most")
    BRAND_M = "brand_m", _("Settled sales of a year that make a brand one of size M, at least")
    BRAND_L = "brand_l", _("Settled sales of a year that make a brand one of size L, at least")
    ADVICE_MONTHLY = (
        "advice_monthly",
        _("Office hours of advisers a party books in a month, at most"),
    )
    ADVICE_CANCEL = "advice_cancel", _("Hours before an adviser's hour until which it is cancelled")
    YEAR_FAIRS = "year_fairs", _("Target of a year: selection fairs")
    YEAR_SESSIONS = "year_sessions", _("Target of a year: matchmaking sessions")
    YEAR_CATEGORIES = "year_categories", _("Target of a year: categories with fairs")
    YEAR_BRANDS = "year_brands", _("Target of a year: brands with a seat")
    YEAR_AGENCIES = "year_agencies", _("Target of a year: agencies with a seat")
    YEAR_CREATORS = "year_creators", _("Target of a year: creators with a seat")
    YEAR_LIVE = "year_live", _("Target of a year: live courses")
    YEAR_OFFLINE = "year_offline", _("Target of a year: offline courses")
    YEAR_MEETUPS = "year_meetups", _("Target of a year: exchange meet-ups")
    YEAR_OPEN = "year_open", _("Target of a year: open courses")
    UP_SALES = "up_sales", _("UP plan: settled sales of a year that count, at least")
    UP_CREATOR = "up_creator", _("UP plan: a creator's settled sales of a year, at least")
    UP_TOP_CREATOR = "up_top_creator", _("UP plan: a top creator's settled sales, at least")
    NEW_BRAND_MONTHS = "new_brand_months", _("Months from its first order that a brand is new")
    UP_MERCHANTS = "up_merchants", _("UP plan, target of a year: merchants")
    UP_NEW_BRANDS = "up_new_brands", _("UP plan, target of a year: new brands")
    UP_PROVIDERS = "up_providers", _("UP plan, target of a year: providers")
    UP_AGENCIES = "up_agencies", _("UP plan, target of a year: agencies")
    UP_PRODUCTS = "up_products", _("UP plan, target of a year: products")
    UP_CREATORS = "up_creators", _("UP plan, target of a year: creators")
    UP_TOP_CREATORS = "up_top_creators", _("UP plan, target of a year: top creators")


YEAR_TARGETS = (
    *(DatedKind.YEAR_FAIRS, DatedKind.YEAR_SESSIONS, DatedKind.YEAR_CATEGORIES),
    *(DatedKind.YEAR_BRANDS, DatedKind.YEAR_AGENCIES, DatedKind.YEAR_CREATORS),
    *(DatedKind.YEAR_LIVE, DatedKind.YEAR_OFFLINE, DatedKind.YEAR_MEETUPS, DatedKind.YEAR_OPEN),
    *(DatedKind.UP_MERCHANTS, DatedKind.UP_NEW_BRANDS, DatedKind.UP_PROVIDERS),
    *(DatedKind.UP_AGENCIES, DatedKind.UP_PRODUCTS),
    *(DatedKind.UP_CREATORS, DatedKind.UP_TOP_CREATORS),
)
UNITS: dict[DatedKind, Unit] = {
    DatedKind.COMMISSION_MOST: Unit.SHARE,
    DatedKind.RECRUITING_MOST: Unit.SHARE,
    DatedKind.TOGETHER_MOST: Unit.SHARE,
    DatedKind.LIVE_CART: Unit.FLAG,
    DatedKind.LIVE_BY_ORDER: Unit.FLAG,
    DatedKind.PROPOSALS_SENT: Unit.COUNT,
    DatedKind.PROPOSALS_TAKEN: Unit.COUNT,
    DatedKind.BRAND_M: Unit.FEN,
    DatedKind.BRAND_L: Unit.FEN,
    DatedKind.ADVICE_MONTHLY: Unit.COUNT,
    DatedKind.ADVICE_CANCEL: Unit.COUNT,
    DatedKind.UP_SALES: Unit.FEN,
    DatedKind.UP_CREATOR: Unit.FEN,
    DatedKind.UP_TOP_CREATOR: Unit.FEN,
    DatedKind.NEW_BRAND_MONTHS: Unit.COUNT,
    **dict.fromkeys(YEAR_TARGETS, Unit.COUNT),
}


class DatedStatus(models.TextChoices):
    PROPOSED = "proposed", _("Waiting for the second person")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


DATED_TRANSITIONS: dict[str, frozenset[str]] = {
    DatedStatus.PROPOSED: frozenset({DatedStatus.APPROVED, DatedStatus.REFUSED}),
    DatedStatus.APPROVED: frozenset(),
    DatedStatus.REFUSED: frozenset(),
}
