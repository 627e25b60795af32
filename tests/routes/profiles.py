"""Rosters, profiles, and what one may learn of whom."""

from __future__ import annotations

from datetime import date, timedelta

from portal.core import clock
from portal.core.actor import Actor
from portal.parties import services
from portal.parties.models import Membership
from portal.parties.states import Role
from tests import factories
from tests.parties.test_roster import asked, invited, joined
from tests.routes import Arranged, Cast

MEMBERS = "agency 200, creator 200, * 404"
AGENCY = "visitor 302, agency 302, creator 403, * 404"
BOTH = "visitor 302, agency 302, creator 302, * 404"

PAGES = {
    "GET personal_data": "visitor 302, * 200",
    "POST personal_export": "* 302",
    "POST personal_erasure": "visitor 302, stranger 302, member 302, staff 409, * 422",
    "POST personal_erasure_withdrawal": "visitor 302, * 409",
    "GET party_member_scope": "visitor 302, agency 200, * 404",
    "POST party_member_scope": "visitor 302, agency 302, * 404",
    "POST party_closing": "visitor 302, owner 409, member 403, * 404",
    "GET roster_list": "visitor 302, agency 200, * 404",
    "GET roster_list@creator": "visitor 302, creator 200, * 404",
    "GET roster_create": "visitor 302, agency 200, * 404",
    "POST roster_create": "visitor 302, agency 302, * 404",
    "GET roster_detail": f"visitor 302, {MEMBERS}",
    "POST roster_reminder": "visitor 302, agency 409, creator 403, * 404",
    "POST roster_withdrawal": AGENCY,
    "POST roster_showing@joined": "visitor 302, agency 403, creator 302, * 404",
    "POST roster_showing": "visitor 302, agency 403, creator 409, * 404",
    "POST roster_phone": "visitor 302, agency 409, creator 403, * 404",
    "POST roster_departure": "visitor 302, agency 409, creator 409, * 404",
    "POST roster_departure@free": BOTH,
    "GET roster_invitation": "visitor 302, * 200",
    "GET roster_invitation@named": f"visitor 302, {MEMBERS}",
    "POST roster_acceptance": "visitor 302, creator 302, * 403",
    "POST roster_acceptance@named": "visitor 302, creator 302, agency 403, * 404",
    "POST roster_refusal": "visitor 302, creator 302, * 403",
    "POST departure_agreement": AGENCY,
    "POST departure_objection": AGENCY,
    "POST departure_statement": "visitor 302, agency 409, creator 409, * 404",
    "POST departure_withdrawal": "visitor 302, creator 302, agency 403, * 404",
}

API = {
    "GET api-member-scope": "visitor 401, agency 200, * 404",
    "POST api-member-scope": "visitor 401, agency 200, * 404",
    "POST api-party-hiding": "visitor 401, owner 200, member 403, * 404",
    "POST api-party-listing": "visitor 401, owner 409, member 403, * 404",
    "POST api-party-closing": "visitor 401, owner 409, member 403, * 404",
    "GET api-personal-data": "visitor 401, * 200",
    "POST api-personal-erasure": "visitor 401, stranger 201, member 201, staff 409, * 422",
    "POST api-personal-erasure-withdrawal": "visitor 401, * 409",
    "GET api-roster-list": "visitor 401, * 200",
    "POST api-roster-list": "visitor 401, agency 201, owner 403, member 403, provider 403, "
    "rival 403, creator 403, * 404",
    "GET api-roster-detail": f"visitor 401, {MEMBERS}",
    "POST api-roster-reminder": "visitor 401, agency 409, creator 403, * 404",
    "POST api-roster-withdrawal": "visitor 401, agency 200, creator 403, * 404",
    "POST api-roster-showing": "visitor 401, agency 403, creator 409, * 404",
    "POST api-roster-phone": "visitor 401, agency 409, creator 403, * 404",
    "POST api-roster-departure": "visitor 401, agency 409, creator 409, * 404",
    "GET api-roster-invitation-detail": "visitor 401, * 200",
    "POST api-roster-invitation-acceptance": "visitor 401, creator 200, * 403",
    "POST api-roster-invitation-refusal": "visitor 401, creator 200, * 403",
    "GET api-departure-list": "visitor 401, * 200",
    "GET api-departure-detail": f"visitor 401, {MEMBERS}",
    "POST api-departure-agreement": "visitor 401, agency 200, creator 403, * 404",
    "POST api-departure-objection": "visitor 401, agency 200, creator 403, * 404",
    "POST api-departure-statement": "visitor 401, agency 409, creator 409, * 404",
    "POST api-departure-withdrawal": "visitor 401, creator 200, agency 403, * 404",
}

DECIDES = "operator {0}, administrator {0}, staff 403, * 302"
ADMIN = {
    "GET admin:parties_party_contact": DECIDES.format(200),
    "POST admin:parties_party_contact": DECIDES.format(200),
    "GET admin:parties_departure_decision": DECIDES.format(200),
    "POST admin:parties_departure_decision": DECIDES.format(302),
}
SEEN_IN_ADMIN = {
    "parties_erasurerequest": ("operator",),
    "parties_rosterentry": ("operator", "risk", "auditor"),
    "parties_departure": ("operator", "risk", "auditor"),
}


def arrange(cast: Cast) -> Arranged:
    """A membership that the creator asks to leave, a free one, a contested one, and two open
    invitations; each in years of its own."""
    agency, creator = cast.agency, cast.creator
    leaving = asked(creator, joined(agency, creator))
    free = joined(agency, creator, **_year(1))
    contested = services.contest_departure(
        agency.actor,
        departure=asked(creator, joined(agency, creator, **_year(2)), days=2 * 366 + 9),
        statement="合同未到期。",
    )
    named, by_link = invited(agency, creator, **_year(3)), invited(agency, None, **_year(4))
    kwargs = {}
    for part in ("reminder", "withdrawal", "showing", "phone", "departure", "detail"):
        kwargs |= {f"roster_{part}": {"pk": named.pk}, f"api-roster-{part}": {"pk": named.pk}}
    for part in ("agreement", "objection", "statement", "withdrawal", "detail"):
        pk = {"pk": leaving.pk}
        kwargs |= {f"departure_{part}": pk, f"api-departure-{part}": pk}
    for part in ("invitation", "acceptance", "refusal"):
        kwargs[f"roster_{part}"] = {"key": str(by_link.key)}
        kwargs[f"roster_{part}@named"] = {"key": str(named.key)}
    for part in ("acceptance", "refusal", "detail"):
        kwargs[f"api-roster-invitation-{part}"] = {"key": str(by_link.key)}
    helper = Membership.objects.create(
        user=factories.user("narrowed@example.com"),
        party=agency.party,
        role=Role.MEMBER,
        created_at=clock.now(),
    )
    kwargs |= {
        "party_member_scope": {"pk": agency.party.pk, "member": helper.pk},
        "api-member-scope": {"pk": agency.party.pk, "member": helper.pk},
        "roster_list": {"pk": agency.party.pk},
        "roster_list@creator": {"pk": creator.party.pk},
        "roster_create": {"pk": agency.party.pk},
        "roster_departure@free": {"pk": free.pk},
        "roster_showing@joined": {"pk": free.pk},
        "admin:parties_party_contact": {"pk": agency.party.pk},
        "admin:parties_departure_decision": {"pk": contested.pk},
    }
    offer = {"name": "阿岚", "phone": "13900003333", "terms": "按月结算。"} | {
        name: day.isoformat() for name, day in _year(5).items()
    }
    early = {"last_day": _year(1)["last_day"] - timedelta(days=9), "reason": "想独立发展"}
    early["last_day"] = early["last_day"].isoformat()
    said = {"statement": "另一方没有履约。"}
    bodies = {
        "POST api-member-scope": {"is_narrowed": True, "parties": [creator.party.pk]},
        "POST party_member_scope": {"reach": "named", "parties": [creator.party.pk]},
        "POST roster_create": offer,
        "POST api-roster-list": offer,
        "POST roster_showing": {"shown": "1"},
        "POST api-roster-showing": {"is_shown": True},
        "POST roster_departure": early,
        "POST api-roster-departure": early,
        "POST departure_objection": said,
        "POST departure_statement": said,
        "POST api-departure-objection": said,
        "POST api-departure-statement": said,
        "POST admin:parties_party_contact": {"why": "核对身份"},
        "POST admin:parties_departure_decision": {"outcome": "stay", "reasons": "照约履行。"},
    }
    with clock.standing_at(clock.now() - timedelta(days=2)):
        erasure = services.ask_erasure(_person("wants-to-go@example.com"))
    rows = {
        "parties_erasurerequest": erasure,
        "parties_rosterentry": named,
        "parties_departure": contested,
    }
    return Arranged(kwargs, bodies, rows)


def _person(email: str) -> Actor:
    return Actor(user=factories.user(email), party=None, role="person", via="web")


def _year(number: int) -> dict[str, date]:
    first = clock.today() + timedelta(days=366 * number)
    return {"starts_on": first, "last_day": first + timedelta(days=365)}
