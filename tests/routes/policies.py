"""Terms, rules and consents: documents are everybody's, a consent its person's."""

from dataclasses import replace
from datetime import timedelta

from portal.core import clock
from portal.policies.fields import FeeFields
from portal.policies.models import Consent, DatedRule, FeeRate, Version
from portal.policies.services import propose_fee
from tests.factories import SYSTEM
from tests.routes import Arranged, Cast

SEERS = "operator 200, finance maker 200, finance checker 200, administrator 200"
SECOND = "operator {0}, finance checker {0}, administrator {0}"
MAKERS = "operator {0}, finance maker {0}, administrator {0}"
DECIDED = (
    *("fee_proposal_approval", "fee_proposal_refusal", "api-fee-proposal-detail"),
    *("api-fee-proposal-approval", "api-fee-proposal-refusal"),
)
PAGES = {
    "GET document_list": "* 200",
    "GET document_detail": "* 200",
    "GET document_version": "* 200",
    "GET document_changes": "* 404",  # there is a first version only
    "GET fee_list": "* 200",
    "GET fee_proposal_list": f"visitor 302, {SEERS}, * 403",
    "GET fee_proposal_create": f"visitor 302, {MAKERS.format(200)}, * 403",
    "POST fee_proposal_create": f"visitor 302, {MAKERS.format(302)}, * 403",
    "POST fee_proposal_approval": f"visitor 302, {SECOND.format(302)}, * 403",
    "POST fee_proposal_refusal": f"visitor 302, {SECOND.format(302)}, * 403",
    "GET dated_rule_list": "* 200",
    "GET consent_list": "visitor 302, * 200",
    "GET consent_ask": "administrator 200, * 302",  # the others have agreed to everything
    "POST consent_ask": "administrator 200, * 302",
    "GET consent_withdrawal": "visitor 302, owner 200, * 404",
    "POST consent_withdrawal": "visitor 302, owner 302, * 404",
}
API = {
    "GET api-documents": "* 200",
    "GET api-fees": "* 200",
    "GET api-rules": "* 200",
    "GET api-fee-proposal-list": f"visitor 401, {SEERS}, * 403",
    "GET api-fee-proposal-detail": f"visitor 401, {SEERS}, * 403",
    "POST api-fee-proposal-list": f"visitor 401, {MAKERS.format(201)}, * 403",
    "POST api-fee-proposal-approval": f"visitor 401, {SECOND.format(200)}, * 403",
    "POST api-fee-proposal-refusal": f"visitor 401, {SECOND.format(200)}, * 403",
    "GET api-consent-list": "visitor 401, * 200",
    "POST api-consent-list": "visitor 401, * 201",
    "GET api-consent-detail": "visitor 401, owner 200, * 404",
    "POST api-consent-withdrawal": "visitor 401, owner 200, * 404",
}
PROPOSERS = "operator {0}, finance maker {0}, administrator {0}, staff 403, * 302"
ADMIN = {
    "GET admin:policies_datedrule_propose": PROPOSERS.format(200),
    "POST admin:policies_datedrule_propose": PROPOSERS.format(302),
    "GET admin:policies_version_draft": "operator 200, administrator 200, staff 403, * 302",
    "POST admin:policies_version_draft": "operator 302, administrator 302, staff 403, * 302",
    "GET admin:policies_feeproposal_propose": PROPOSERS.format(200),
    "POST admin:policies_feeproposal_propose": PROPOSERS.format(302),
}
MONEY = ("operator", "finance maker", "finance checker")
SEEN_IN_ADMIN = {
    "policies_version": ("operator",),
    "policies_feerate": MONEY,
    "policies_feeproposal": MONEY,
    "policies_datedrule": MONEY,
}


def arrange(cast: Cast) -> Arranged:
    consent = Consent.objects.filter(user=cast.owner.user).earliest("pk")
    version = Version.objects.get(kind="terms")
    terms = {"kind": "terms"}
    fields = FeeFields("technical_fee", 900, clock.today() + timedelta(days=9), "公告")
    proposer = replace(SYSTEM, user=cast.owner.user)
    proposal = propose_fee(proposer, fields=fields)
    rate = {
        "fee": "technical_fee",
        "starts_on": (clock.today() + timedelta(days=8)).isoformat(),
    }
    texts = {"text_zh": "一", "text_en": "one", "changes_zh": "新", "changes_en": "new"}
    return Arranged(
        kwargs={
            "document_detail": terms,
            "document_version": terms | {"number": 1},
            "document_changes": terms | {"number": 1},
            "consent_withdrawal": {"pk": consent.pk},
            "api-consent-detail": {"pk": consent.pk},
            "api-consent-withdrawal": {"pk": consent.pk},
            "admin:policies_version_draft": terms,
            **{name: {"pk": proposal.pk} for name in DECIDED},
        },
        bodies={
            "POST api-consent-list": {"document": "identity", "number": 1},
            "POST admin:policies_version_draft": texts,
            "POST admin:policies_datedrule_propose": {
                "kind": "commission_most",
                "value": "45",
                "starts_on": (clock.today() + timedelta(days=8)).isoformat(),
                "source": "公告",
            },
            "POST admin:policies_feeproposal_propose": rate | {"rate_bp": "9.5", "source": "公告"},
            "POST fee_proposal_create": rate | {"rate_bp": "9.5", "source": "公告"},
            "POST api-fee-proposal-list": rate | {"rate_bp": 950, "announcement": "公告"},
        },
        rows={
            "policies_version": version,
            "policies_feerate": FeeRate.objects.earliest("pk"),
            "policies_feeproposal": proposal,
            "policies_datedrule": DatedRule.objects.earliest("pk"),
        },
    )
