"""Rights for keys of others, and sandboxes: the managers' of both sides."""

from __future__ import annotations

from portal.parties import services
from portal.parties.fields import GrantFields, KeyFields
from tests.routes import Arranged, Cast

WRITES = "visitor 302, owner 302, member 403, * 404"
PAGES = {
    "POST party_grant": WRITES,
    "POST party_grant_end": WRITES,
    "POST party_sandbox": WRITES,
}
API = {
    "GET api-grants": "visitor 401, owner 200, member 403, * 404",
    "POST api-grants": "visitor 401, owner 201, member 403, * 404",
    "POST api-grant-end": "visitor 401, owner 200, member 403, * 404",
}
SEEN_IN_ADMIN = {"parties_keygrant": ("operator",)}


def arrange(cast: Cast) -> Arranged:
    fields = KeyFields("ERP", ["trade:read"], 30)
    key, _plain = services.make_key(cast.provider.actor, party=cast.provider.party, fields=fields)
    other, _other = services.make_key(cast.rival.actor, party=cast.rival.party, fields=fields)
    given = GrantFields(key.prefix, ["trade:read"], 30)
    party = cast.owner.party
    grant = services.give_grant(cast.owner.actor, party=party, fields=given)
    one = {"pk": party.pk}
    body = {"prefix": other.prefix, "scopes": ["trade:read"], "days": 30}
    return Arranged(
        kwargs={
            "party_grant": one,
            "party_sandbox": one,
            "api-grants": one,
            "party_grant_end": one | {"grant": grant.pk},
            "api-grant-end": one | {"grant": grant.pk},
        },
        bodies={"POST party_grant": body | {"key": other.prefix}, "POST api-grants": body},
        rows={"parties_keygrant": grant},
    )
