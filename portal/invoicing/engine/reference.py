"""Words of the tax authority's invoices."""

from __future__ import annotations

import re

REVERSED = re.compile(r"被红冲蓝字\D{0,20}?(\d{8,20})")  # in a red letter's remark
TAX_FREE = ("免税", "不征税")  # in place of a rate
