"""Payouts: a party's own for its owner and finance people; batches for the platform's finance."""

from __future__ import annotations

from portal.core import clock
from portal.payouts import services
from portal.payouts.models import BankTemplate, Debt, Enrolment, PayoutTerm, TrialTransfer
from tests.payouts.making import FIELDS, account_of, approved, earn, maker, payable
from tests.routes import Arranged, Cast

OWNERS = "owner 200, provider 200, rival 200, agency 200, creator 200"
READERS = "finance maker 200, finance checker 200, auditor 200, administrator 200"
MAKES = "visitor 302, finance maker {0}, administrator {0}, * 403"
CHECKS = "visitor 302, finance checker {0}, administrator {0}, * 403"
PAGES = {
    "GET payout_list": f"visitor 302, {OWNERS}, member 403, * 404",
    # The owner's request waits; others have no account, and have nothing.
    "POST payout_request": "visitor 302, owner 409, provider 422, rival 422, agency 422, "
    "creator 422, member 403, * 404",
    "POST payout_request_withdrawal": "visitor 302, owner 302, member 403, * 404",
    "GET request_register": f"visitor 302, {READERS}, * 403",
    "GET payout_detail": "visitor 302, owner 200, member 403, * 404",
    "GET payout_account": f"visitor 302, {OWNERS}, member 403, * 404",
    # The owner has agreed already.
    "POST payout_consent": "visitor 302, owner 409, agency 409, provider 302, rival 302, "
    "creator 302, member 403, * 404",
    "POST trial_answer": "visitor 302, provider 302, * 404",
    "GET batch_list": f"visitor 302, {READERS}, * 403",
    "GET batch_create": MAKES.format(200),
    "POST batch_create": MAKES.format(302),
    "GET batch_detail": f"visitor 302, {READERS}, * 403",
    "POST batch_approval": CHECKS.format(302),
    "POST batch_cancellation": "visitor 302, finance maker 302, finance checker 302, "
    "administrator 302, * 403",
    "POST batch_file": MAKES.format(200),
    "GET transfer_list": f"visitor 302, {READERS}, * 403",
    "GET payee_list": MAKES.format(200),
    "POST payee_trial": MAKES.format(302),
    "POST payee_sub_account": MAKES.format(302),
}
API_MAKES = "visitor 401, finance maker {0}, administrator {0}, * 403"
FINANCE = ("finance maker", "finance checker", "auditor")
SEEN_IN_ADMIN = {
    **{f"payouts_{name}": FINANCE for name in ("batch", "item", "debt")},
    **{f"payouts_{name}": FINANCE for name in ("enrolment", "trialtransfer")},
    "payouts_payoutrequest": FINANCE,
}
MINE, NOBODY = "operator 200, administrator 200, staff 403, * 302", "staff 403, * 302"
ADMIN = {
    f"{method} admin:payouts_{model}_{view}": NOBODY if view == "delete" else MINE
    for model in ("payoutterm", "banktemplate")
    for view in ("changelist", "history", "change", "add", "delete")
    for method in ("GET", "POST")
    if (method, view) not in {("POST", "changelist"), ("POST", "history")}
}
API_OWN = "visitor 401, owner {0}, member 403, * 404"
OTHERS = "provider 404, rival 404, agency 404, creator 404"
API = {
    "GET api-payout-list": f"visitor 401, {OWNERS}, * 403",
    "GET api-payout-detail": API_OWN.format(200),
    "GET api-payout-standing": f"visitor 401, {OWNERS}, member 403, * 404",
    "POST api-payout-consent": "visitor 401, owner 409, agency 409, provider 200, rival 200, "
    "creator 200, member 403, * 404",
    "POST api-payout-trial": "visitor 401, provider 200, * 404",
    "GET api-payout-request-list": f"visitor 401, {OWNERS}, {READERS}, * 403",
    "GET api-payout-request-detail": f"visitor 401, owner 200, {OTHERS}, {READERS}, * 403",
    "POST api-payout-request-list": "visitor 401, owner 409, provider 422, rival 422, agency 422, "
    "creator 422, member 403, * 404",
    "POST api-payout-request-withdrawal": f"visitor 401, owner 200, {OTHERS}, * 403",
    "GET api-payout-batch-list": f"visitor 401, {READERS}, * 403",
    "POST api-payout-batch-list": API_MAKES.format(201),
    "GET api-payout-batch-detail": f"visitor 401, {READERS}, * 403",
    "POST api-payout-batch-approval": "visitor 401, finance checker 200, administrator 200, * 403",
    "POST api-payout-batch-cancellation": "visitor 401, finance maker 200, finance checker 200, "
    "administrator 200, * 403",
    "GET api-payout-batch-transfers": f"visitor 401, {READERS}, * 403",
    "POST api-payout-batch-results": API_MAKES.format(422),
}


def arrange(cast: Cast) -> Arranged:
    owner, provider = cast.owner.party, cast.provider.party
    assert owner is not None
    assert provider is not None
    payable(owner, 50_000)
    paid = approved(services.prepare_batch(maker(), fields=FIELDS))
    earn(owner, 20_000)
    waiting = services.prepare_batch(maker(), fields=FIELDS)
    earn(owner, 30_000)
    asked = services.request_payout(cast.owner.actor, party=owner)
    account = account_of(provider)
    trial = services.send_trial(maker(), account=account, amount_fen=37, reference="SY0001")
    untried = account_of(cast.rival.party)
    now = clock.now()
    opening = Enrolment.objects.create(party=cast.agency.party, consented_at=now)
    debt = Debt.objects.create(
        party=owner, key="deposit/9", text="保证金退还", amount_fen=100, owed_at=now
    )
    return Arranged(
        kwargs={
            "payout_detail": {"pk": paid.items.get().pk},
            "payout_request_withdrawal": {"pk": asked.pk},
            "api-payout-request-detail": {"pk": asked.pk},
            "api-payout-request-withdrawal": {"pk": asked.pk},
            "trial_answer": {"pk": trial.pk},
            "batch_detail": {"pk": paid.pk},
            "batch_approval": {"pk": waiting.pk},
            "batch_cancellation": {"pk": waiting.pk},
            "batch_file": {"pk": paid.pk},
            "payee_trial": {"pk": untried.pk},
            "payee_sub_account": {"pk": opening.pk},
            "api-payout-detail": {"pk": paid.items.get().pk},
            "api-payout-trial": {"pk": trial.pk},
            **{
                f"api-payout-batch-{name}": {"pk": paid.pk}
                for name in ("detail", "transfers", "results")
            },
            "api-payout-batch-approval": {"pk": waiting.pk},
            "api-payout-batch-cancellation": {"pk": waiting.pk},
        },
        bodies={
            "POST trial_answer": {"amount": "0.37"},
            "POST batch_create": {"template": FIELDS.template, "purpose": FIELDS.purpose},
            "POST batch_cancellation": {"reason": "改日再付"},
            "POST payee_trial": {"amount": "0.12", "reference": "SY0002"},
            "POST payee_sub_account": {"sub_account": "SUB-000123"},
            "POST api-payout-trial": {"amount_fen": 37},
            "POST api-payout-batch-list": {"template": FIELDS.template, "purpose": FIELDS.purpose},
            "POST api-payout-batch-cancellation": {"reason": "改日再付"},
            "POST api-payout-batch-results": {
                "results": [{"key": "P0", "status": "paid", "amount_fen": 1, "on": "2026-05-12"}]
            },
        },
        rows={
            "payouts_batch": paid,
            "payouts_item": paid.items.get(),
            "payouts_payoutrequest": asked,
            "payouts_debt": debt,
            "payouts_enrolment": opening,
            "payouts_trialtransfer": TrialTransfer.objects.get(pk=trial.pk),
            "payouts_payoutterm": PayoutTerm.objects.get(),
            "payouts_banktemplate": BankTemplate.objects.first(),
        },
    )
