"""A provider's team and cases, and who confirms them."""

from __future__ import annotations

from datetime import timedelta

from portal.core import clock
from portal.parties import services
from portal.parties.fields import ClientCaseFields, StaffFields
from portal.parties.models import Category, ClientCase
from tests import factories
from tests.routes import Arranged, Cast

OWN = "visitor 302, provider {0}, * 404"
PAGES = {
    "GET staff_list": OWN.format(200),
    "GET staff_create": OWN.format(200),
    "POST staff_create": OWN.format(302),
    "GET staff_edit": OWN.format(200),
    "POST staff_edit": OWN.format(302),
    "POST staff_removal": OWN.format(302),
    "GET client_case_list": OWN.format(200),
    "GET client_case_create": OWN.format(200),
    "POST client_case_create": OWN.format(302),
    "GET client_case_detail": OWN.format(200),
    "GET client_case_edit": OWN.format(200),
    "POST client_case_edit": OWN.format(302),
    "POST client_case_check": OWN.format(302),
    "POST client_case_recall": OWN.format(302),
    "POST client_case_withdrawal": OWN.format(302),
}
KEPT = "visitor 401, provider {0}, * 404"
API = {
    "GET api-staff": KEPT.format(200),
    "POST api-staff": KEPT.format(201),
    "PUT api-staff-member": KEPT.format(200),
    "DELETE api-staff-member": KEPT.format(200),
    "GET api-client-cases": KEPT.format(200),
    "POST api-client-cases": KEPT.format(201),
    "GET api-client-case": KEPT.format(200),
    "PUT api-client-case": KEPT.format(200),
    "POST api-client-case-check": KEPT.format(200),
    "POST api-client-case-recall": KEPT.format(200),
    "POST api-client-case-withdrawal": KEPT.format(200),
}
CONFIRMS = "operator {0}, evaluation {0}, administrator {0}, staff 403, * 302"
ADMIN = {
    "GET admin:parties_clientcase_check": CONFIRMS.format(200),
    "POST admin:parties_clientcase_check": CONFIRMS.format(302),
}
SEEN_IN_ADMIN = {"parties_clientcase": ("operator", "evaluation", "auditor")}


def arrange(cast: Cast) -> Arranged:
    party = cast.provider.party
    assert party is not None
    member = services.add_staff(
        cast.provider.actor, party=party, fields=StaffFields("许航", "host", 3)
    )
    claimed, checking = (
        written_case(cast),
        services.ask_check(cast.provider.actor, case=written_case(cast)),
    )
    mine, pk = {"pk": claimed.pk}, {"pk": party.pk}
    kwargs = {
        "staff_list": pk,
        "staff_create": pk,
        "staff_edit": {"pk": member.pk},
        "staff_removal": {"pk": member.pk},
        "api-staff": pk,
        "api-staff-member": {"pk": member.pk},
        "client_case_list": pk,
        "client_case_create": pk,
        "api-client-cases": pk,
        "api-client-case": mine,
        "client_case_recall": {"pk": checking.pk},
        "api-client-case-recall": {"pk": checking.pk},
        "admin:parties_clientcase_check": {"pk": checking.pk},
    }
    for part in ("detail", "edit", "check", "withdrawal"):
        kwargs[f"client_case_{part}"] = mine
    for part in ("check", "withdrawal"):
        kwargs[f"api-client-case-{part}"] = mine
    person = {"name": "丁一", "role": "ads", "years": 2}
    case = _body()
    page = case | {"gmv": "5000000"}
    return Arranged(
        kwargs=kwargs,
        bodies={
            "POST staff_create": person,
            "POST staff_edit": person,
            "POST api-staff": person,
            "PUT api-staff-member": person,
            "POST client_case_create": page,
            "POST client_case_edit": page,
            "POST api-client-cases": case,
            "PUT api-client-case": case,
            "POST admin:parties_clientcase_check": {"decision": "refuse", "reason": "不符"},
        },
        rows={"parties_clientcase": checking},
    )


def written_case(cast: Cast) -> ClientCase:
    body = _body()
    fields = ClientCaseFields(
        title=body["title"],
        client=body["client"],
        category_id=body["category"],
        starts_on=clock.today() - timedelta(days=60),
        ends_on=clock.today() - timedelta(days=1),
        gmv_fen=body["gmv_fen"],
        summary=body["summary"],
    )
    return services.write_case(
        cast.provider.actor,
        party=cast.provider.party,
        fields=fields,
        evidence=[factories.picture()],
    )


def _body() -> dict:
    today = clock.today()
    return {
        "title": "坚果品牌自播",
        "client": "某坚果品牌",
        "category": Category.objects.get(code="food").pk,
        "starts_on": (today - timedelta(days=60)).isoformat(),
        "ends_on": (today - timedelta(days=1)).isoformat(),
        "gmv_fen": 500_000_000,
        "summary": "三个月搭建自播间。",
    }
