"""What joined needs after their first loop."""

from __future__ import annotations

from matchmaking.needs.models import Exposure, Need
from portal.core import clock
from tests import factories
from tests.routes import Arranged, Cast

WATCHING = "visitor 302, operator 200, risk 200, auditor 200, administrator 200, * 403"

PAGES = {
    "GET exposure_detail": WATCHING,
}

API = {
    "GET api-exposure-list": WATCHING.replace("302", "401"),
}

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
    return Arranged(rows={"needs_exposure": exposure})
