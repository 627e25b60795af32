"""Products of a merchant and daily facts of products, by file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue import rules, services
from matchmaking.catalogue.fields import DayFields, ProductFields
from matchmaking.catalogue.models import Product
from matchmaking.catalogue.services import ToldProduct, read_judge
from matchmaking.catalogue.states import Channel
from portal.core import clock
from portal.core.actor import Actor
from portal.core.forms import MAX_FEN
from portal.core.imports import Column, ImportKind, Row, Values, register_import
from portal.core.imports.parsers import day, fen, one_of, text, whole, yes_no
from portal.core.verdict import Flaw
from portal.parties.models import Belt, Category
from portal.policies.states import ProductSource

COLUMNS_OF = {"category_id": "category", "price_fen": "price", "commission_bp": "commission"}
COLUMNS_OF |= {"belt_ids": "belts"}


def share(cell: str) -> int:
    """Basis points of a percentage with at most two decimals: 20, 20%, 12.5."""
    whole_part, _point, rest = cell.removesuffix("%").removesuffix("％").strip().partition(".")
    if not whole_part.isdecimal() or (rest and not rest.isdecimal()) or len(rest) > 2:
        raise ValueError(str(_("Enter a percentage, such as 20 or 12.5.")))
    if len(whole_part) > 3:
        raise ValueError(str(_("Enter a percentage from 0 to 100.")))
    return int(whole_part) * 100 + int((rest or "0").ljust(2, "0"))


def price(cell: str) -> int:
    amount = fen(cell)
    if not 0 < amount <= MAX_FEN:
        raise ValueError(str(_("Enter an amount above ¥0.")))
    return amount


def _categories() -> Mapping[str, int]:
    return _named(Category)


def _named(model: Any) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for row in model.objects.all():
        found |= {row.code: row.pk, row.name_zh: row.pk, row.name_en: row.pk}
    return found


def _choices(choices: Any) -> Mapping[str, str]:
    return {word: one.value for one in choices for word in (one.value, str(one.label))}


def belts(cell: str) -> list[int]:
    known = _named(Belt)
    words = [word for word in cell.replace("、", ",").replace("，", ",").split(",") if word.strip()]
    unknown = next((word for word in words if word.strip() not in known), None)
    if unknown is not None:
        sentence = _("There is no industry belt “%(name)s”.")
        raise ValueError(str(sentence) % {"name": unknown.strip()[:40]})
    return [known[word.strip()] for word in words]


COLUMNS = [
    Column("name", _("Name"), required=True, parse=text(60)),
    Column("category", _("Category"), required=True, parse=one_of(_categories, _("Categories"))),
    Column("price", _("Price"), required=True, parse=price, help=_("In yuan, such as 59.90.")),
    Column(
        "commission", _("Commission"), required=True, parse=share, help=_("In percent, such as 20.")
    ),
    Column("stock", _("Stock"), parse=whole(0, 99_999_999)),
    Column(
        "upstream_id",
        _("Number in the order file"),
        required=True,
        parse=text(60),
        help=_("A product you have is changed where its cells say something; others are new."),
    ),
    Column(
        "source",
        _("Product source"),
        parse=one_of(lambda: _choices(ProductSource), _("Product sources")),
        help=_("Empty: the shop on Douyin."),
    ),
    Column(
        "channel",
        _("Merchant's channel"),
        parse=one_of(lambda: _choices(Channel), _("Channels")),
        help=_("Empty: own brand."),
    ),
    Column("belts", _("Industry belts"), parse=belts, help=_("With commas between them.")),
    Column("intro", _("What speaks for it"), parse=text(600)),
    Column("link", _("Page of the product"), parse=text(300)),
    Column("sends_samples", _("Samples"), parse=yes_no, help=_("Yes or no.")),
    Column(
        "is_listed",
        _("Into the pool"),
        parse=yes_no,
        help=_("Yes: it is offered at once. No or empty: a draft."),
    ),
]


MAY_BE_EMPTY = {  # field → its column
    **{name: name for name in ("stock", "source", "channel", "intro", "link", "sends_samples")},
    "belt_ids": "belts",
}


def check_products(actor: Actor, rows: Sequence[Row]) -> Iterator[tuple[int, Flaw]]:
    judge = read_judge()
    for row in rows:
        for flaw in judge.flaws_of(_fields(row.values)):
            yield row.line, Flaw(COLUMNS_OF.get(flaw.field, flaw.field), flaw.sentence)


def apply_products(actor: Actor, rows: Sequence[Values]) -> int:
    told = [ToldProduct(_fields(row), bool(row["is_listed"]), _silent(row)) for row in rows]
    return services.put_products(actor, told=told)


def _silent(values: Values) -> frozenset[str]:
    """The fields whose cell is empty, or whose column the file does not have."""
    return frozenset(field for field, column in MAY_BE_EMPTY.items() if values[column] is None)


def _fields(values: Values) -> ProductFields:
    return ProductFields(
        name=values["name"],
        category_id=values["category"],
        price_fen=values["price"],
        commission_bp=values["commission"],
        stock=values["stock"] or 0,
        source=values["source"] or ProductSource.SHOP,
        channel=values["channel"] or Channel.BRAND,
        upstream_id=values["upstream_id"],
        intro=values["intro"] or "",
        link=values["link"] or "",
        belt_ids=values["belts"] or (),
        sends_samples=bool(values["sends_samples"]),
    )


DAY_COLUMNS = [
    Column("product", _("Number in the order file"), required=True, parse=text(60)),
    Column("merchant", _("Number of the merchant"), required=True, parse=whole(1, 2**62)),
    Column("day", _("Day"), required=True, parse=day, help=_("Such as 2026-05-31.")),
    Column("delivered", _("Delivered orders"), required=True, parse=whole(0)),
    Column("good_reviews", _("Good reviews"), parse=whole(0)),
    Column("bad_reviews", _("Bad reviews"), parse=whole(0)),
    Column("quality_returns", _("Returned for quality"), parse=whole(0)),
    Column("late", _("Delivered late"), parse=whole(0)),
    Column("complaints", _("Complaints about service"), parse=whole(0)),
]


def check_days(actor: Actor, rows: Sequence[Row]) -> Iterator[tuple[int, Flaw]]:
    known, today = _products([row.values for row in rows]), clock.today()
    for row in rows:
        key = known.get((row.values["merchant"], row.values["product"]))
        if key is None:
            yield row.line, Flaw("product", _("No product of this merchant has this number."))
            continue
        for flaw in rules.flaws_of_day(_day(row.values, key), today):
            yield row.line, flaw


def apply_days(actor: Actor, rows: Sequence[Values]) -> int:
    known = _products(rows)
    days = [
        _day(row, key)
        for row in rows
        if (key := known.get((row["merchant"], row["product"]))) is not None
    ]
    return services.record_days(actor, days=days)


def _products(rows: Sequence[Values]) -> Mapping[tuple[int, str], int]:
    found = Product.objects.filter(
        merchant__in={row["merchant"] for row in rows},
        upstream_id__in={row["product"] for row in rows},
    )
    return {
        (merchant, number): key
        for merchant, number, key in found.values_list("merchant", "upstream_id", "pk")
    }


def _day(values: Values, product_id: int) -> DayFields:
    counts = {name: values[name] or 0 for name in rules.COUNTS}
    return DayFields(product_id=product_id, day=values["day"], **counts)


PRODUCTS = register_import(
    ImportKind(
        name="catalogue.products",
        title=_("Our products"),
        about=_(
            "A list of products with prices and commissions; nothing is written before you"
            " have seen what is wrong with which row."
        ),
        columns=COLUMNS,
        may=rules.can_create_product,
        check=check_products,
        apply=apply_products,
        key=("upstream_id",),
        examples=[
            {
                "name": "冷榨亚麻籽油 500ml",
                "category": "食品饮料",
                "price": "59.90",
                "commission": "20",
                "stock": 3000,
                "upstream_id": "3500128846120",
                "source": "shop",
                "channel": "brand",
                "sends_samples": _("yes"),
                "is_listed": _("yes"),
            }
        ],
    )
)
DAYS = register_import(
    ImportKind(
        name="catalogue.days",
        title=_("Daily facts of products"),
        about=_("From a file of the platform: deliveries, reviews, returns and complaints."),
        columns=DAY_COLUMNS,
        may=rules.can_feed_products,
        check=check_days,
        apply=apply_days,
        key=("merchant", "product", "day"),
        at_once=2_000,
        examples=[
            {
                "product": "3500128846120",
                "merchant": 1024,
                "day": "2026-05-31",
                "delivered": 86,
                "good_reviews": 31,
                "bad_reviews": 1,
                "quality_returns": 1,
                "late": 3,
                "complaints": 0,
            }
        ],
    )
)
