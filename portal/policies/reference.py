"""The first version of every document, loaded with the reference data; the operator's to change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.policies import services
from portal.policies.fields import DraftFields
from portal.policies.models import CartRule, DatedRule, FeeRate, Version
from portal.policies.states import (
    DatedKind,
    DatedStatus,
    DocumentKind,
    FeeKind,
    ProductSource,
)

FOLDER = Path(__file__).parent / "texts"


@transaction.atomic
def load_documents(actor: Actor) -> int:
    """Publish the documents that have no version yet. Returns how many were missing."""
    known = set(Version.objects.values_list("kind", flat=True))
    missing = [kind for kind in DocumentKind if kind.value not in known]
    for kind in missing:
        fields = DraftFields(text_zh=_text(kind, "zh"), text_en=_text(kind, "en"))
        services.save_draft(actor, kind=kind, fields=fields)
        services.publish_version(actor, kind=kind, effective_from=clock.now())
    return len(missing)


CART_RULES: tuple[dict[str, Any], ...] = (  # the programme's announcements
    {
        "starts_on": date(2018, 12, 1),
        "least_videos": 11,
        "least_followers": 8_000,
        "source": "2018-12 公告：自主申请购物车权限",
    },
    {
        "starts_on": date(2020, 5, 1),
        "least_videos": 11,
        "source": "2020-05 公告：取消粉丝门槛",
    },
    {
        "starts_on": date(2020, 10, 20),
        "least_videos": 11,
        "deposit_fen": 50_000,
        "source": "2020-10-20 公告：作者保证金",
    },
)
CHECKED_ON = date(2021, 12, 31)


def load_cart_rules() -> int:
    """Add the announced rules where there is none of that day. Returns how many were missing."""
    known = set(CartRule.objects.values_list("starts_on", flat=True))
    missing = [row for row in CART_RULES if row["starts_on"] not in known]
    CartRule.objects.bulk_create(CartRule(**row, checked_on=CHECKED_ON) for row in missing)
    return len(missing)


CEILINGS = {  # basis points of an order
    DatedKind.RECRUITING_MOST: 4_000,
    DatedKind.COMMISSION_MOST: 5_000,
    DatedKind.TOGETHER_MOST: 9_000,
}
QUOTAS = {  # so that nobody is flooded
    DatedKind.PROPOSALS_SENT: 20,
    DatedKind.PROPOSALS_TAKEN: 50,
}
ADVICE = {  # so that everybody gets an hour, and a freed one finds somebody
    DatedKind.ADVICE_MONTHLY: 2,
    DatedKind.ADVICE_CANCEL: 24,
}
SIZES = {  # fen of settled net sales
    DatedKind.BRAND_M: 1_000_000_000,
    DatedKind.BRAND_L: 10_000_000_000,
}
TARGETS = {  # what the programme announced for a year
    DatedKind.YEAR_FAIRS: 100,
    DatedKind.YEAR_SESSIONS: 12,
    DatedKind.YEAR_CATEGORIES: 14,
    DatedKind.YEAR_BRANDS: 6_000,
    DatedKind.YEAR_AGENCIES: 3_000,
    DatedKind.YEAR_CREATORS: 10_000,
    DatedKind.YEAR_LIVE: 20,
    DatedKind.YEAR_OFFLINE: 15,
    DatedKind.YEAR_MEETUPS: 12,
    DatedKind.YEAR_OPEN: 40,
    DatedKind.UP_SALES: 10_000_000_000,
    DatedKind.UP_CREATOR: 10_000_000,
    DatedKind.UP_TOP_CREATOR: 1_000_000_000,
    DatedKind.NEW_BRAND_MONTHS: 24,
    DatedKind.UP_MERCHANTS: 1_000,
    DatedKind.UP_NEW_BRANDS: 100,
    DatedKind.UP_PROVIDERS: 100,
    DatedKind.UP_AGENCIES: 100,
    DatedKind.UP_PRODUCTS: 100,
    DatedKind.UP_CREATORS: 100_000,
    DatedKind.UP_TOP_CREATORS: 10_000,
}
TARGETS_SOURCE = "2018–2021 公告：抖Link 选品会与服务商培训年度目标、电商合作伙伴 UP 计划"
CEILINGS_FROM = date(2016, 1, 1)
CEILINGS_SOURCE = "系统初始规则：开通前即适用，请运营核对平台公告后更新"


def load_ceilings() -> int:
    """Add a ceiling, a quota, a size or a target where there is none of its kind. Returns how many
    were missing."""
    known = set(DatedRule.objects.values_list("kind", flat=True))
    most = CEILINGS | QUOTAS | ADVICE | SIZES | TARGETS
    rows = [
        _held(kind, value, CEILINGS_FROM, TARGETS_SOURCE if kind in TARGETS else CEILINGS_SOURCE)
        for kind, value in most.items()
        if kind.value not in known
    ]
    DatedRule.objects.bulk_create(rows)
    return len(rows)


THIRD_PARTY = tuple(source for source in ProductSource if source != ProductSource.SHOP)
BY_ORDER_FROM, SHUT_FROM = date(2020, 9, 6), date(2020, 10, 9)
BY_ORDER_SOURCE = "2020-09-06 公告：第三方来源商品直播间仅可通过星图任务推广"
SHUT_SOURCE = "2020-10-09 公告：第三方来源商品不再支持进入直播间购物车"


def load_live_rules() -> int:
    """Where goods of which source may be shown in live rooms, as it was announced; where no rule of
    the kind is there. Returns how many were missing."""
    known = set(DatedRule.objects.values_list("kind", flat=True))
    rows = [row for row in _live_rules() if row.kind not in known]
    DatedRule.objects.bulk_create(rows)
    return len(rows)


def _live_rules() -> Iterator[DatedRule]:
    yield _held(DatedKind.LIVE_CART, 1, CEILINGS_FROM, CEILINGS_SOURCE)
    yield _held(DatedKind.LIVE_BY_ORDER, 0, CEILINGS_FROM, CEILINGS_SOURCE)
    for source in THIRD_PARTY:
        yield _held(DatedKind.LIVE_BY_ORDER, 1, BY_ORDER_FROM, BY_ORDER_SOURCE, source)
        yield _held(DatedKind.LIVE_CART, 0, SHUT_FROM, SHUT_SOURCE, source)


def _held(kind: DatedKind, value: int, since: date, said: str, source: str = "") -> DatedRule:
    """History: it held before operators wrote such things down here."""
    return DatedRule(
        kind=kind,
        product_source=source,
        value=value,
        starts_on=since,
        source=said,
        checked_on=CHECKED_ON,
        status=DatedStatus.APPROVED,
        proposed_at=clock.now(),
        decided_at=clock.now(),
    )


FEE_CHANGE = date(2020, 9, 6)
RELIEVED = ("apparel", "shoes-bags", "beauty", "furniture", "appliances")


def load_fees(categories: Mapping[str, int]) -> int:
    """Add the announced rates where there is none at all; later ones are the operators' own.
    `categories`: keys by code. Returns how many were missing."""
    if FeeRate.objects.exists():
        return 0
    rates = [*_shares(), *_reliefs(categories)]
    FeeRate.objects.bulk_create(rates)
    return len(rates)


def _shares() -> Iterator[FeeRate]:
    announced = "2020-09-06 公告：第三方来源 20%，小店 5%"
    for source in ProductSource:
        yield FeeRate(
            fee=FeeKind.PLATFORM,
            product_source=source,
            rate_bp=500 if source == ProductSource.SHOP else 2000,
            starts_on=FEE_CHANGE,
            source=announced,
            checked_on=CHECKED_ON,
        )


def _reliefs(categories: Mapping[str, int]) -> Iterator[FeeRate]:
    for code in RELIEVED:
        yield FeeRate(
            fee=FeeKind.PLATFORM,
            category_id=categories[code],
            rate_bp=0,
            is_relief=True,
            starts_on=date(2020, 5, 1),
            ends_on=FEE_CHANGE,
            source="2020-05 公告：五类商家减免",
            checked_on=CHECKED_ON,
        )


def _text(kind: DocumentKind, language: str) -> str:
    return (FOLDER / f"{kind.value}.{language}.txt").read_text(encoding="utf-8")
