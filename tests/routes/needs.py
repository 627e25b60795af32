"""What joined needs after their first loop."""

from __future__ import annotations

from datetime import timedelta

from matchmaking.needs import services
from matchmaking.needs.models import Exposure, Need
from portal.core import clock
from tests import factories
from tests.routes import Arranged, Cast

WATCHING = "visitor 302, operator 200, risk 200, auditor 200, administrator 200, * 403"

PAGES = {
    "GET exposure_detail": WATCHING,
    "POST need_extension": "visitor 302, owner 302, member 403, * 404",
    "POST need_reopening": "visitor 302, owner 302, member 403, * 404",
}

API = {
    "GET api-exposure-list": WATCHING.replace("302", "401"),
    "POST api-need-extension": "visitor 401, owner 200, * 403",
    "POST api-need-reopening": "visitor 401, owner 200, member 403, * 404",
}

DAYS = ("need_extension", "need_reopening", "api-need-extension", "api-need-reopening")
SEEN_IN_ADMIN = {
    "needs_exposure": ("operator", "risk", "auditor"),
}


def arrange(cast: Cast) -> Arranged:
    need = Need.objects.filter(merchant=cast.owner.party).first()
    need = need or factories.open_need(cast.owner.actor)
    exposure = Exposure.objects.create(
        need=need,
        provider=cast.provider.party,
        place=1,
        is_newcomer_place=False,
        day=clock.today(),
        viewer=cast.owner.party,
    )
    cancelled = services.cancel_need(cast.owner.actor, need=factories.open_need(cast.owner.actor))
    days = {
        "closes_on": str(need.closes_on + timedelta(days=1)),
        "starts_on": str(need.starts_on),
    }
    return Arranged(
        kwargs={
            "need_extension": {"pk": need.pk},
            "api-need-extension": {"pk": need.pk},
            "need_reopening": {"pk": cancelled.pk},
            "api-need-reopening": {"pk": cancelled.pk},
        },
        bodies={f"POST {name}": days for name in DAYS},
        rows={"needs_exposure": exposure},
    )
