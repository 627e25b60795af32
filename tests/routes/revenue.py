"""A paper is between its two sides; who signs for one of them acts."""

from __future__ import annotations

from datetime import timedelta

from portal.core import clock
from portal.parties.states import Role
from tests.revenue.agreements.making import FEE, agreed, colleague_of, named, proposed
from tests.routes import Arranged, Cast

NAMES = "visitor 302, owner 200, provider 200, rival 200, agency 200, creator 200, * 403"
READ = "visitor 302, owner 200, member 200, provider 200, * 404"
MINE = "visitor 302, owner 302, provider 409, member 403, * 404"
THEIRS = "visitor 302, owner 409, provider 302, member 403, * 404"
PAGES = {
    "GET agreement_list": "visitor 302, owner 200, member 200, provider 200, rival 200, "
    "agency 200, creator 200, * 403",
    "GET agreement_detail": READ,
    "GET agreement_version_paper": READ,
    "GET agreement_create": "visitor 302, owner 200, provider 422, rival 422, agency 422, "
    "creator 422, * 403",
    "POST agreement_create": "visitor 302, owner 200, provider 422, rival 422, agency 422, "
    "creator 422, * 403",  # an empty form comes back
    "GET agreement_version_create": "visitor 302, owner 200, provider 200, member 403, * 404",
    "POST agreement_version_create": "visitor 302, owner 200, provider 200, member 403, * 404",
    "GET agreement_version_counter": "visitor 302, owner 409, provider 200, member 403, * 404",
    "POST agreement_version_counter": "visitor 302, owner 409, provider 200, member 403, * 404",
    "POST agreement_version_acceptance": THEIRS,
    "POST agreement_version_refusal": THEIRS,
    "POST agreement_version_withdrawal": MINE,
    "GET agreement_version_seal": "visitor 302, owner 200, provider 409, member 403, * 404",
    "POST agreement_version_seal": "visitor 302, owner 200, provider 409, member 403, * 404",
    "POST agreement_version_esign": "visitor 302, owner 409, provider 409, member 403, * 404",
    "GET signer_list": "visitor 302, owner 200, member 200, provider 200, rival 200, "
    "agency 200, creator 200, * 403",
    "GET signer_create": NAMES,
    "POST signer_create": NAMES,  # an empty form comes back
    "POST signer_ending": "visitor 302, owner 302, member 403, * 404",
}
ANSWER = "visitor 401, owner 409, provider {0}, member 403, * 404"
API = {
    "GET api-agreement-list": "visitor 401, * 200",
    "POST api-agreement-list": "visitor 401, owner 201, provider 422, rival 422, agency 422, "
    "creator 422, * 403",
    "GET api-agreement-detail": "visitor 401, owner 200, member 200, provider 200, * 404",
    "POST api-agreement-versions": "visitor 401, owner 201, provider 201, member 403, * 404",
    "GET api-agreement-version-detail": "visitor 401, owner 200, member 200, provider 200, * 404",
    "GET api-agreement-version-paper": "visitor 401, owner 200, member 200, provider 200, * 404",
    "POST api-agreement-version-acceptance": ANSWER.format(200),
    "POST api-agreement-version-refusal": ANSWER.format(200),
    "POST api-agreement-version-counter": ANSWER.format(201),
    "POST api-agreement-version-withdrawal": "visitor 401, owner 200, provider 409, member 403, "
    "* 404",
    "POST api-agreement-version-seal": "visitor 401, owner 422, provider 409, member 403, * 404",
    "POST api-agreement-version-esign": "visitor 401, owner 409, provider 409, member 403, * 404",
    "GET api-signer-list": "visitor 401, * 200",
    "POST api-signer-list": "visitor 401, owner 201, provider 422, rival 422, agency 422, "
    "creator 422, * 403",
    "GET api-signer-detail": "visitor 401, owner 200, member 200, * 404",
    "POST api-signer-ending": "visitor 401, owner 200, member 403, * 404",
    "POST api-agreement-preview": "visitor 401, * 200",
}
SEEN = ("operator", "risk", "auditor", "finance maker", "finance checker")
SEEN_IN_ADMIN = {"revenue_agreement": SEEN, "revenue_signingpower": SEEN}


def arrange(cast: Cast) -> Arranged:
    assert cast.provider.party is not None
    waits = {"pk": proposed(cast.owner, cast.provider, scope_kind="shop", scope_key="1").pk}
    held = agreed(cast.owner, cast.provider, scope_kind="shop", scope_key="2")
    seal = {"by": ["payer"], "days": 5}
    sealing = agreed(cast.owner, cast.provider, scope_kind="shop", scope_key="3", seal=seal)
    paper, version = {"pk": held.agreement.pk}, {"pk": held.pk}
    day = (clock.today() + timedelta(days=2)).isoformat()
    terms = {"starts_on": day, "components": [FEE]}
    about = {"other": cast.provider.party.pk, "we_pay": True, "role": "provider_fee"}
    assert cast.member.user is not None
    power = named(cast.owner, colleague_of(cast.owner, Role.FINANCE))
    answers = ("acceptance", "refusal", "withdrawal", "counter")
    return Arranged(
        kwargs={
            "agreement_detail": paper,
            "agreement_version_create": paper,
            "agreement_version_paper": version,
            "agreement_create": {"pk": cast.provider.party.pk},
            "signer_ending": {"pk": power.pk},
            "api-signer-detail": {"pk": power.pk},
            "api-signer-ending": {"pk": power.pk},
            "api-agreement-detail": paper,
            "api-agreement-versions": paper,
            "api-agreement-version-detail": version,
            "api-agreement-version-paper": version,
            **{f"agreement_version_{one}": {"pk": sealing.pk} for one in ("seal", "esign")},
            **{f"api-agreement-version-{one}": {"pk": sealing.pk} for one in ("seal", "esign")},
            **{f"agreement_version_{one}": waits for one in answers},
            **{f"api-agreement-version-{one}": waits for one in answers},
        },
        bodies={
            "POST api-agreement-list": terms | about,
            "POST api-agreement-versions": terms,
            "POST api-agreement-version-counter": terms,
            "POST api-agreement-version-seal": {
                "file": "0b9f6a52-5a1e-4c39-9c0a-6a3f6f1f2f10",
                "code": sealing.sha256[:8],
            },
            "POST api-signer-list": {
                "person": cast.member.user.pk,
                "starts_on": clock.today().isoformat(),
            },
            "POST api-agreement-preview": {"components": [FEE]},
        },
        rows={"revenue_agreement": held.agreement, "revenue_signingpower": power},
    )
