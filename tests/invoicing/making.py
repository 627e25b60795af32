"""Invoices due and their papers, for tests."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.core import clock
from portal.invoicing import engine, services
from portal.invoicing.models import InvoiceDue
from portal.revenue.services import request_invoice
from tests.conftest import Person
from tests.factories import SYSTEM
from tests.invoicing.papers import invoice_xml
from tests.revenue.bills.making import raised

RATE = 600


def asked_for(payer: Person, payee: Person, **changes: Any) -> InvoiceDue:
    """A bill whose invoice the payer asked for."""
    bill = raised(payer, payee, **changes)
    request_invoice(payer.actor, bill=bill)
    services.raise_bill_dues(SYSTEM)
    return InvoiceDue.objects.select_related("issuer", "recipient", "bill").get(bill=bill)


def said_of(due: InvoiceDue, fen: int, **changes: Any) -> dict[str, Any]:
    """What a right invoice over `fen` says."""
    line = engine.tax_line(fen, RATE)
    buyer = due.recipient
    said = {
        "number": f"26{abs(fen):018d}",
        "seller_name": due.issuer.legal_name,
        "seller_tax": due.issuer.uscc,
        "buyer_name": buyer.legal_name if buyer is not None else "平台公司",
        "buyer_tax": buyer.uscc if buyer is not None else "91310115MA1K4HJ53C",
        "exclusive": yuan(line.exclusive),
        "tax": yuan(line.tax),
        "inclusive": yuan(fen),
        "day": clock.today().isoformat(),
    }
    return said | changes


def yuan(fen: int) -> str:
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def file_of(data: bytes, name: str = "invoice.xml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "text/xml")


def paper_of(due: InvoiceDue, fen: int | None = None, **changes: Any) -> SimpleUploadedFile:
    """The file of an invoice over what is left, or over `fen`; `reverses` makes it a red letter."""
    over = due.left_fen if fen is None else fen
    if "reverses" in changes:
        changes["remark"] = f"被红冲蓝字数电发票号码：{changes.pop('reverses')}"
        changes.setdefault("number", f"27{abs(over):018d}")
    return file_of(invoice_xml(**said_of(due, over, **changes)))
