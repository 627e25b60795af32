"""Tax, invoices and vouchers: a party's own for who handles its money, the platform's for its
finance people."""

from __future__ import annotations

from datetime import date

from portal.core import clock
from portal.invoicing import services
from portal.invoicing.fields import ProfileFields
from portal.invoicing.models import TaxProfile, TaxTable, Title, VoucherAccount, VoucherTemplate
from tests.factories import SYSTEM
from tests.routes import Arranged, Cast

OWNERS = "owner 200, provider 200, rival 200, agency 200, creator 200"
SEERS = "finance maker 200, finance checker 200, auditor 200, administrator 200"
PAGES = {
    "GET voucher_list": f"visitor 302, {SEERS}, * 403",
    "GET ageing_register": f"visitor 302, {SEERS}, * 403",
    "GET balance_register": f"visitor 302, {SEERS}, * 403",
    "GET ageing_list": f"visitor 302, {OWNERS}, * 403",
}
API = {
    "GET api-vouchers": f"visitor 401, {SEERS}, * 403",
    "GET api-ageing": f"visitor 401, {OWNERS}, {SEERS}, * 403",
}
FINANCE = ("finance maker", "finance checker", "auditor")
SEEN_IN_ADMIN = {"invoicing_taxtable": FINANCE, "invoicing_taxprofile": FINANCE}
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
    rate = {"kind": "vat_general", "starts_on": today.isoformat(), "source": "公告", "rate": "6"}
    return Arranged(
        kwargs={
            f"admin:invoicing_{model}_{view}": {"object_id": str(row.pk)}
            for model, row in kept.items()
            for view in ("history", "change", "delete")
        },
        bodies={"POST admin:invoicing_taxtable_propose": rate},
        rows={
            "invoicing_taxtable": TaxTable.objects.earliest("pk"),
            "invoicing_taxprofile": profile,
        },
    )
