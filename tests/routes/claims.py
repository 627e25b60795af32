"""Profiles nobody speaks for, and the people who claim them."""

from __future__ import annotations

from portal.parties import services
from portal.parties.states import PartyKind
from tests import factories
from tests.routes import Arranged, Cast

OWN = "visitor 302, stranger {0}, * 404"
OWN_API = "visitor 401, stranger {0}, * 404"
PAGES = {
    "GET party_claim": "visitor 302, * 200",
    "POST party_claim": "* 302",
    "GET claim_detail": OWN.format(200),
    "POST claim_answer": OWN.format(409),  # nothing is asked
    "POST claim_withdrawal": OWN.format(302),
    "POST claim_phone": OWN.format(302),
    "POST claim_phone_proof": OWN.format(200),  # none was sent
}
DECIDERS_API = (
    "visitor 401, operator {0}, reviewer {0}, regional operator {0}, administrator {0}, * 403"
)
API = {
    "GET api-claims": "visitor 401, * 200",
    "POST api-claims": "visitor 401, * 201",
    "GET api-claim": OWN_API.format(200),
    "POST api-claim-answer": OWN_API.format(409),
    "POST api-claim-withdrawal": OWN_API.format(200),
    "POST api-claim-phone": OWN_API.format(200),
    "POST api-claim-phone-proof": OWN_API.format(409),
    "GET api-waiting-claims": DECIDERS_API.format(200),
    "GET api-waiting-claim": DECIDERS_API.format(200),
    "POST api-claim-acceptance": DECIDERS_API.format(200),
    "POST api-claim-question": DECIDERS_API.format(200),
    "POST api-claim-refusal": DECIDERS_API.format(200),
}
DECIDERS = "operator {0}, reviewer {0}, regional operator {0}, administrator {0}, staff 403, * 302"
ADMIN = {
    "GET admin:parties_claim_decision": DECIDERS.format(200),
    "POST admin:parties_claim_decision": DECIDERS.format(302),
}
SEEN_IN_ADMIN = {"parties_claim": ("operator", "reviewer", "regional operator", "auditor")}
WORDS = "我是这家公司的运营负责人，可以核对。"


def arrange(cast: Cast) -> Arranged:
    mine = factories.unclaimed_party(PartyKind.AGENCY, "远山")
    free = factories.unclaimed_party(PartyKind.AGENCY, "近水")
    claim = services.claim_party(cast.stranger.actor, party=mine, text=WORDS)
    names = {key.split()[1] for key in {**PAGES, **API}} - {"api-claims", "api-waiting-claims"}
    return Arranged(
        kwargs={name: {"pk": claim.pk} for name in names}
        | {"party_claim": {"pk": free.pk}, "admin:parties_claim_decision": {"pk": claim.pk}},
        bodies={
            "POST party_claim": {"text": WORDS},
            "POST claim_answer": {"text": WORDS},
            "POST claim_phone_proof": {"code": "123456"},
            "POST api-claims": {"party": free.pk, "text": WORDS},
            "POST api-claim-answer": {"text": WORDS},
            "POST api-claim-phone-proof": {"code": "123456"},
            "POST api-claim-question": {"text": WORDS},
            "POST api-claim-refusal": {"text": WORDS},
            "POST admin:parties_claim_decision": {"decision": "accept"},
        },
        rows={"parties_claim": claim},
    )
