"""Fairs are public; a party signs up itself, an agency its creators, operators run them."""

from __future__ import annotations

from datetime import timedelta

from matchmaking.fairs import selectors, services
from matchmaking.fairs.fields import CodeFields
from matchmaking.fairs.models import Fair, FollowUp
from matchmaking.fairs.states import FairStatus
from matchmaking.fairs.tokens import agenda_token
from matchmaking.fairs.views.day import badge_token
from portal.core import clock
from portal.seats.states import Admission
from tests.factories import SYSTEM
from tests.matchmaking.fairs.making import fair_fields, open_fair, pool_of, signed_up
from tests.routes import Arranged, Cast

RUN = "operator {0}, fair {0}, administrator {0}"
OPERATORS = f"visitor 302, {RUN.format(200)}, * 403"
PRESSED = f"visitor 302, {RUN.format(302)}, * 403"
PAGES = {
    "GET fair_list": "* 200",
    "GET fair_detail": "* 200",
    "GET fair_detail@planned": "operator 200, fair 200, auditor 200, administrator 200, * 404",
    "GET sign_up_create": "visitor 302, owner 200, provider 200, rival 200, agency 200, "
    "creator 200, * 403",
    "POST sign_up_create": "visitor 302, owner 200, provider 200, rival 200, agency 200, "
    "creator 200, * 403",  # an empty form comes back
    "POST sign_up_autosave": "visitor 302, owner 302, provider 302, rival 302, agency 302, "
    "creator 302, * 403",
    "POST sign_up_draft_removal": "visitor 302, creator 302, * 404",
    "GET sign_up_detail": "visitor 302, creator 200, operator 200, fair 200, auditor 200, "
    "administrator 200, * 404",
    "POST sign_up_seat": f"visitor 302, creator 409, {RUN.format(409)}, auditor 403, * 404",
    "POST sign_up_withdrawal": f"visitor 302, creator 302, {RUN.format(302)}, auditor 403, * 404",
    "POST sign_up_acceptance": f"visitor 302, creator 403, {RUN.format(302)}, auditor 403, * 404",
    "POST sign_up_refusal": f"visitor 302, creator 403, {RUN.format(302)}, auditor 403, * 404",
    "GET fair_create": OPERATORS,
    "POST fair_create": OPERATORS,  # an empty form comes back
    "GET fair_edit": OPERATORS,
    "POST fair_edit": OPERATORS,
    "POST fair_publication": f"visitor 302, {RUN.format(409)}, * 403",
    "POST fair_cancellation": PRESSED,
    "GET fair_people": OPERATORS,
    "POST fair_guest": OPERATORS,
    "POST fair_code": OPERATORS,
    "GET sign_up_wishes": f"visitor 302, creator 409, {RUN.format(409)}, auditor 403, * 404",
    "GET sign_up_wishes@seated": f"visitor 302, agency 200, {RUN.format(200)}, auditor 403, * 404",
    "POST sign_up_wishes": f"visitor 302, creator 409, {RUN.format(409)}, auditor 403, * 404",
    "GET sign_up_badge": "visitor 302, * 404",  # no seat yet
    "GET sign_up_badge@seated": f"visitor 302, agency 200, {RUN.format(200)}, auditor 200, * 404",
    "GET badge_detail": OPERATORS,
    "POST sign_up_arrival": f"visitor 302, creator 403, {RUN.format(409)}, auditor 403, * 404",
    "POST sign_up_outcome": "visitor 302, * 404",  # no such meeting
    "GET fair_desk": OPERATORS,
    "GET fair_report": OPERATORS,
    "GET fair_calendar": "* 200",
    "GET fair_returns": OPERATORS,
    "POST fair_arrivals": OPERATORS,
    "GET fair_tables": f"visitor 302, {RUN.format(404)}, * 403",  # no plan yet
    "GET fair_badges": OPERATORS,
    "GET meeting_move": OPERATORS,
    "POST meeting_move": PRESSED,
    "GET agenda_feed": "* 200",  # whoever has the address
    "POST sign_up_feed": f"visitor 302, creator 302, {RUN.format(302)}, auditor 403, * 404",
    "POST sign_up_question": f"visitor 302, creator 403, {RUN.format(302)}, auditor 403, * 404",
    "POST sign_up_answer": f"visitor 302, creator 409, {RUN.format(409)}, auditor 403, * 404",
    "GET meeting_cooperation": "visitor 302, owner 200, member 403, creator 200, * 404",
    "POST meeting_cooperation": "visitor 302, owner 200, member 403, creator 200, * 404",  # empty
    "GET fair_plan": OPERATORS,
    "POST fair_planning": f"visitor 302, {RUN.format(409)}, * 403",
    "POST plan_publication": PRESSED,
    "POST meeting_fixing": PRESSED,
}
API = {
    "GET api-fair-list": "visitor 401, * 200",
    "GET api-fair-detail": "visitor 401, * 200",
    "GET api-fair-products": "visitor 401, * 200",
    "GET api-fair-codes": f"visitor 401, {RUN.format(200)}, * 403",
    "POST api-fair-codes": f"visitor 401, {RUN.format(201)}, * 403",
    "POST api-fair-signups": f"visitor 401, owner 422, creator 409, provider 422, rival 422, "
    f"agency 422, {RUN.format(403)}, * 403",
    "POST api-fair-list": f"visitor 401, {RUN.format(400)}, * 403",
    "PUT api-fair-detail": f"visitor 401, {RUN.format(400)}, * 403",
    "POST api-fair-publication": f"visitor 401, {RUN.format(409)}, * 403",
    "POST api-fair-cancellation": f"visitor 401, {RUN.format(200)}, * 403",
    "GET api-fair-report": f"visitor 401, {RUN.format(200)}, * 403",
    "GET api-fair-returns": f"visitor 401, {RUN.format(200)}, * 403",
    "GET api-fair-plans": f"visitor 401, {RUN.format(200)}, * 403",
    "POST api-fair-plans": f"visitor 401, {RUN.format(409)}, * 403",
    "POST api-fair-arrivals": f"visitor 401, {RUN.format(409)}, * 403",
    "GET api-fair-plan-detail": f"visitor 401, {RUN.format(200)}, * 403",
    "POST api-fair-plan-publication": f"visitor 401, {RUN.format(200)}, * 403",
    "POST api-fair-meeting-place": f"visitor 401, {RUN.format(200)}, * 403",
    "POST api-fair-meeting-fixing": f"visitor 401, {RUN.format(200)}, * 403",
    "POST api-fair-meeting-cooperation": "visitor 401, owner 400, creator 400, member 403, * 404",
    "POST api-sign-up-acceptance": f"visitor 401, creator 403, {RUN.format(200)}, auditor 403, "
    "* 404",
    "POST api-sign-up-refusal": f"visitor 401, creator 403, {RUN.format(200)}, auditor 403, * 404",
    "POST api-sign-up-question": f"visitor 401, creator 403, {RUN.format(200)}, auditor 403, * 404",
    "POST api-sign-up-answer": f"visitor 401, creator 409, {RUN.format(409)}, auditor 403, * 404",
    "GET api-signupdraft-list": "visitor 401, * 200",
    "POST api-signupdraft-list": "visitor 401, owner 201, provider 201, rival 201, agency 201, "
    "creator 409, * 403",
    "GET api-signupdraft-detail": "visitor 401, creator 200, * 404",
    "PUT api-signupdraft-detail": "visitor 401, creator 200, * 404",
    "DELETE api-signupdraft-detail": "visitor 401, creator 200, * 404",
    "GET api-sign-up-list": "visitor 401, * 200",
    "GET api-sign-up-detail": "visitor 401, creator 200, operator 200, fair 200, auditor 200, "
    "administrator 200, * 404",
    "POST api-sign-up-seat": f"visitor 401, creator 409, {RUN.format(409)}, auditor 403, * 404",
    "GET api-sign-up-wishes": f"visitor 401, creator 200, {RUN.format(200)}, auditor 403, * 404",
    "POST api-sign-up-wishes": f"visitor 401, creator 409, {RUN.format(409)}, auditor 403, * 404",
    "GET api-sign-up-agenda": "visitor 401, creator 200, operator 200, fair 200, auditor 200, "
    "administrator 200, * 404",
    "POST api-sign-up-outcome": "visitor 401, * 404",  # no such meeting
    "POST api-sign-up-feed": f"visitor 401, creator 200, {RUN.format(200)}, auditor 403, * 404",
    "POST api-sign-up-withdrawal": f"visitor 401, creator 200, {RUN.format(200)}, auditor 403, "
    "* 404",
}
READERS = ("operator", "fair", "auditor")
SEEN_IN_ADMIN = {
    "fairs_fair": READERS,
    "fairs_signup": READERS,
    "fairs_invitationcode": READERS,
    "fairs_meetingplan": READERS,
    "fairs_followup": READERS,
}


def arrange(cast: Cast) -> Arranged:
    fair = open_fair(admission=Admission.CURATED)
    planned = services.create_fair(SYSTEM, fields=fair_fields())
    assert cast.creator.party is not None
    made = signed_up(cast.creator.actor, fair, cast.creator.party)
    fields = CodeFields(most_uses=1, ends_at=clock.now() + timedelta(days=1))
    code = services.make_code(SYSTEM, fair=fair, fields=fields)
    over = open_fair()
    assert cast.agency.party is not None
    seated = signed_up(cast.agency.actor, over, cast.agency.party)
    past = open_fair()
    assert cast.owner.party is not None
    for person in (cast.owner, cast.creator):
        assert person.party is not None
        signed_up(person.actor, past, person.party)
    Fair.objects.filter(pk=past.pk).update(status=FairStatus.CURATING)
    past.refresh_from_db()
    published = services.publish_plan(SYSTEM, plan=services.plan_now(SYSTEM, fair=past))
    plan = services.plan_now(SYSTEM, fair=past)
    free = selectors.places_for(plan.meetings.select_related("plan__fair")[0])[-1][1][0]
    seated = services.change_feed(cast.agency.actor, sign_up=seated, is_on=True)
    ends = (
        "desk",
        "report",
        "tables",
        "arrivals",
        "badges",
        "plan",
        "planning",
        "detail",
        "edit",
        "publication",
        "cancellation",
        "people",
        "guest",
        "code",
    )
    steps = (
        "wishes",
        "badge",
        "arrival",
        "outcome",
        "detail",
        "seat",
        "withdrawal",
        "acceptance",
        "question",
        "answer",
        "feed",
        "refusal",
    )
    api_steps = (
        *("detail", "seat", "withdrawal", "wishes", "agenda", "outcome"),
        *("acceptance", "refusal", "question", "answer", "feed"),
    )
    api_ends = (
        *("detail", "publication", "cancellation", "plans", "arrivals", "report"),
        *("products", "codes"),
    )
    why = {"reason": "场馆停电"}
    draft = services.PREPARING.keep(cast.creator.actor, values={"note": ["带样品"]}, subject=fair)
    return Arranged(
        kwargs={
            **{f"fair_{end}": {"pk": fair.pk} for end in ends},
            "fair_detail@planned": {"pk": planned.pk},
            "sign_up_create": {"pk": fair.pk},
            "sign_up_autosave": {"pk": over.pk},
            "sign_up_draft_removal": {"draft_id": draft.pk},
            "api-signupdraft-detail": {"pk": draft.pk},
            "sign_up_wishes@seated": {"pk": seated.pk},
            "sign_up_badge@seated": {"pk": seated.pk},
            "badge_detail": {"token": badge_token(seated)},
            "plan_publication": {"pk": plan.pk},
            "meeting_move": {"pk": plan.meetings.all()[0].pk},
            "agenda_feed": {"token": agenda_token(seated)},
            "meeting_fixing": {"pk": plan.meetings.all()[0].pk},
            "meeting_cooperation": {"pk": published.meetings.all()[0].pk},
            **{f"sign_up_{end}": {"pk": made.pk} for end in steps},
            **{f"api-fair-{end}": {"pk": fair.pk} for end in api_ends},
            **{f"api-fair-plan-{end}": {"pk": plan.pk} for end in ("detail", "publication")},
            **{
                f"api-fair-meeting-{end}": {"pk": plan.meetings.all()[0].pk}
                for end in ("place", "fixing")
            },
            "api-fair-meeting-cooperation": {"pk": published.meetings.all()[0].pk},
            "api-fair-signups": {"pk": fair.pk},
            **{f"api-sign-up-{end}": {"pk": made.pk} for end in api_steps},
        },
        bodies={
            "POST fair_cancellation": why,
            "POST sign_up_refusal": why,
            "POST sign_up_question": why,
            "POST sign_up_answer": {"answer": "有电"},
            "POST meeting_move": {"place": f"{free.slot}:{free.table}"},
            "POST api-fair-cancellation": why,
            "POST api-fair-codes": {"most_uses": 1, "ends_at": fields.ends_at.isoformat()},
            "POST api-sign-up-feed": {"is_on": True},
            "POST api-fair-arrivals": {"sign_up": str(made.pk)},
            "POST api-fair-meeting-place": {"slot": free.slot, "table": free.table},
            "POST api-fair-meeting-fixing": {"is_fixed": True},
            "POST api-sign-up-refusal": why,
            "POST api-sign-up-question": why,
            "POST api-sign-up-answer": {"answer": "有电"},
            "POST api-sign-up-wishes": {"wishes": []},
            "POST api-sign-up-outcome": {"meeting": 1, "result": "intent"},
            "POST api-signupdraft-list": {"fair": fair.pk, "values": {"note": ["带样品"]}},
            "PUT api-signupdraft-detail": {"seen": 1, "values": {"note": ["带两件"]}},
            "POST api-fair-signups": {"pool": pool_of(fair, "creator").pk, "key": "k"},
        },
        rows={
            "fairs_fair": fair,
            "fairs_signup": made,
            "fairs_invitationcode": code,
            "fairs_meetingplan": plan,
            "fairs_followup": FollowUp.objects.create(
                fair=past, days=7, agreed=0, lines=0, net_fen=0, open_fen=0, made_at=clock.now()
            ),
        },
    )
