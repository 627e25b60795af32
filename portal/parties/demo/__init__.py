"""The demo's people and parties, made through the services like everybody's."""

from portal.parties.demo.audiences import (
    AVERAGE_PRICES,
    Audience,
    audience_of,
)
from portal.parties.demo.cast import (
    CAST,
    acting,
    cast_party,
    demo_user,
    make_cast_party,
    make_evaluator,
    make_finance,
    make_operator,
)
from portal.parties.demo.colleagues import (
    make_colleagues,
)
from portal.parties.demo.crowd import (
    email_of,
    is_listed,
    make_parties,
    parties_of,
    party_of,
)
from portal.parties.demo.open_data import (
    make_unclaimed,
)
from portal.parties.demo.papers import (
    make_accounts,
    make_papers,
    make_payouts,
    make_suspension,
)
from portal.parties.demo.pictures import (
    make_cast_pictures,
)
from portal.parties.demo.portfolios import (
    make_cast_portfolio,
)
from portal.parties.demo.portraits import (
    BUSY,
    Portrait,
    draw,
)
from portal.parties.demo.rosters import (
    make_cast_roster,
    make_rosters,
)
from portal.parties.demo.shops import (
    make_cast_shops,
)
from portal.parties.demo.world import (
    DEMO,
    World,
    at_work,
    read_world,
)

__all__ = [
    "AVERAGE_PRICES",
    "BUSY",
    "CAST",
    "DEMO",
    "Audience",
    "Portrait",
    "World",
    "acting",
    "at_work",
    "audience_of",
    "cast_party",
    "demo_user",
    "draw",
    "email_of",
    "is_listed",
    "make_accounts",
    "make_cast_party",
    "make_cast_pictures",
    "make_cast_portfolio",
    "make_cast_roster",
    "make_cast_shops",
    "make_colleagues",
    "make_evaluator",
    "make_finance",
    "make_operator",
    "make_papers",
    "make_parties",
    "make_payouts",
    "make_rosters",
    "make_suspension",
    "make_unclaimed",
    "parties_of",
    "party_of",
    "read_world",
]
