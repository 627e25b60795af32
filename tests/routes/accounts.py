"""Accounts and shops elsewhere, and where a party is paid."""

from __future__ import annotations

from datetime import timedelta

from portal.core import clock
from portal.parties import services
from portal.parties.fields import OwnedFields, PayoutFields
from portal.parties.models import AccountTerm, Membership, OwnedAccount, PayoutChange
from portal.parties.states import Role
from tests import factories
from tests.conftest import Person, person_of
from tests.factories import SYSTEM
from tests.routes import Arranged, Cast

MANAGES = "visitor 302, owner {0}, member 403, * 404"
SEES = "visitor 302, owner 200, member 200, * 404"
PAGES = {
    "GET party_accounts": SEES,
    "POST party_accounts": MANAGES.format(302),
    "GET party_account": SEES,
    "POST party_account": MANAGES.format(302),
    "POST party_account_release": MANAGES.format(302),
    "POST party_account_sign_in": MANAGES.format(409),  # no app is set up
    "GET shop_opening": SEES,
    "POST shop_opening": MANAGES.format(409),  # one is being checked
    "POST shop_opening_withdrawal": MANAGES.format(302),
    "GET party_account_return": "* 302",
    "GET party_payout": MANAGES.format(200),
    "POST party_payout": MANAGES.format(200),  # an empty form comes back
    "POST payout_confirmation": "visitor 302, owner 302, member 403, * 404",
    "POST payout_refusal": "visitor 302, owner 302, member 403, * 404",
    "POST payout_withdrawal": "visitor 302, owner 302, member 403, * 404",
}
SIGNS = "visitor 401, owner {0}, member 403, * 404"
ANSWERS = "visitor 401, operator {0}, reviewer {0}, regional operator {0}, administrator {0}, * 403"
API = {
    "GET api-owned-accounts": "visitor 401, owner 200, member 200, * 404",
    "POST api-owned-accounts": SIGNS.format(201),
    "POST api-owned-placement": SIGNS.format(200),
    "POST api-owned-release": SIGNS.format(200),
    "GET api-shop-openings": "visitor 401, owner 200, member 200, * 404",
    "POST api-shop-openings": SIGNS.format(409),  # one is being checked
    "POST api-shop-opening-withdrawal": SIGNS.format(200),
    "GET api-shop-openings-waiting": ANSWERS.format(200),
    "POST api-shop-opening-verification": ANSWERS.format(200),
    "POST api-shop-opening-refusal": ANSWERS.format(200),
    "POST api-shop-opening-day": ANSWERS.format(201),
    "GET api-payouts": SIGNS.format(200),
    "POST api-payouts": SIGNS.format(409),  # one is waiting
    "POST api-payout-confirmation": SIGNS.format(200),
    "POST api-payout-refusal": SIGNS.format(200),
    "POST api-payout-withdrawal": SIGNS.format(200),
}
CHECKS = "operator {0}, reviewer {0}, regional operator {0}, administrator {0}, staff 403, * 302"
CONFIRMS = "operator 200, finance checker 200, administrator 200, staff 403, * 302"
ADMIN = {
    "GET admin:parties_ownedaccount_check": CHECKS.format(200),
    "POST admin:parties_ownedaccount_check": CHECKS.format(302),
    "GET admin:parties_shopopening_check": CHECKS.format(200),
    "POST admin:parties_shopopening_check": CHECKS.format(302),
    "GET admin:parties_shopopening_of": CHECKS.format(200),
    "POST admin:parties_shopopening_of": CHECKS.format(302),
    "GET admin:parties_payoutaccount_check": CONFIRMS,
    "POST admin:parties_payoutaccount_check": CONFIRMS,  # the party has a second person
}
for _view in ("changelist", "history", "change", "add"):
    for _method in ("GET", "POST") if _view in {"change", "add"} else ("GET",):
        ADMIN[f"{_method} admin:parties_accountterm_{_view}"] = (
            "operator 200, administrator 200, staff 403, * 302"
        )
for _method in ("GET", "POST"):
    ADMIN[f"{_method} admin:parties_accountterm_delete"] = "staff 403, * 302"
PAYS = ("finance maker", "finance checker", "operator", "auditor")
SEEN_IN_ADMIN = {
    "parties_ownedaccount": ("operator", "reviewer", "regional operator", "auditor"),
    "parties_shopopening": ("operator", "reviewer", "regional operator", "auditor"),
    "parties_payoutaccount": PAYS,
    "parties_payoutchange": PAYS,
}


def arrange(cast: Cast) -> Arranged:
    party = cast.owner.party
    assert party is not None
    claimed, placed = (_claim(cast.owner, f"gyl-{n}") for n in range(2))
    services.place_proof(cast.owner.actor, account=placed)
    shop = services.prove_account(
        SYSTEM, account=services.place_proof(SYSTEM, account=_claim(cast.owner, "gyl-shop"))
    )
    opening = services.say_opening(
        cast.owner.actor,
        account=shop,
        opened_on=clock.today() - timedelta(days=9),
        screenshot=factories.picture(),
    )
    finance = factories.user("pays@example.com", "财务")
    Membership.objects.create(user=finance, party=party, role=Role.FINANCE, created_at=clock.now())
    long_ago = clock.now() - timedelta(days=4)
    Membership.objects.filter(party=party).update(created_at=long_ago)
    waiting = services.enter_payout(
        person_of(party, finance, Role.FINANCE).actor,
        party=party,
        fields=PayoutFields(
            "杭州银行", "西湖支行", party.legal_name, "330104016000123", True, "313331000014"
        ),
    )
    kwargs = {
        "party_accounts": {"pk": party.pk},
        "party_account": {"pk": claimed.pk},
        "party_account_release": {"pk": claimed.pk},
        "party_account_sign_in": {"pk": claimed.pk},
        "shop_opening": {"pk": shop.pk},
        "shop_opening_withdrawal": {"pk": opening.pk},
        "api-shop-openings": {"pk": shop.pk},
        "api-shop-opening-day": {"pk": shop.pk},
        "admin:parties_shopopening_check": {"pk": opening.pk},
        "admin:parties_shopopening_of": {"pk": shop.pk},
        "party_payout": {"pk": party.pk},
        "api-owned-accounts": {"pk": party.pk},
        "api-owned-placement": {"pk": claimed.pk},
        "api-owned-release": {"pk": claimed.pk},
        "api-payouts": {"pk": party.pk},
        "admin:parties_ownedaccount_check": {"pk": placed.pk},
        "admin:parties_payoutaccount_check": {"pk": waiting.pk},
    }
    for end in ("confirmation", "refusal", "withdrawal"):
        kwargs[f"payout_{end}"] = kwargs[f"api-payout-{end}"] = {"pk": waiting.pk}
    for end in ("withdrawal", "verification", "refusal"):
        kwargs[f"api-shop-opening-{end}"] = {"pk": opening.pk}
    named = {"platform": "shop", "handle": "gyl-9", "name": "谷雨粒"}
    looked = {"opened_on": clock.today().isoformat(), "note": "资质页"}
    return Arranged(
        kwargs=kwargs,
        bodies={
            "POST party_accounts": named,
            "POST party_account": {"method": "code"},
            "POST payout_refusal": {"reason": "不认识这个账户"},
            "POST api-owned-accounts": named,
            "POST api-shop-opening-refusal": {"reason": "看不清"},
            "POST api-shop-opening-day": looked,
            "POST admin:parties_shopopening_check": {"decision": "accept"},
            "POST admin:parties_shopopening_of": looked,
            "POST api-payouts": {},
            "POST api-payout-refusal": {"reason": "不认识这个账户"},
            "POST admin:parties_ownedaccount_check": {"decision": "accept"},
            "POST admin:parties_payoutaccount_check": {"decision": "confirm"},
        },
        rows={
            "parties_ownedaccount": placed,
            "parties_shopopening": opening,
            "parties_payoutaccount": waiting,
            "parties_payoutchange": PayoutChange.objects.first(),
            "parties_accountterm": AccountTerm.objects.first(),
        },
    )


def _claim(person: Person, handle: str) -> OwnedAccount:
    fields = OwnedFields(platform="shop", handle=handle, name="谷雨粒旗舰店")
    assert person.party is not None
    return services.claim_account(SYSTEM, party=person.party, fields=fields)
