"""Tax, invoices and vouchers: a party's own for who handles its money, the platform's for its
finance people."""

from __future__ import annotations

from datetime import date

from portal.core import clock
from portal.invoicing import services
from portal.invoicing.fields import ProfileFields
from portal.invoicing.models import (
    AgedBalance,
    TaxProfile,
    TaxTable,
    Title,
    VoucherAccount,
    VoucherTemplate,
)
from tests.factories import SYSTEM
from tests.invoicing.making import asked_for, paper_of
from tests.routes import Arranged, Cast

OWNERS = "owner 200, provider 200, rival 200, agency 200, creator 200"
SEERS = "finance maker 200, finance checker 200, auditor 200, administrator 200"
MONEY = ("rival", "agency", "creator", "finance maker", "finance checker", "auditor")
KNOWN = ", ".join(f"{name} 404" for name in (*MONEY, "administrator")) + ", * 403"
PAGES = {
    "GET voucher_list": f"visitor 302, {SEERS}, * 403",
    "GET ageing_register": f"visitor 302, {SEERS}, * 403",
    "GET balance_register": f"visitor 302, {SEERS}, * 403",
    "GET ageing_list": f"visitor 302, {OWNERS}, * 403",
    "GET identity_report": "visitor 302, finance checker 200, administrator 200, * 403",
    "GET invoice_register": f"visitor 302, {SEERS}, * 403",
    "GET invoice_list": f"visitor 302, {OWNERS}, * 403",
    "POST invoice_list": "visitor 302, owner 200, provider 200, rival 200, agency 200, "
    "creator 422, * 403",  # an empty form comes back; a natural person hands nothing in
    "GET tax_detail": f"visitor 302, {OWNERS}, * 403",
    "POST tax_detail": f"visitor 302, {OWNERS}, * 403",
    "GET invoice_due_detail": "visitor 302, owner 200, provider 200, member 403, * 404",
    "POST invoice_due_detail": "visitor 302, owner 403, provider 200, member 403, * 404",
    "GET invoice_acceptance": "visitor 302, owner 200, provider 403, member 403, * 404",
    "POST invoice_acceptance": "visitor 302, owner 302, provider 403, member 403, * 404",
    "GET invoice_return": "visitor 302, owner 200, provider 403, member 403, * 404",
    "POST invoice_return": "visitor 302, owner 302, provider 403, member 403, * 404",
}
API = {
    "GET api-vouchers": f"visitor 401, {SEERS}, * 403",
    "GET api-ageing": f"visitor 401, {OWNERS}, {SEERS}, * 403",
    "GET api-invoice-due-list": f"visitor 401, {OWNERS}, {SEERS}, * 403",
    "GET api-invoice-due-detail": f"visitor 401, owner 200, provider 200, {KNOWN}",
    "POST api-invoice-due-invoices": f"visitor 401, owner 403, provider 422, {KNOWN}",
    "GET api-invoice-detail": f"visitor 401, owner 200, provider 200, {KNOWN}",
    "POST api-invoice-acceptance": f"visitor 401, owner 200, provider 403, {KNOWN}",
    "POST api-invoice-return": f"visitor 401, owner 200, provider 403, {KNOWN}",
}
FINANCE = ("finance maker", "finance checker", "auditor")
MODELS = ("taxtable", "taxprofile", "invoicedue", "invoice", "agedbalance")
SEEN_IN_ADMIN = {f"invoicing_{model}": FINANCE for model in MODELS}
MAKER = "finance maker {0}, administrator {0}, staff 403, * 302"
READERS = "finance maker 200, finance checker 200, auditor 200, administrator 200, staff 403, * 302"
KEPT = ("title", "vouchertemplate", "voucheraccount")
ADMIN = {
    "GET admin:invoicing_taxtable_propose": MAKER.format(200),
    "POST admin:invoicing_taxtable_propose": MAKER.format(302),
    **{
        f"GET admin:invoicing_{model}_{view}": READERS
        for model in KEPT
        for view in ("changelist", "history", "change")
    },
    **{
        f"{method} admin:invoicing_{model}_{view}": MAKER.format(200)  # an empty form comes back
        for model in KEPT
        for method, view in (("POST", "change"), ("GET", "add"), ("POST", "add"))
    },
    **{
        f"{method} admin:invoicing_{model}_delete": "staff 403, * 302"
        for model in KEPT
        for method in ("GET", "POST")
    },
}


def arrange(cast: Cast) -> Arranged:
    assert cast.owner.party is not None
    today = clock.today()
    said = ProfileFields("general", today)
    profile: TaxProfile = services.say_profile(SYSTEM, party=cast.owner.party, fields=said)
    title = Title.objects.create(
        starts_on=date(2020, 1, 1), name="平台公司", tax_number="91310115MA1K4HJ53C"
    )
    kept = {
        "title": title,
        "vouchertemplate": VoucherTemplate.objects.get(code="yonyou"),
        "voucheraccount": VoucherAccount.objects.filter(template="yonyou").earliest("pk"),
    }
    due = asked_for(cast.owner, cast.provider)
    differs = services.hand_in(
        cast.provider.actor, file=paper_of(due, buyer_name="别的名字"), due=due
    )
    aged = AgedBalance.objects.create(
        party=cast.rival.party,
        amount_fen=5,
        since=today.replace(day=1),
        day=today,
        buckets=[5, 0, 0, 0, 0, 0],
        counted_at=clock.now(),
    )
    rate = {"kind": "vat_general", "starts_on": today.isoformat(), "source": "公告", "rate": "6"}
    return Arranged(
        kwargs={
            **{
                name: {"pk": due.pk}
                for name in (
                    "invoice_due_detail",
                    "api-invoice-due-detail",
                    "api-invoice-due-invoices",
                )
            },
            **{
                name: {"pk": differs.pk}
                for name in (
                    *("invoice_acceptance", "invoice_return", "api-invoice-detail"),
                    *("api-invoice-acceptance", "api-invoice-return"),
                )
            },
        }
        | {
            f"admin:invoicing_{model}_{view}": {"object_id": str(row.pk)}
            for model, row in kept.items()
            for view in ("history", "change", "delete")
        },
        bodies={
            **{
                f"POST {name}": {"note": "名称有误"}
                for name in (
                    *("invoice_acceptance", "invoice_return"),
                    *("api-invoice-acceptance", "api-invoice-return"),
                )
            },
            "POST api-invoice-due-invoices": {"file": "0b9f6a52-5a1e-4c39-9c0a-6a3f6f1f2f10"},
            "POST admin:invoicing_taxtable_propose": rate,
        },
        rows={
            "invoicing_taxtable": TaxTable.objects.earliest("pk"),
            "invoicing_taxprofile": profile,
            "invoicing_invoicedue": due,
            "invoicing_invoice": differs,
            "invoicing_agedbalance": aged,
        },
    )
