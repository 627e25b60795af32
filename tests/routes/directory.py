"""Shortlists and saved searches."""

from __future__ import annotations

from typing import Any

from portal.directory import services
from portal.parties.states import PartyKind
from tests import factories
from tests.conftest import person_of
from tests.routes import Arranged, Cast

SIGNED_IN = "visitor 302, * 200"
OWN_PAGE = "visitor 302, owner 200, * 404"
OWN_STEP = "visitor 302, owner 302, * 404"
OWN_API = "visitor 401, owner 200, * 404"
PARTIES = "owner {0}, member {0}, rival {0}, agency {0}, creator {0}"

PAGES = {
    "POST shortlist_note": "visitor 302, owner 302, member 302, * 404",
    "GET search_list": SIGNED_IN,
    "POST search_list": SIGNED_IN,  # an address without a directory saves nothing
    "POST search_silence": "* 302",
    "GET search_detail": OWN_PAGE,
    "POST search_look": OWN_STEP,
    "POST search_notices": OWN_STEP,
    "POST search_deletion": OWN_STEP,
}

API = {
    "GET api-shortlist-list": "visitor 401, * 200",
    "POST api-shortlist-list": f"visitor 401, {PARTIES.format(201)}, provider 409, * 403",
    "GET api-shortlist-detail": "visitor 401, owner 200, member 200, * 404",
    "PUT api-shortlist-detail": "visitor 401, owner 200, member 200, * 404",
    "DELETE api-shortlist-detail": "visitor 401, owner 200, member 200, * 404",
    "GET api-search-list": "visitor 401, * 200",
    "POST api-search-list": f"visitor 401, {PARTIES.format(201)}, provider 201, * 403",
    "GET api-search-detail": OWN_API,
    "DELETE api-search-detail": OWN_API,
    "GET api-search-newcomers": OWN_API,
    "POST api-search-look": OWN_API,
    "POST api-search-notices": OWN_API,
}


def arrange(cast: Cast) -> Arranged:
    kept = person_of(factories.listed_party(PartyKind.PROVIDER, "被收藏的服务商")).party
    services.add_shortlist_entry(cast.owner.actor, party=kept)
    search = services.save_search(
        cast.owner.actor, kind="provider", name="杭州直播", data={"city": ["hangzhou"]}
    )
    about: dict[str, Any] = {"pk": search.pk}
    return Arranged(
        kwargs={
            "shortlist_note": {"pk": kept.pk},
            "api-shortlist-detail": {"party": kept.pk},
            **{f"search_{page}": about for page in ("detail", "look", "notices", "deletion")},
            **{f"api-search-{part}": about for part in ("detail", "newcomers", "look", "notices")},
        },
        bodies={
            "POST shortlist_note": {"note": "有案例"},
            "POST search_notices": {"told": "0"},
            "POST api-shortlist-list": {"party": cast.provider.party.pk, "note": "有案例"},
            "PUT api-shortlist-detail": {"note": "有案例"},
            "POST api-search-list": {
                "directory": "providers",
                "name": "食品",
                "filters": {"category": ["food"]},
            },
            "POST api-search-notices": {"is_told": False},
        },
    )
