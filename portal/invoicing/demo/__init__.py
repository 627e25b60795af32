"""The demo's taxes, invoices and ages: most invoices came and fit, one differs, the newest are not
there yet; a table of tax waits for its second person."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from portal.core import clock
from portal.core.actor import OPERATOR, Actor
from portal.core.reference import save_reference
from portal.invoicing import services
from portal.invoicing.demo.papers import paper
from portal.invoicing.fields import ProfileFields, TableFields
from portal.invoicing.models import Invoice, InvoiceDue, Title
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
WEEKS = 46
NOT_YET = timedelta(days=21)  # what was asked for since then is still to come
WRONG_SINCE = timedelta(days=60)
OLD_NAME = "上海谷雨粒商贸有限公司"  # of before the firm was renamed
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
    """Week by week as beat would: what bills and statements asked for, handed in some days after.
    The last of them bears an old name, and the newest dues wait. A week is one transaction: two
    thousand commits would cost more than what they hold."""
    for ago in range(WEEKS, -1, -1):
        with clock.standing_at(world.dawn - timedelta(weeks=ago)), transaction.atomic():
            services.sweep_invoices(DEMO)
            asked = clock.now() - AFTER
            until = min(asked, world.dawn - NOT_YET)
            dues = InvoiceDue.objects.waiting().filter(asked_at__lte=until, invoices=None)
            for due in dues.order_by("asked_at", "issuer__name", "amount_fen"):
                _hand_in(due, buyer_name=OLD_NAME if _is_the_wrong_one(world, due) else "")


def _is_the_wrong_one(world: World, due: InvoiceDue) -> bool:
    """The first of the last two months."""
    is_late_enough = due.bill_id is not None and due.asked_at > world.dawn - WRONG_SINCE
    return is_late_enough and not Invoice.objects.exclude(differences=[]).exists()


def _hand_in(due: InvoiceDue, *, buyer_name: str) -> None:
    data = paper(due, day=clock.today(), buyer_name=buyer_name)
    file = SimpleUploadedFile(f"{due.title}.xml", data, "text/xml")
    services.hand_in(acting(due.issuer), file=file, due=due)


def count_ages(world: World) -> None:
    """As on every night."""
    services.count_ageing(DEMO, day=world.today)
