"""Making one party of two."""

from __future__ import annotations

from portal.parties.states import PartyKind
from tests import factories
from tests.routes import Arranged, Cast

MERGERS = "operator {0}, administrator {0}, staff 403, * 302"
MERGERS_API = "visitor 401, operator {0}, administrator {0}, * 403"
API = {
    "GET api-doubles": MERGERS_API.format(200),
    "GET api-merge": MERGERS_API.format(404),  # nobody was named
    "POST api-merge": MERGERS_API.format(200),
}
ADMIN = {
    "GET admin:parties_party_merge": MERGERS.format(200),
    "POST admin:parties_party_merge": MERGERS.format(200),  # nobody was chosen
}


def arrange(cast: Cast) -> Arranged:
    party = factories.unclaimed_party(PartyKind.AGENCY, "远山")
    double = factories.unclaimed_party(PartyKind.AGENCY, "远山")
    of_party = {"pk": party.pk}
    return Arranged(
        kwargs={
            "admin:parties_party_merge": of_party,
            "api-doubles": of_party,
            "api-merge": of_party,
        },
        bodies={"POST api-merge": {"other": double.pk, "why": "同一家公司"}},
    )
