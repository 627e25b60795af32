"""Terms to start from: what papers of each kind usually say. Nothing of it holds until two sides
accept it; rates are theirs to change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.revenue.models import Feed
from portal.revenue.states import PaperRole

Parts = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class PaperTemplate:
    code: str
    title: str | Promise
    role: str
    components: Parts
    period_components: Parts = field(default_factory=tuple)
    invoice_components: Parts = field(default_factory=tuple)


def _ladder(*bands: tuple[int | None, int]) -> dict[str, Any]:
    read = [{"up_to_fen": top, "rate_bp": rate} for top, rate in bands]
    return {"mode": "marginal", "bands": read}


PAPER_TEMPLATES = (
    PaperTemplate(
        "commission",
        _("Commission, less the technical fee"),
        PaperRole.COMMISSION,
        [
            {
                "code": "佣金",
                "rate_bp": 2000,
                "party": "payee",
                "components": [{"code": "技术服务费", "rate_bp": 1000, "party": "platform"}],
            }
        ],
    ),
    PaperTemplate(
        "agency-share",
        _("30 : 70 between agency and creator"),
        PaperRole.AGENCY_SHARE,
        [{"code": "机构分成", "rate_bp": 10_000, "divide": {"payee": 30, "payer": 70}}],
    ),
    PaperTemplate(
        "provider-share",
        _("A share of every order"),
        PaperRole.PROVIDER_FEE,
        [{"code": "服务费", "rate_bp": 400, "party": "payee"}],
    ),
    PaperTemplate(
        "provider-ladder",
        _("A monthly ladder with a guarantee"),
        PaperRole.PROVIDER_FEE,
        [],
        [
            {
                "code": "月度分成",
                "party": "payee",
                "of": "net_gmv",
                "ladder": _ladder((50_000_000, 300), (None, 400)),
                "guarantee": {"fen": 2_000_000, "mode": "max"},
            }
        ],
    ),
    PaperTemplate(
        "pit-fee",
        _("Commission, and a pit fee with a refund ladder"),
        PaperRole.COMMISSION,
        [{"code": "佣金", "rate_bp": 2000, "party": "payee"}],
        (),
        [
            {
                "code": "坑位费",
                "kind": "pit_fee",
                "party": "payee",
                "amount_fen": 2_000_000,
                "due": {"when": "start", "days": 3},
                "refund": {
                    "of": "net_gmv",
                    "target_fen": 20_000_000,
                    "days": 30,
                    "bands": [
                        {"from_bp": 0, "refund_bp": 10_000},
                        {"from_bp": 5000, "refund_bp": 5000},
                        {"from_bp": 10_000, "refund_bp": 0},
                    ],
                },
            }
        ],
    ),
    PaperTemplate(
        "provider-retainer",
        _("A monthly retainer and a share"),
        PaperRole.PROVIDER_FEE,
        [{"code": "服务费", "rate_bp": 200, "party": "payee"}],
        (),
        [
            {
                "code": "月度服务费",
                "kind": "retainer",
                "party": "payee",
                "amount_fen": 1_500_000,
                "due": {"when": "month", "days": 5},
            },
            {
                "code": "提前终止费",
                "kind": "kill_fee",
                "party": "payee",
                "amount_fen": 3_000_000,
                "due": {"when": "call", "days": 10},
            },
        ],
    ),
    PaperTemplate(
        "recruiting-fee",
        _("A recruiting leader's service fee"),
        PaperRole.RECRUITING_FEE,
        [{"code": "招商服务费", "rate_bp": 500, "party": "payee"}],
    ),
)


def template_of(code: str) -> PaperTemplate | None:
    return next((one for one in PAPER_TEMPLATES if one.code == code), None)


def load_feeds(actor: Actor) -> int:
    """The feed every platform begins with. How many were missing."""
    _feed, is_new = Feed.objects.get_or_create(code="douyin", defaults={"name": "抖音电商"})
    return int(is_new)
