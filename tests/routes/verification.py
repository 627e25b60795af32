"""Documents, real names, and the answers to applications."""

from __future__ import annotations

from portal.parties import services
from portal.parties.models import DocumentRule, PermitRule
from tests import factories
from tests.routes import Arranged, Cast

MANAGERS = "visitor 302, owner 302, member 403, * 404"

PAGES = {
    "GET document_list": "visitor 302, owner 200, member 200, * 404",
    "GET document_edit": "visitor 302, owner 200, member 403, * 404",
    "POST document_edit": "visitor 302, owner 200, member 403, * 404",
    "POST document_withdrawal": MANAGERS,
    "GET real_name_edit": "visitor 302, creator 200, * 404",
    "POST real_name_edit": "visitor 302, creator 200, * 404",
    "POST party_recall": "visitor 302, owner 409, member 403, * 404",  # listed already
    "POST party_restart": "visitor 302, owner 409, member 403, * 404",
}
API = {
    "GET api-party-documents": "visitor 401, owner 200, member 200, * 404",
    "POST api-party-documents": "visitor 401, owner 400, member 403, * 404",
    "POST api-document-withdrawal": "visitor 401, owner 200, member 403, * 404",
    "PUT api-party-real-name": "visitor 401, creator 200, * 404",
    "POST api-party-recall": "visitor 401, owner 409, member 403, * 404",
    "POST api-party-restart": "visitor 401, owner 409, member 403, * 404",
}
REVIEWERS = "operator {0}, reviewer {0}, regional operator {0}, administrator {0}"
ADMIN = {
    "GET admin:parties_realname_check": f"{REVIEWERS.format(200)}, staff 403, * 302",
    "POST admin:parties_realname_check": f"{REVIEWERS.format(302)}, staff 403, * 302",
    "GET admin:parties_document_check": f"{REVIEWERS.format(200)}, staff 403, * 302",
    "POST admin:parties_document_check": f"{REVIEWERS.format(302)}, staff 403, * 302",
}
REFERENCE = ("parties_documentkind", "parties_documentrule", "parties_permitrule")
for model in REFERENCE:  # the operators', through a service
    mine, nobody = "operator 200, administrator 200, staff 403, * 302", "staff 403, * 302"
    ADMIN |= {
        f"{method} admin:{model}_{view}": mine
        for method, view in (
            *(("GET", "changelist"), ("GET", "history"), ("GET", "change"), ("POST", "change")),
            *(("GET", "add"), ("POST", "add")),
        )
    }
    ADMIN |= {f"{method} admin:{model}_delete": nobody for method in ("GET", "POST")}
CHECKERS = ("operator", "reviewer", "regional operator")
SEEN_IN_ADMIN = {"parties_document": CHECKERS, "parties_realname": CHECKERS}


def arrange(cast: Cast) -> Arranged:
    party, creator = cast.owner.party, cast.creator.party
    assert party is not None
    assert creator is not None
    document = factories.document(party, actor=cast.owner.actor)
    kind = document.kind
    of_party = {"pk": party.pk}
    name = services.give_real_name(
        cast.creator.actor, party=creator, fields=factories.real_name_fields()
    )
    return Arranged(
        kwargs={
            "document_list": of_party,
            "document_edit": of_party | {"code": "trademark"},
            "document_withdrawal": {"pk": document.pk},
            "real_name_edit": {"pk": creator.pk},
            "api-party-documents": of_party,
            "api-document-withdrawal": {"pk": document.pk},
            "api-party-real-name": {"pk": creator.pk},
            "admin:parties_document_check": {"pk": document.pk},
            "admin:parties_realname_check": {"pk": creator.pk},
        },
        bodies={
            "POST admin:parties_document_check": {"decision": "accept"},
            "POST admin:parties_realname_check": {"decision": "accept"},
            "POST api-party-documents": {"kind": "licence"},
            "PUT api-party-real-name": {
                "name": "林小满",
                "number": factories.id_number(),
                "consents": True,
            },
        },
        rows={
            "parties_document": document,
            "parties_documentkind": kind,
            "parties_realname": name,
            "parties_documentrule": DocumentRule.objects.first(),
            "parties_permitrule": PermitRule.objects.first(),
        },
    )
