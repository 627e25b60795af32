"""The confidential part is the merchant's to write and the shortlist's to read; opinions are the
merchant's people's."""

from matchmaking.choosing import services
from matchmaking.choosing.models import Disclosure
from matchmaking.needs.services import shortlist_proposal
from tests import factories
from tests.routes import Arranged, Cast

MERCHANTS = "visitor 302, owner 200, member 200, provider 403, * 404"
PAGES = {
    "GET need_comparison": "visitor 302, owner 200, member 200, * 404",
    "GET need_confidential": "visitor 302, owner 200, member 403, * 404",
    "POST need_confidential": "visitor 302, owner 200, member 403, * 404",  # empty
    "POST proposal_confidential": "visitor 302, owner 403, member 403, provider 302, * 404",
    "GET proposal_opinion": MERCHANTS,
    "POST proposal_opinion": MERCHANTS,  # empty
}
API = {
    "GET api-need-comparison": "visitor 401, owner 200, member 200, * 404",
    "GET api-opinion-list": "visitor 401, owner 200, member 200, provider 403, * 404",
    "POST api-opinion-list": "visitor 401, owner 201, member 201, provider 403, * 404",
    "GET api-confidential": "visitor 401, owner 403, member 403, provider 422, * 404",
    "POST api-confidential": "visitor 401, owner 403, member 403, provider 201, * 404",
}
ADMIN: dict[str, str] = {}
NEEDS = ("need_confidential", "need_comparison", "api-need-comparison")
SEEN_IN_ADMIN = {"choosing_disclosure": ("operator", "risk", "auditor")}


def arrange(cast: Cast) -> Arranged:
    merchant, provider = cast.owner.actor, cast.provider.actor
    need = factories.open_need(merchant)
    services.write_confidential(merchant, need=need, text="毛利率百分之三十八。")
    proposal = factories.submitted_proposal(provider, need)
    shortlist_proposal(merchant, proposal=proposal)
    other = factories.open_need(merchant)
    services.write_confidential(merchant, need=other, text="备货三万份。")
    opened = factories.submitted_proposal(provider, other)
    shortlist_proposal(merchant, proposal=opened)
    services.open_confidential(provider, proposal=opened)
    about = {"pk": proposal.pk}
    names = ("proposal_confidential", "proposal_opinion", "api-opinion-list", "api-confidential")
    return Arranged(
        kwargs=dict.fromkeys(names, about) | {key: {"pk": need.pk} for key in NEEDS},
        bodies={"POST api-opinion-list": {"plan": 5, "price": 4, "team": 3}},
        rows={"choosing_disclosure": Disclosure.objects.latest("pk")},
    )
