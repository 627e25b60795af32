"""Tax, ageing, vouchers and invoices as plain Python: no database, no clock."""

from .ageing import BUCKETS, bucket_of, buckets_of, layers
from .einvoice import Item, ReadInvoice, Unreadable, read_invoice
from .matching import HARD, Difference, Wanted, differences
from .tables import Faulty, read_table
from .taking_back import TakenBack, Told, taking_back
from .tax import TaxLine, VatTable, tax_line, tax_lines, total_of
from .vouchers import Moved, Unbalanced, Voucher, VoucherLine, vouchers_of
from .withholding import Band, Method, Table, Withheld, withhold

__all__ = [
    "BUCKETS",
    "HARD",
    "Band",
    "Difference",
    "Faulty",
    "Item",
    "Method",
    "Moved",
    "ReadInvoice",
    "Table",
    "TakenBack",
    "TaxLine",
    "Told",
    "Unbalanced",
    "Unreadable",
    "VatTable",
    "Voucher",
    "VoucherLine",
    "Wanted",
    "Withheld",
    "bucket_of",
    "buckets_of",
    "differences",
    "layers",
    "read_invoice",
    "read_table",
    "taking_back",
    "tax_line",
    "tax_lines",
    "total_of",
    "vouchers_of",
    "withhold",
]
