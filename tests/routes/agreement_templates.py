"""A party's templates are its own; the house's are everybody's to use."""

from __future__ import annotations

from matchmaking.cooperation import services
from matchmaking.cooperation.fields import TemplateFields
from matchmaking.cooperation.models import AgreementTemplate
from matchmaking.needs.services import accept_proposal
from tests import factories
from tests.routes import Arranged, Cast

PARTIES = "owner 200, member 200, provider 200, rival 200, agency 200, creator 200"
MANAGERS = "owner 200, member 403, provider 200, rival 200, agency 200, creator 200"
PAGES = {
    "GET agreement_template_list": f"visitor 302, {PARTIES}, * 403",
    "GET agreement_template_create": f"visitor 302, {MANAGERS}, * 403",
    "POST agreement_template_create": f"visitor 302, {MANAGERS}, * 403",  # empty
    "GET agreement_template_edit": "visitor 302, owner 200, member 403, * 404",
    "POST agreement_template_edit": "visitor 302, owner 200, member 403, * 404",  # empty
    "POST agreement_template_removal": "visitor 302, owner 302, member 403, * 404",
    "POST cooperation_template": "visitor 302, owner 302, member 403, provider 404, * 404",
}
API = {
    "GET api-agreementtemplate-list": "visitor 401, * 200",
    "POST api-agreementtemplate-list": (
        "visitor 401, owner 201, provider 201, rival 201, agency 201, creator 201, * 403"
    ),
    "GET api-agreementtemplate-detail": "visitor 401, owner 200, member 200, * 404",
    "PUT api-agreementtemplate-detail": "visitor 401, owner 200, member 403, * 404",
    "DELETE api-agreementtemplate-detail": "visitor 401, owner 200, member 403, * 404",
    "POST api-cooperation-put-template": "visitor 401, owner 200, member 403, * 404",
}
MINE = "operator 200, administrator 200, staff 403, * 302"
ADMIN = {
    f"{method} admin:cooperation_agreementtemplate_{view}": MINE
    for view in ("changelist", "history", "change", "add")
    for method in ("GET", "POST")
    if (method, view) not in {("POST", "changelist"), ("POST", "history")}
} | {
    f"{method} admin:cooperation_agreementtemplate_delete": "staff 403, * 302"
    for method in ("GET", "POST")
}
SEEN_IN_ADMIN: dict[str, tuple[str, ...]] = {}
BODY = {"name": "另一个", "notice_days": 30}


def arrange(cast: Cast) -> Arranged:
    owner = cast.owner.actor
    template = services.create_template(owner, fields=TemplateFields("日常", notice_days=15))
    need = factories.open_need(owner)
    proposal = factories.submitted_proposal(cast.provider.actor, need)
    cooperation = accept_proposal(owner, proposal=proposal)
    own, at = {"template_id": template.pk}, {"pk": cooperation.pk}
    return Arranged(
        kwargs={
            "agreement_template_edit": own,
            "agreement_template_removal": own,
            "cooperation_template": at,
            "api-agreementtemplate-detail": {"pk": template.pk},
            "api-cooperation-put-template": at,
        },
        bodies={
            "POST cooperation_template": {"template": str(template.pk)},
            "POST api-cooperation-put-template": {"template": str(template.pk)},
            "POST api-agreementtemplate-list": BODY,
            "PUT api-agreementtemplate-detail": BODY | {"version": 1},
        },
        rows={"cooperation_agreementtemplate": AgreementTemplate.objects.house().first()},
    )
