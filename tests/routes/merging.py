"""Making one party of two."""

from __future__ import annotations

from portal.parties.states import PartyKind
from tests import factories
from tests.routes import Arranged, Cast

MERGERS = "operator {0}, administrator {0}, staff 403, * 302"
ADMIN = {
    "GET admin:parties_party_merge": MERGERS.format(200),
    "POST admin:parties_party_merge": MERGERS.format(200),  # nobody was chosen
}


def arrange(cast: Cast) -> Arranged:
    party = factories.unclaimed_party(PartyKind.AGENCY, "远山")
    return Arranged(kwargs={"admin:parties_party_merge": {"pk": party.pk}})
