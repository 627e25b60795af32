"""A bill is between its two sides; finance finds its payment."""

from __future__ import annotations

from portal.core import clock
from tests.revenue.bills.making import bank_row, paper, part, proved, raised
from tests.routes import Arranged, Cast

READ = "visitor 302, owner 200, member 200, provider 200, * 404"
PAYER = "visitor 302, owner {0}, provider 403, member 403, * 404"
PAYEE = "visitor 302, owner 403, provider {0}, member 403, * 404"
NOT_ONWARD = "visitor 302, owner 409, provider 409, member 409, * 404"
PAGES = {
    "GET bill_list": "visitor 302, owner 200, member 200, provider 200, rival 200, "
    "agency 200, creator 200, * 403",
    "GET bill_detail": READ,
    "POST bill_invoice_request": PAYER.format(302),
    "GET bill_proof": PAYER.format(200),
    "POST bill_proof": PAYER.format(200),  # an empty form comes back
    "GET bill_invoice": PAYEE.format(200),
    "POST bill_invoice": PAYEE.format(200),
    "GET bill_waiver": PAYEE.format(200),
    "POST bill_waiver": PAYEE.format(302),
    "POST bill_receipt": NOT_ONWARD,
    "GET bill_return": NOT_ONWARD,
    "POST bill_return": NOT_ONWARD,
    "GET agreement_call": READ,
    "POST agreement_call": "visitor 302, owner 200, member 200, provider 302, * 404",
}
API_READ = "visitor 401, owner 200, member 200, provider 200, * 404"
API_PAYER = "visitor 401, owner {0}, provider 403, member 403, * 404"
API_PAYEE = "visitor 401, owner 403, provider {0}, member 403, * 404"
API_NOT_ONWARD = "visitor 401, owner 409, provider 409, member 409, * 404"
API = {
    "GET api-bill-list": "visitor 401, * 200",
    "GET api-bill-detail": API_READ,
    "POST api-bill-invoice-request": API_PAYER.format(200),
    "POST api-bill-invoice": API_PAYEE.format(200),
    "POST api-bill-proof": API_PAYER.format(422),
    "POST api-bill-waiver": API_PAYEE.format(200),
    "POST api-bill-receipt": API_NOT_ONWARD,
    "POST api-bill-return": "visitor 401, owner 403, provider 403, member 403, * 404",
}
FINDERS = "finance checker {0}, administrator {0}, staff 403, * 302"
ADMIN = {
    "GET admin:revenue_bill_match": FINDERS.format(200),
    "POST admin:revenue_bill_match": FINDERS.format(302),
}
FINANCE = ("finance maker", "finance checker", "auditor")
SEEN_IN_ADMIN = {"revenue_bill": FINANCE, "revenue_bankrow": FINANCE}


def arrange(cast: Cast) -> Arranged:
    bill = raised(cast.owner, cast.provider)
    shown = proved(raised(cast.owner, cast.creator), cast.owner)
    call = part(code="终止费", kind="kill_fee", due={"when": "call", "days": 5})
    callable_ = paper(cast.owner, cast.provider, call, scope_kind="shop", scope_key="7")
    row = bank_row()
    one = {"pk": bill.pk}
    pages = ("detail", "invoice_request", "proof", "invoice", "waiver", "receipt", "return")
    doors = ("detail", "invoice-request", "invoice", "proof", "waiver", "receipt", "return")
    note = {"note": "取消"}
    upload = {"file": "0b9f6a52-5a1e-4c39-9c0a-6a3f6f1f2f10", "paid_on": clock.today().isoformat()}
    return Arranged(
        kwargs={
            **{f"bill_{page}": one for page in pages},
            **{f"api-bill-{door}": one for door in doors},
            "agreement_call": {"pk": callable_.agreement_id, "code": "终止费"},
            "admin:revenue_bill_match": {"pk": shown.pk},
        },
        bodies={
            "POST bill_waiver": note,
            "POST bill_return": note,
            "POST agreement_call": note,
            "POST api-bill-invoice": {"number": "1"},
            "POST api-bill-proof": upload,
            "POST api-bill-waiver": note,
            "POST api-bill-return": note,
            "POST admin:revenue_bill_match": {"row": row.pk},
        },
        rows={"revenue_bill": bill, "revenue_bankrow": row},
    )
