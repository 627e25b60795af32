"""The demo's bills: a pit fee that missed half its target, a retainer month by month, one of them
late and one that finance is looking for."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from portal.core import clock
from portal.core.money import Money
from portal.parties.demo import DEMO, World, acting, cast_party
from portal.parties.states import PartyKind
from portal.revenue import services
from portal.revenue.fields import SubjectFields, TermsFields
from portal.revenue.models import AgreementVersion, BankRow, Bill
from portal.revenue.reference import template_of

ACCOUNT = "存管账户 8801"
AGO = 110  # days
PAPERS = (
    (PartyKind.CREATOR, "pit-fee", "product", "3661204455"),
    (PartyKind.PROVIDER, "provider-retainer", "shop", "shop-88210034"),
)


def make_bills(world: World) -> None:
    """Day by day as beat would, so that each was raised when it was due."""
    for kind, code, scope, key in PAPERS:
        _agree(world, kind, code, scope, key)
    for ago in range(AGO, -1, -5):
        with clock.standing_at(world.dawn - timedelta(days=ago)):
            services.raise_bills(DEMO)
            services.measure_bills(DEMO)
            if ago > 30:
                _pay_due()
    waiting = Bill.objects.filter(status="open").order_by("due_on").last()
    if waiting is not None:
        _prove(waiting)
    services.tell_late_bills(DEMO)


def _agree(world: World, kind: PartyKind, code: str, scope: str, key: str) -> AgreementVersion:
    template = template_of(code)
    assert template is not None  # noqa: S101 - the codes above are those of the templates
    payer, payee = cast_party(PartyKind.MERCHANT), cast_party(kind)
    known = max(party.verified_at or party.created_at for party in (payer, payee))
    moment = max(world.dawn - timedelta(days=AGO), known)
    subject = SubjectFields(payee.pk, True, template.role, scope, key)
    with clock.standing_at(moment):
        terms = TermsFields(
            starts_on=clock.today() + timedelta(days=2),
            ends_on=None,
            components=template.components,
            invoice_components=template.invoice_components,
        )
        version = services.propose_agreement(acting(payer), subject=subject, terms=terms)
    with clock.standing_at(moment + timedelta(hours=20)):
        return services.accept_version(acting(payee), version=version)


def _pay_due() -> None:
    for bill in Bill.objects.filter(status="open", due_on__lte=clock.today()):
        pay_bill(bill)


def pay_bill(bill: Bill) -> None:
    """Shown by the payer, and found in the bank's rows."""
    _prove(bill)
    reference = f"B{bill.due_on:%Y%m%d}-{bill.pk.hex[:4]}"
    row = {
        "account": ACCOUNT,
        "reference": reference,
        "booked_on": clock.today(),
        "amount": bill.amount_fen,
        "counterparty": bill.payer.legal_name,
        "memo": bill.title,
    }
    services.record_bank_rows(DEMO, rows=[row])
    services.match_bill(DEMO, bill=bill, row=BankRow.objects.get(reference=reference))


def _prove(bill: Bill) -> Bill:
    payer, payee = acting(bill.payer), acting(bill.payee)
    services.request_invoice(payer, bill=bill)
    services.issue_invoice(payee, bill=bill, number=f"2644200000{bill.pk.int % 10**10:010d}")
    receipt = sheet("receipt", f"BANK RECEIPT  {Money(bill.amount_fen)}".replace("¥", "CNY "))
    return services.prove_payment(payer, bill=bill, file=receipt, paid_on=clock.today())


def sheet(name: str, words: str = "STAMPED PAPER") -> SimpleUploadedFile:
    """A picture of a paper: nobody's."""
    image = Image.new("RGB", (640, 400), (247, 248, 250))
    draw = ImageDraw.Draw(image)
    draw.rectangle((24, 24, 616, 376), outline=(120, 130, 150), width=2)
    draw.text((48, 48), words, fill=(30, 40, 60))
    out = BytesIO()
    image.save(out, "PNG")
    return SimpleUploadedFile(f"{name}.png", out.getvalue(), "image/png")
