"""Invoices of the demo, in the form of the tax authority's XML; the numbers are nobody's."""

from __future__ import annotations

from datetime import date
from xml.sax.saxutils import escape

from portal.invoicing import engine, selectors
from portal.invoicing.models import InvoiceDue

USUAL = 600  # basis points, where nobody said how the issuer counts its tax
FORM = """<?xml version="1.0" encoding="UTF-8"?>
<EInvoice>
  <Header>
    <EIid>{number}</EIid>
    <InherentLabel>
      <GeneralOrSpecialVAT><LabelCode>01</LabelCode></GeneralOrSpecialVAT>
    </InherentLabel>
  </Header>
  <EInvoiceData>
    <SellerInformation>
      <SellerIdNum>{seller_tax}</SellerIdNum>
      <SellerName>{seller_name}</SellerName>
    </SellerInformation>
    <BuyerInformation>
      <BuyerIdNum>{buyer_tax}</BuyerIdNum>
      <BuyerName>{buyer_name}</BuyerName>
    </BuyerInformation>
    <BasicInformation>
      <TotalAmWithoutTax>{exclusive}</TotalAmWithoutTax>
      <TotalTaxAm>{tax}</TotalTaxAm>
      <TotalTax-includedAmount>{inclusive}</TotalTax-includedAmount>
    </BasicInformation>
    <IssuItemInformation>
      <ItemName>*现代服务*{item}</ItemName>
      <Amount>{exclusive}</Amount>
      <TaxRate>{rate}</TaxRate>
      <ComTaxAm>{tax}</ComTaxAm>
    </IssuItemInformation>
    <AdditionalInformation><Remark>演示</Remark></AdditionalInformation>
  </EInvoiceData>
  <TaxSupervisionInfo>
    <InvoiceNumber>{number}</InvoiceNumber>
    <IssueTime>{day}</IssueTime>
  </TaxSupervisionInfo>
</EInvoice>
"""


def paper(due: InvoiceDue, *, day: date, buyer_name: str = "") -> bytes:
    """Over all that is left of a due; with another buyer's name where one is said."""
    rate = USUAL if due.rate_bp is None else due.rate_bp
    line = engine.tax_line(due.left_fen, rate)
    wanted = selectors.wanted_in_words(due)
    said = {
        "number": f"26{due.pk.int % 10**18:018d}",
        "seller_tax": wanted.seller.number,
        "seller_name": wanted.seller.name,
        "buyer_tax": wanted.buyer.number,
        "buyer_name": buyer_name or wanted.buyer.name,
        "exclusive": selectors.yuan(line.exclusive),
        "tax": selectors.yuan(line.tax),
        "inclusive": selectors.yuan(line.inclusive),
        "item": due.title,
        "rate": f"{rate / 10_000:g}",
        "day": day,
    }
    return FORM.format(**{name: escape(str(value)) for name, value in said.items()}).encode()
