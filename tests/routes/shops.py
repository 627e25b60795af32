"""What merchants and agencies say of themselves."""

from __future__ import annotations

from portal.parties import services
from portal.parties.fields import AgencyFields, MerchantFields
from tests.routes import Arranged, Cast

PAGES = {
    "GET profile_edit": "visitor 302, owner 200, member 403, * 404",
    "POST profile_edit": "visitor 302, owner 302, member 403, * 404",
}
API = {
    "GET api-directory-profile": "* 200",
    "GET api-merchant-profile": "visitor 401, owner 200, member 200, * 404",
    "PUT api-merchant-profile": "visitor 401, owner 200, member 403, * 404",
    "GET api-agency-profile": "visitor 401, agency 200, * 404",
    "PUT api-agency-profile": "visitor 401, agency 200, * 404",
}


def arrange(cast: Cast) -> Arranged:
    shop, house = cast.owner.party, cast.agency.party
    assert shop is not None
    assert house is not None
    fields = MerchantFields(shop_tier="company", ship_hours=48)
    services.describe_merchant(cast.owner.actor, party=shop, fields=fields)
    services.describe_agency(cast.agency.actor, party=house, fields=AgencyFields())
    body = {"shop_tier": "flagship", "ship_hours": 24, "returns_days": 7}
    return Arranged(
        kwargs={
            "profile_edit": {"pk": shop.pk},
            "api-directory-profile": {"directory": "merchants", "pk": shop.pk},
            "api-merchant-profile": {"pk": shop.pk},
            "api-agency-profile": {"pk": house.pk},
        },
        bodies={
            "POST profile_edit": body,
            "PUT api-merchant-profile": body,
            "PUT api-agency-profile": {"founded_in": 2018},
        },
    )
