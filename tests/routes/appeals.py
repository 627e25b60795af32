"""Suspensions, and appeals against refusals, suspensions and returned documents."""

from __future__ import annotations

from portal.parties import services
from portal.parties.models import Document
from tests import factories
from tests.factories import SYSTEM
from tests.routes import Arranged, Cast

PAGES = {
    "GET party_appeal_create": "visitor 302, owner 200, member 403, * 404",
    "POST party_appeal_create": "visitor 302, owner 302, member 403, * 404",
    "GET party_appeal_detail": "visitor 302, owner 200, member 403, * 404",
    "POST party_appeal_withdrawal": "visitor 302, owner 302, member 403, * 404",
}
API = {
    "GET api-party-appeals": "visitor 401, owner 200, member 403, * 404",
    "POST api-party-appeals": "visitor 401, owner 201, member 403, * 404",
    "POST api-appeal-withdrawal": "visitor 401, owner 200, member 403, * 404",
}
JUDGES = "operator {0}, reviewer {0}, regional operator {0}, administrator {0}, staff 403, * 302"
RISK = "operator {0}, risk {0}, administrator {0}, staff 403, * 302"
ADMIN = {
    "GET admin:parties_partyappeal_judge": JUDGES.format(200),
    "POST admin:parties_partyappeal_judge": JUDGES.format(302),
    "GET admin:parties_suspension_of": RISK.format(200),
    "POST admin:parties_suspension_of": RISK.format(302),
}
SEEN_IN_ADMIN = {
    "parties_suspension": ("operator", "risk", "auditor"),
    "parties_partyappeal": ("operator", "reviewer", "regional operator", "auditor"),
}


def arrange(cast: Cast) -> Arranged:
    party, other = cast.owner.party, cast.rival.party
    assert party is not None
    assert other is not None
    returned, appealed = (_returned(cast, code) for code in ("trademark", "legal-rep-id"))
    appeal = services.file_appeal(cast.owner.actor, party=party, subject=appealed, text="看得清。")
    suspension = services.suspend_party(SYSTEM, party=other, reason="投诉")
    services.lift_suspension(SYSTEM, party=other, reason="查清了")
    return Arranged(
        kwargs={
            "party_appeal_create": {"pk": party.pk, "about": "document", "key": returned.pk},
            "api-party-appeals": {"pk": party.pk},
            "api-appeal-withdrawal": {"pk": appeal.pk},
            "party_appeal_detail": {"pk": appeal.pk},
            "party_appeal_withdrawal": {"pk": appeal.pk},
            "admin:parties_partyappeal_judge": {"pk": appeal.pk},
            "admin:parties_suspension_of": {"pk": party.pk},
        },
        bodies={
            "POST party_appeal_create": {"text": "看得清。"},
            "POST api-party-appeals": {
                "about": "document",
                "document": str(returned.pk),
                "text": "看得清。",
            },
            "POST admin:parties_partyappeal_judge": {"outcome": "reversed", "reason": "对"},
            "POST admin:parties_suspension_of": {"reason": "投诉"},
        },
        rows={"parties_partyappeal": appeal, "parties_suspension": suspension},
    )


def _returned(cast: Cast, code: str) -> Document:
    assert cast.owner.party is not None
    document = factories.document(cast.owner.party, code, actor=cast.owner.actor)
    return services.return_document(SYSTEM, document=document, reason="看不清")
