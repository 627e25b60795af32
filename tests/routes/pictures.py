"""Pictures of parties."""

from __future__ import annotations

from portal.parties import services
from portal.parties.profile_states import PictureSlot
from tests import factories
from tests.routes import Arranged, Cast
from tests.routes.portfolio import written_case

WAITING = "provider 200, operator 200, reviewer 200, administrator 200, * 404"
OWN = "visitor 302, provider {0}, * 404"
PAGES = {
    "GET picture_read": WAITING,
    "GET picture_list": OWN.format(200),
    "POST picture_create": OWN.format(200),  # without a file the form comes back
    "POST picture_removal": OWN.format(302),
    "GET client_case_picture": OWN.format(200),
    "POST client_case_picture": OWN.format(200),
}
KEPT = "visitor 401, provider {0}, * 404"
API = {
    "GET api-pictures": KEPT.format(200),
    "POST api-pictures": KEPT.format(422),  # no such upload
    "DELETE api-picture": KEPT.format(200),
}


def arrange(cast: Cast) -> Arranged:
    party = cast.provider.party
    assert party is not None
    picture = services.set_picture(
        cast.provider.actor, party=party, slot=PictureSlot.LOGO, source=factories.picture()
    )
    case = written_case(cast)
    services.set_picture(
        cast.provider.actor,
        party=party,
        slot=PictureSlot.CASE,
        source=factories.picture(),
        case=case,
    )
    pk = {"pk": party.pk}
    return Arranged(
        kwargs={
            "picture_read": {"pk": picture.pk, "size": "small"},
            "picture_list": pk,
            "picture_create": pk | {"slot": "logo"},
            "picture_removal": {"pk": picture.pk},
            "client_case_picture": {"pk": case.pk},
            "api-pictures": pk,
            "api-picture": {"pk": picture.pk},
        },
        bodies={"POST api-pictures": {"slot": "logo", "file": str(case.pk)}},
    )
