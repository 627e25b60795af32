"""What a party reads of its money: its own page, its statements, and the lines of one."""

from __future__ import annotations

from portal.core.actor import OPERATOR, Actor
from portal.parties.models import User
from portal.settlement.models import Statement
from tests.conftest import Person
from tests.routes import Arranged, Cast
from tests.settlement.making import MARCH, on, papers, settled, sold

OWNERS = "owner 200, provider 200, rival 200, agency 200, creator 200"
FINANCE = "finance maker 200, finance checker 200, auditor 200, administrator 200"
PAGES = {
    "GET money_home": f"visitor 302, {OWNERS}, member 403, * 404",
    "GET statement_list": f"visitor 302, {OWNERS}, * 403",
    "GET statement_lines": f"visitor 302, owner 200, member 403, {FINANCE}, * 404",
    "GET statement_paper": f"visitor 302, owner 200, member 403, {FINANCE}, * 404",
}


def arrange(cast: Cast) -> Arranged:
    papers(cast.owner, cast.creator, cast.provider)
    sold(cast.owner, cast.creator, "D1", month=3)
    user = User.objects.get(email="finance-maker@example.com")
    maker = Person(user, None, Actor(user=user, party=None, role=OPERATOR, via="web"))
    with on(4, 12):
        settled(maker, MARCH)
    assert cast.owner.party is not None
    number = {"number": Statement.objects.get(party=cast.owner.party).number}
    return Arranged(kwargs={"statement_lines": number, "statement_paper": number})
