"""Invoices as the tax authority's platform writes them: the form of the XML, nobody's data."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

FORM = """<?xml version="1.0" encoding="UTF-8"?>
<EInvoice>
  <Header>
    <EIid>{number}</EIid>
    <EInvoiceTag>SWEI3200</EInvoiceTag>
    <Version>0.3</Version>
    <InherentLabel>
      <InIssuType><LabelCode>Y</LabelCode><LabelName>是否蓝字</LabelName></InIssuType>
      <EInvoiceType><LabelCode>01</LabelCode><LabelName>数电发票</LabelName></EInvoiceType>
      <GeneralOrSpecialVAT><LabelCode>{label}</LabelCode></GeneralOrSpecialVAT>
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
      <Drawer>开票员</Drawer>
      <RequestTime>{day} 10:00:00</RequestTime>
    </BasicInformation>
    <IssuItemInformation>
      <ItemName>*现代服务*推广服务费</ItemName>
      <Amount>{exclusive}</Amount>
      <TaxRate>{rate}</TaxRate>
      <ComTaxAm>{tax}</ComTaxAm>
      <TotaltaxIncludedAmount>{inclusive}</TotaltaxIncludedAmount>
    </IssuItemInformation>
    <AdditionalInformation><Remark>{remark}</Remark></AdditionalInformation>
  </EInvoiceData>
  <TaxSupervisionInfo>
    <InvoiceNumber>{number}</InvoiceNumber>
    <IssueTime>{day}</IssueTime>
    <TaxBureauCode>13200000000</TaxBureauCode>
  </TaxSupervisionInfo>
</EInvoice>
"""
SAMPLE: dict[str, Any] = {
    "number": "26332000000012345678",
    "label": "01",
    "seller_tax": "91330106MA2CFXL62A",
    "seller_name": "杭州云帆电子商务有限公司",
    "buyer_tax": "91310115MA1K4HJ53C",
    "buyer_name": "铁三角（上海）网络科技有限公司",
    "exclusive": "18867.92",
    "tax": "1132.08",
    "inclusive": "20000.00",
    "rate": "0.06",
    "day": "2026-11-20",
    "remark": "",
}


def invoice_xml(**changes: Any) -> bytes:
    said = {name: escape(str(value)) for name, value in (SAMPLE | changes).items()}
    return FORM.format(**said).encode()


def red_xml(blue: str, **changes: Any) -> bytes:
    """A red letter over the same sum, unless another is said."""
    amounts = {"exclusive": "-18867.92", "tax": "-1132.08", "inclusive": "-20000.00"}
    remark = f"被红冲蓝字数电发票号码：{blue} 红字发票信息确认单编号：32010626110000000001"
    number = "26332000000087654321"
    return invoice_xml(**({"remark": remark, "number": number} | amounts | changes))
