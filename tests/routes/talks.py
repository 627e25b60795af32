"""Contacts and calls are the two sides' own."""

from __future__ import annotations

from datetime import timedelta

from matchmaking.needs import services
from matchmaking.needs.fields import CallFields
from portal.core import clock
from tests import factories
from tests.routes import Arranged, Cast

BOTH = "visitor 302, owner 200, member 200, provider 200, * 404"
ASKED = "visitor 302, owner 302, member 403, provider 409, * 404"  # the provider asked
EITHER = "visitor 302, owner 200, member 403, provider 200, * 404"  # the form comes back
PAGES = {
    "GET proposal_talks": BOTH,
    "POST proposal_contacts": "visitor 302, owner 302, member 403, provider 302, * 404",
    "POST proposal_call": EITHER,
    "POST proposal_contact": "visitor 302, owner 422, member 403, provider 422, * 404",
    "POST talk_agreement": ASKED,
    "POST talk_refusal": ASKED,
    "POST talk_times": EITHER,
    "POST talk_withdrawal": "visitor 302, owner 409, member 403, provider 302, * 404",
    "POST talk_cancellation": "visitor 302, owner 302, member 403, provider 302, * 404",
    "GET talk_calendar": "visitor 302, owner 200, member 200, provider 200, * 404",
}
ASKED_API = "visitor 401, owner 200, member 403, provider 409, * 404"
EITHER_API = "visitor 401, owner 200, member 403, provider 200, * 404"
API = {
    "POST api-proposal-contacts": "visitor 401, owner 201, member 403, provider 201, * 404",
    "POST api-proposal-calls": "visitor 401, owner 201, member 403, provider 201, * 404",
    "POST api-proposal-contact": "visitor 401, owner 422, member 403, provider 422, * 404",
    "GET api-talk-list": "visitor 401, * 200",
    "GET api-talk-detail": "visitor 401, owner 200, member 200, provider 200, * 404",
    "POST api-talk-agreement": ASKED_API,
    "POST api-talk-refusal": ASKED_API,
    "POST api-talk-times": EITHER_API,
    "POST api-talk-withdrawal": "visitor 401, owner 409, member 403, provider 200, * 404",
    "POST api-talk-cancellation": EITHER_API,
}
ADMIN: dict[str, str] = {}
SEEN_IN_ADMIN = {"needs_talk": ("operator", "risk", "auditor")}
ANSWERS = ("agreement", "refusal", "times", "withdrawal")


def arrange(cast: Cast) -> Arranged:
    merchant, provider = cast.owner.actor, cast.provider.actor
    plain, asked, booked = (_shortlisted(cast) for _number in range(3))
    at = clock.now() + timedelta(days=2)
    call = CallFields([at], link="https://meeting.example.com/1")
    talk = services.propose_call(provider, proposal=asked, fields=call)
    other = services.propose_call(provider, proposal=booked, fields=call)
    done = services.agree_talk(merchant, talk=other, at=at)
    pages = ("proposal_talks", "proposal_contacts", "proposal_call", "proposal_contact")
    api = ("api-proposal-contacts", "api-proposal-calls", "api-proposal-contact")
    ended = {"talk_cancellation": {"talk_id": done.pk}, "talk_calendar": {"talk_id": done.pk}}
    version, times = {"version": 1}, {"times": [(at + timedelta(days=1)).isoformat()]}
    return Arranged(
        kwargs={name: {"pk": plain.pk} for name in (*pages, *api)}
        | {f"talk_{name}": {"talk_id": talk.pk} for name in ANSWERS}
        | {f"api-talk-{name}": {"pk": talk.pk} for name in (*ANSWERS, "detail")}
        | ended
        | {"api-talk-cancellation": {"pk": done.pk}},
        bodies={
            "POST talk_agreement": {"at": at.isoformat(), **version},
            "POST talk_refusal": version,
            "POST api-talk-agreement": {"at": at.isoformat(), **version},
            "POST api-talk-refusal": version,
            "POST api-talk-times": times | version,
            "POST api-proposal-calls": times,
            "POST api-proposal-contacts": {"note": ""},
            "POST api-talk-cancellation": {"note": ""},
        },
        rows={"needs_talk": talk},
    )


def _shortlisted(cast: Cast):
    need = factories.open_need(cast.owner.actor)
    proposal = factories.submitted_proposal(cast.provider.actor, need)
    return services.shortlist_proposal(cast.owner.actor, proposal=proposal)
