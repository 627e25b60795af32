"""Seeing the site as somebody else."""

from __future__ import annotations

from portal.core.actor import Actor
from portal.parties import services
from tests.routes import Arranged, Cast

PAGES = {"POST viewing_end": "* 302"}  # nobody here looks as somebody else
LOOKERS = "operator {0}, administrator {0}, staff 403, * 302"
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
        bodies={"POST admin:parties_user_view_as": {"reason": "核对"}},
        rows={"parties_viewing": viewing},
    )
