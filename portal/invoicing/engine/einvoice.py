"""Reading a fully digital invoice (全电发票, 数电票) from its XML.

    EInvoice / Header / InherentLabel / GeneralOrSpecialVAT / LabelCode      01 special, 02 normal
             / EInvoiceData / SellerInformation / SellerIdNum, SellerName
                            / BuyerInformation / BuyerIdNum, BuyerName
                            / BasicInformation / TotalAmWithoutTax, TotalTaxAm,
                                                 TotalTax-includedAmount
                            / IssuItemInformation* / ItemName, Amount, TaxRate, ComTaxAm
                            / AdditionalInformation / Remark
             / TaxSupervisionInfo / InvoiceNumber, IssueTime

A file is a stranger's: no DTD, no entities, nothing outside of it is read. What a red-letter
invoice takes back stands in its remark. Whether the tax authority knows it is not asked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from .reference import REVERSED, TAX_FREE
from .rounding import BASIS

MOST_BYTES = 1024 * 1024
MOST_ITEMS = 2_000
MOST_TEXT = 120
MOST_FEN = 10**13
NUMBER = re.compile(r"\d{8}|\d{20}")
DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
SPECIAL = "01"


class Unreadable(ValueError):
    """The file is no such invoice. `code`: which sentence; `field`: where in the file."""

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(code, field)
        self.code, self.field = code, field


class Item(NamedTuple):
    """One line: fen without tax, basis points, fen of tax."""

    name: str
    exclusive: int
    rate_bp: int
    tax: int


@dataclass(frozen=True, slots=True)
class ReadInvoice:
    """`reverses`: the number of the invoice that a red-letter one takes back; its amounts are
    below zero."""

    number: str
    issued_on: date
    is_special: bool
    seller_name: str
    seller_tax: str
    buyer_name: str
    buyer_tax: str
    exclusive: int
    tax: int
    inclusive: int
    items: tuple[Item, ...]
    reverses: str = ""


def read_invoice(data: bytes) -> ReadInvoice:
    """Raises `Unreadable` where it is none, is unsafe, or does not add up."""
    root = _root(data)
    totals = "EInvoiceData/BasicInformation"
    found = ReadInvoice(
        number=_number(root),
        issued_on=_day(root),
        is_special=_kind(root) == SPECIAL,
        seller_name=_text(root, "EInvoiceData/SellerInformation/SellerName"),
        seller_tax=_text(root, "EInvoiceData/SellerInformation/SellerIdNum").upper(),
        buyer_name=_text(root, "EInvoiceData/BuyerInformation/BuyerName"),
        buyer_tax=_text(root, "EInvoiceData/BuyerInformation/BuyerIdNum", is_asked=False).upper(),
        exclusive=_fen(root, f"{totals}/TotalAmWithoutTax"),
        tax=_fen(root, f"{totals}/TotalTaxAm"),
        inclusive=_fen(root, f"{totals}/TotalTax-includedAmount"),
        items=tuple(_items(root)),
        reverses=_reverses(root),
    )
    _adds_up(found)
    return found


def _root(data: bytes) -> Element:
    if len(data) > MOST_BYTES:
        raise Unreadable("large")
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Unreadable("unsafe") from error
    except (ParseError, ValueError, LookupError) as error:  # LookupError: an unknown encoding
        raise Unreadable("no_xml") from error
    for element in root.iter():  # some bring a namespace, some none
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    if root.tag != "EInvoice":
        raise Unreadable("no_invoice")
    return root


def _text(root: Element, path: str, *, is_asked: bool = True) -> str:
    text = " ".join((root.findtext(path) or "").split())
    name = path.rpartition("/")[2]
    if is_asked and not text:
        raise Unreadable("missing", name)
    if len(text) > MOST_TEXT or not text.isprintable():
        raise Unreadable("wrong", name)
    return text


def _number(root: Element) -> str:
    number = _text(root, "TaxSupervisionInfo/InvoiceNumber", is_asked=False)
    number = number or _text(root, "Header/EIid")
    if not NUMBER.fullmatch(number):
        raise Unreadable("wrong", "InvoiceNumber")
    return number


def _day(root: Element) -> date:
    said = DAY.match(_text(root, "TaxSupervisionInfo/IssueTime"))
    try:
        return date(*map(int, said.groups())) if said else date(0, 0, 0)
    except ValueError as error:
        raise Unreadable("wrong", "IssueTime") from error


def _kind(root: Element) -> str:
    return root.findtext("Header/InherentLabel/GeneralOrSpecialVAT/LabelCode", "").strip()


def _reverses(root: Element) -> str:
    remark = root.findtext("EInvoiceData/AdditionalInformation/Remark", "")
    said = REVERSED.search(remark)
    return said[1] if said else ""


def _fen(element: Element, path: str) -> int:
    return _whole(_text(element, path), 100, path.rpartition("/")[2])


def _whole(text: str, times: int, name: str) -> int:
    """A decimal as a whole number of hundredths, or of ten-thousandths."""
    try:
        value = Decimal(text) * times
    except InvalidOperation as error:
        raise Unreadable("wrong", name) from error
    if not value.is_finite() or value != value.to_integral_value() or abs(value) > MOST_FEN:
        raise Unreadable("wrong", name)
    return int(value)


def _items(root: Element) -> Iterator[Item]:
    found = root.findall("EInvoiceData/IssuItemInformation")
    if not found or len(found) > MOST_ITEMS:
        raise Unreadable("missing", "IssuItemInformation")
    for element in found:
        yield Item(
            _text(element, "ItemName"),
            _fen(element, "Amount"),
            _rate(element),
            _fen(element, "ComTaxAm"),
        )


def _rate(element: Element) -> int:
    """`0.06` or `6%`; `免税` and `不征税` are nothing."""
    text = _text(element, "TaxRate")
    if text in TAX_FREE:
        return 0
    if text.endswith("%"):
        return _whole(text[:-1], 100, "TaxRate")
    return _whole(text, BASIS, "TaxRate")


def _adds_up(read: ReadInvoice) -> None:
    if read.exclusive + read.tax != read.inclusive or not read.inclusive:
        raise Unreadable("sum", "TotalTax-includedAmount")
    if sum(item.exclusive for item in read.items) != read.exclusive:
        raise Unreadable("sum", "TotalAmWithoutTax")
    if sum(item.tax for item in read.items) != read.tax:
        raise Unreadable("sum", "TotalTaxAm")
    if (read.inclusive < 0) != bool(read.reverses):
        raise Unreadable("red", "Remark")
