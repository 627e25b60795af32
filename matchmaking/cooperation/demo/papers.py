"""What the two sides of a cooperation signed about money: the paper its orders are split by."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Mod

from matchmaking.cooperation.models import Cooperation
from portal.core import clock, outbox
from portal.core.verdict import Refused
from portal.parties.demo import World, acting
from portal.parties.states import PartyKind
from portal.revenue import services
from portal.revenue.fields import SubjectFields, TermsFields
from portal.revenue.states import PaperRole

ROLES = {
    PartyKind.PROVIDER: (PaperRole.PROVIDER_FEE, "服务费"),
    PartyKind.CREATOR: (PaperRole.COMMISSION, "佣金"),
    PartyKind.AGENCY: (PaperRole.COMMISSION, "佣金"),
}


def sharing(part: int, of: int) -> QuerySet[Cooperation]:
    """Those of one part that live from their turnover."""
    rows = Cooperation.objects.filter(Q(share_bp__gt=0) & ~Q(status="accepted"))
    mine = rows.annotate(part=Mod(F("pk"), of)).filter(part=part)
    return mine.select_related("merchant", "provider").order_by("pk")


def make_papers(_world: World, *, part: int, of: int) -> None:
    """Proposed by the merchant and accepted by the other side on the day they agreed."""
    with outbox.born_delivered():
        for cooperation in sharing(part, of):
            with clock.standing_at(cooperation.agreed_at), suppress(Refused):
                _sign(cooperation)


def _sign(cooperation: Cooperation) -> None:
    """Refused where the two have a paper of these days already: it holds on."""
    role, code = ROLES[PartyKind(cooperation.provider.kind)]
    first = max(cooperation.starts_on, clock.today() + timedelta(days=1))
    terms = TermsFields(first, cooperation.ends_on, **_price(cooperation, code))
    subject = SubjectFields(cooperation.provider_id, we_pay=True, role=role)
    buyer, seller = acting(cooperation.merchant), acting(cooperation.provider)
    version = services.propose_agreement(buyer, subject=subject, terms=terms)
    services.accept_version(seller, version=version)


def _price(cooperation: Cooperation, code: str) -> dict[str, Any]:
    """A share of every order; once a month where the fee is a guarantee."""
    part: dict[str, Any] = {"code": code, "rate_bp": cooperation.share_bp, "party": "payee"}
    if not cooperation.is_guarantee:
        return {"components": [part]}
    guarantee = {"fen": cooperation.monthly_fee_fen, "mode": "max"}
    monthly = part | {"of": "net_gmv", "guarantee": guarantee}
    return {"components": [], "period_components": [monthly]}
