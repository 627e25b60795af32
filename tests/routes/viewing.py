"""Seeing the site as somebody else."""

from __future__ import annotations

from portal.core.actor import Actor
from portal.parties import services
from tests.routes import Arranged, Cast

PAGES = {"POST viewing_end": "* 302"}  # nobody here looks as somebody else
LOOKERS = "operator {0}, administrator {0}, staff 403, * 302"
API = {
    "GET api-viewings": "visitor 401, operator 200, auditor 200, administrator 200, * 403",
    "POST api-viewings": "visitor 401, operator 201, administrator 201, * 403",
    "POST api-viewing-end": "visitor 401, * 409",
}
ADMIN = {
    "GET admin:parties_user_view_as": LOOKERS.format(200),
    "POST admin:parties_user_view_as": LOOKERS.format(302),
}
SEEN_IN_ADMIN = {"parties_viewing": ("operator", "auditor")}


def arrange(cast: Cast) -> Arranged:
    actor = Actor(cast.administrator, None, "operator", "admin")
    viewing = services.begin_viewing(actor, person=cast.owner.user, reason="核对")
    return Arranged(
        kwargs={"admin:parties_user_view_as": {"pk": cast.owner.user.pk}},
        bodies={
            "POST api-viewings": {"person": cast.owner.user.pk, "reason": "核对"},
            "POST admin:parties_user_view_as": {"reason": "核对"},
        },
        rows={"parties_viewing": viewing},
    )
