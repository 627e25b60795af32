"""Invoices as files: a stranger's, so nothing is believed of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.invoicing import engine
from portal.invoicing.engine import Difference, Unreadable, Wanted
from tests.invoicing.papers import SAMPLE, invoice_xml, red_xml

BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "&#x6241;"><!ENTITY c "&b;&b;&b;&b;">]>
<EInvoice>&c;</EInvoice>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><EInvoice/>"""


def wanted(**changes: Any) -> Wanted:
    said = {
        "seller_name": SAMPLE["seller_name"],
        "seller_tax": SAMPLE["seller_tax"],
        "buyer_name": "铁三角(上海)网络科技有限公司",  # half-width brackets are no difference
        "buyer_tax": SAMPLE["buyer_tax"],
        "left_fen": 2_000_000,
        "rate_bp": 600,
        "since": date(2026, 11, 1),
        "until": date(2026, 11, 23),
    }
    return Wanted(**(said | changes))


def test_invoice_is_read_whole() -> None:
    read = engine.read_invoice(invoice_xml())
    assert (read.number, read.issued_on) == ("26332000000012345678", date(2026, 11, 20))
    assert (read.exclusive, read.tax, read.inclusive) == (1_886_792, 113_208, 2_000_000)
    assert read.is_special
    assert read.items == (("*现代服务*推广服务费", 1_886_792, 600, 113_208),)
    assert list(engine.differences(read, wanted())) == []


def test_namespace_and_percent_are_read_too() -> None:
    xml = invoice_xml(rate="6%", day="20261120").replace(b"<EInvoice>", b'<EInvoice xmlns="urn:x">')
    assert engine.read_invoice(xml).items[0].rate_bp == 600


def test_red_letter_names_what_it_takes_back() -> None:
    read = engine.read_invoice(red_xml(SAMPLE["number"]))
    assert (read.inclusive, read.reverses) == (-2_000_000, SAMPLE["number"])
    fits = wanted(left_fen=-2_000_000, blue=frozenset({SAMPLE["number"]}))
    assert list(engine.differences(read, fits)) == []
    other = wanted(left_fen=-2_000_000, blue=frozenset({"1" * 20}))
    assert [one[0] for one in engine.differences(read, other)] == [Difference.REVERSES]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (BOMB, "unsafe"),
        (OUTSIDE, "unsafe"),
        (b"", "no_xml"),
        (b"<EInvoice>", "no_xml"),
        (b"\xff\xfe\x00", "no_xml"),
        (b'<?xml version="1.0" encoding="klingon"?><EInvoice/>', "no_xml"),
        (b"<Invoice/>", "no_invoice"),
        (b"<EInvoice/>", "missing"),
        (b" " * (1024 * 1024 + 1), "large"),
        (invoice_xml(number="12"), "wrong"),
        (invoice_xml(day="2026-13-01"), "wrong"),
        (invoice_xml(day="soon"), "wrong"),
        (invoice_xml(inclusive="20000.001"), "wrong"),
        (invoice_xml(inclusive="NaN"), "wrong"),
        (invoice_xml(inclusive="1e99"), "wrong"),
        (invoice_xml(seller_name="甲" * 121), "wrong"),
        (invoice_xml(inclusive="20000.01"), "sum"),
        (invoice_xml(exclusive="0", tax="0", inclusive="0"), "sum"),
        (red_xml("", remark="冲红"), "red"),
        (invoice_xml(remark="被红冲蓝字数电发票号码：26332000000012345678"), "red"),
    ],
)
def test_what_is_no_invoice_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        engine.read_invoice(data)
    assert refused.value.code == code


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(Unreadable):
        engine.read_invoice(data)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"seller_name": "别的公司"}, Difference.SELLER_NAME),
        ({"seller_tax": "91330106MA2CFXL62B"}, Difference.SELLER_TAX),
        ({"buyer_name": "别的公司"}, Difference.BUYER_NAME),
        ({"buyer_tax": "91310115MA1K4HJ53D"}, Difference.BUYER_TAX),
        ({"left_fen": 1_999_999}, Difference.AMOUNT),
        ({"left_fen": 0}, Difference.AMOUNT),
        ({"left_fen": -2_000_000}, Difference.AMOUNT),
        ({"rate_bp": 100}, Difference.RATE),
        ({"since": date(2026, 11, 21)}, Difference.DAY),
        ({"until": date(2026, 11, 19)}, Difference.DAY),
    ],
)
def test_each_difference_has_its_name(changes: dict[str, Any], found: Difference) -> None:
    read = engine.read_invoice(invoice_xml())
    assert [one[0] for one in engine.differences(read, wanted(**changes))] == [found]


def test_smaller_invoice_fits_and_what_is_not_known_is_not_compared() -> None:
    read = engine.read_invoice(invoice_xml())
    fits = wanted(left_fen=9_000_000, rate_bp=None, buyer_tax="")
    assert list(engine.differences(read, fits)) == []
