"""The demo's taxes, invoices and ages: most invoices came and fit, one differs, the newest are not
there yet; a table of tax waits for its second person."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.core import clock
from portal.core.actor import OPERATOR, Actor
from portal.core.reference import save_reference
from portal.invoicing import services
from portal.invoicing.demo_papers import paper
from portal.invoicing.fields import ProfileFields, TableFields
from portal.invoicing.models import InvoiceDue, Title
from portal.invoicing.states import TaxKind, Taxpayer
from portal.parties.demo import DEMO, World, acting, cast_party, demo_user
from portal.parties.states import PartyKind

NAME, NUMBER = "铁三角（演示）网络科技有限公司", "91330106MA0DEMO01X"
SAID = (
    (PartyKind.MERCHANT, Taxpayer.GENERAL),
    (PartyKind.PROVIDER, Taxpayer.GENERAL),
    (PartyKind.AGENCY, Taxpayer.SMALL),
)
AGO = timedelta(days=200)
AFTER = timedelta(days=3)  # a bill was asked for
NOT_YET = 2  # the newest of each party
ONCE_WRONG = "谷雨粒食品商贸"  # an old name on one of them
SOURCE = "演示：税率调整通知，等待复核"


def announce_taxes(world: World) -> None:
    """Who the platform is on invoices, how the guide's people count their tax, and a table that
    waits."""
    with clock.standing_at(world.dawn - AGO):
        title = Title(starts_on=date(2020, 1, 1), name=NAME, tax_number=NUMBER)
        save_reference(DEMO, row=title, changed=["name", "tax_number"])
        for kind, taxpayer in SAID:
            party = cast_party(kind)
            fields = ProfileFields(taxpayer, clock.today())
            services.say_profile(acting(party), party=party, fields=fields)
    maker = Actor(user=demo_user("finance"), party=None, role=OPERATOR, via="demo")
    next_month = (world.today.replace(day=1) + timedelta(days=40)).replace(day=1)
    body = {"rate_bp": 300, "free_upto_fen": 10_000_000}
    services.propose_table(maker, fields=TableFields(TaxKind.VAT_SMALL, next_month, body, SOURCE))


def hand_in_invoices(world: World) -> None:
    """What bills and statements asked for, handed in some days after."""
    services.sweep_invoices(DEMO)
    issuers = InvoiceDue.objects.order_by("issuer").values_list("issuer", flat=True).distinct()
    is_first = True
    for issuer in issuers:
        dues = list(InvoiceDue.objects.waiting().filter(issuer=issuer).order_by("asked_at", "pk"))
        for due in dues[:-NOT_YET]:
            _hand_in(world, due, buyer_name=ONCE_WRONG if is_first and due.bill_id else "")
            is_first = is_first and due.bill_id is None
    services.sweep_invoices(DEMO)


def _hand_in(world: World, due: InvoiceDue, *, buyer_name: str) -> None:
    moment = min(due.asked_at + AFTER, world.dawn - timedelta(hours=1))
    with clock.standing_at(moment):
        file = SimpleUploadedFile(
            f"{due.title}.xml", paper(due, day=clock.today(), buyer_name=buyer_name), "text/xml"
        )
        services.hand_in(acting(due.issuer), file=file, due=due)


def count_ages(world: World) -> None:
    """As on every night."""
    services.count_ageing(DEMO, day=world.today)
