"""Tables of tax as announced, and the two templates of vouchers; the operators' to go on with.

Rates and bands are from the announcements that each row names. They are here to reckon with and to
label an estimate; what counts is the declaration to the tax authority.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.invoicing.models import TaxTable, VoucherAccount, VoucherTemplate
from portal.invoicing.states import TaxKind
from portal.ledger.states import Kind
from portal.policies.states import DatedStatus

CHECKED_ON = date(2026, 11, 1)
WORD = "记"  # of general vouchers
BANDS = (  # of a year: up to fen, basis points
    (3_600_000, 300),
    (14_400_000, 1_000),
    (30_000_000, 2_000),
    (42_000_000, 2_500),
    (66_000_000, 3_000),
    (96_000_000, 3_500),
    (None, 4_500),
)
SINGLE_BANDS = ((2_000_000, 2_000), (5_000_000, 3_000), (None, 4_000))
MONTH_FREE = 10_000_000


def _bands(rows: tuple[tuple[int | None, int], ...]) -> list[dict[str, Any]]:
    return [{"upto_fen": upto, "rate_bp": rate} for upto, rate in rows]


TABLES: tuple[tuple[TaxKind, date, dict[str, Any], str], ...] = (
    (
        TaxKind.VAT_GENERAL,
        date(2016, 5, 1),
        {"rate_bp": 600, "free_upto_fen": None},
        "财税〔2016〕36号：现代服务 6%",
    ),
    (
        TaxKind.VAT_SMALL,
        date(2016, 5, 1),
        {"rate_bp": 300, "free_upto_fen": 3_000_000},
        "财税〔2016〕36号：征收率 3%，月销售额 3 万元以下免征",
    ),
    (
        TaxKind.VAT_SMALL,
        date(2023, 1, 1),
        {"rate_bp": 100, "free_upto_fen": MONTH_FREE},
        "财政部 税务总局公告 2023 年第 1 号、第 19 号：减按 1%，月销售额 10 万元以下免征",
    ),
    (
        TaxKind.VAT_PERSON,
        date(2023, 1, 1),
        {"rate_bp": 100, "free_upto_fen": MONTH_FREE},
        "财政部 税务总局公告 2023 年第 1 号、第 19 号：按小规模纳税人估算",
    ),
    (
        TaxKind.LABOUR,
        date(2019, 1, 1),
        {
            "method": "single",
            "cost_bp": 2_000,
            "flat_upto_fen": 400_000,
            "flat_fen": 80_000,
            "bands": _bands(SINGLE_BANDS),
        },
        "国家税务总局公告 2018 年第 61 号：劳务报酬按次预扣",
    ),
    (
        TaxKind.LABOUR,
        date(2025, 10, 1),
        {
            "method": "cumulative",
            "cost_bp": 2_000,
            "monthly_fen": 500_000,
            "bands": _bands(BANDS),
        },
        "国家税务总局公告 2025 年第 16 号：平台内从业人员劳务报酬累计预扣",
    ),
    (
        TaxKind.INVOICE_DAYS,
        date(2018, 1, 1),
        {"days": 10},
        "平台规则：收到开票请求后 10 天内开具",
    ),
)

YONYOU: list[list[str]] = [
    ["制单日期", "day"],
    ["凭证类别", "word"],
    ["凭证号", "number"],
    ["附单据数", "papers"],
    ["摘要", "text"],
    ["科目编码", "account_code"],
    ["科目名称", "account_name"],
    ["币种", "currency"],
    ["借方金额", "debit"],
    ["贷方金额", "credit"],
    ["往来单位编码", "party_code"],
    ["往来单位", "party_name"],
    ["制单人", "maker"],
]
KINGDEE: list[list[str]] = [
    ["日期", "day"],
    ["会计年度", "year"],
    ["会计期间", "period"],
    ["凭证字", "word"],
    ["凭证号", "number"],
    ["分录号", "line"],
    ["摘要", "text"],
    ["科目代码", "account_code"],
    ["科目名称", "account_name"],
    ["币别", "currency"],
    ["原币金额", "amount"],
    ["借方", "debit"],
    ["贷方", "credit"],
    ["往来单位代码", "party_code"],
    ["往来单位", "party_name"],
    ["制单", "maker"],
]
ACCOUNTS: dict[str, tuple[str, str, bool]] = {  # of each kind of ours: code, name, names the party
    "clearing": ("1012.01", "其他货币资金——订单清算资金", False),
    "custody": ("1012.02", "其他货币资金——保证金存管", False),
    "share": ("2241.01", "其他应付款——待结算分账款", True),
    "held": ("2241.02", "其他应付款——争议冻结", True),
    "available": ("2241.03", "其他应付款——可提现", True),
    "paying": ("2241.04", "其他应付款——付款中", True),
    "deposit": ("2241.05", "其他应付款——达人保证金", True),
    "bills": ("2241.06", "其他应付款——主体间账单（备查）", True),
    "reward": ("2241.07", "其他应付款——任务奖励", True),
    "growth": ("6601.01", "销售费用——任务奖励", False),
    "fees": ("6051.01", "其他业务收入——平台服务费", False),
    "penalties": ("6301.01", "营业外收入——违约金", False),
}
TEMPLATES = (("yonyou", "用友", YONYOU, ""), ("kingdee", "金蝶", KINGDEE, "."))

VOUCHER_TITLES = {  # in the language of the books, whoever takes them out
    "order_event": "订单结算分账",
    "bill": "主体间账单",
    "deposit": "达人保证金",
    "statement": "结算单批准",
    "true_up": "期末补差",
    "adjustment": "调整",
    "payout": "付款",
    "payout_item": "付款",
    "payout_debt": "平台自有应付款",
    "trial_transfer": "收款账户核验打款",
    "reward": "奖励发放",
}
YUAN = "人民币"
VOUCHER_TEXT = "{month:%Y}年{month:%m}月 {title}"


def load_invoicing(actor: Actor) -> int:
    """Add the announced tables and the templates that are missing. How many."""
    return _load_tables() + _load_templates()


def _load_tables() -> int:
    known = set(TaxTable.objects.values_list("kind", "starts_on"))
    now = clock.now()
    rows = [
        TaxTable(
            kind=kind,
            starts_on=starts_on,
            body=body,
            source=source,
            checked_on=CHECKED_ON,
            status=DatedStatus.APPROVED,
            proposed_at=now,
            decided_at=now,
        )
        for kind, starts_on, body, source in TABLES
        if (kind.value, starts_on) not in known
    ]
    return len(TaxTable.objects.bulk_create(rows))


def _load_templates() -> int:
    known = set(VoucherTemplate.objects.values_list("code", flat=True))
    made = 0
    for code, name, columns, point in TEMPLATES:
        if code not in known:
            VoucherTemplate.objects.create(code=code, name=name, word=WORD, columns=columns)
            made += 1
        made += _load_accounts(code, point)
    return made


def _load_accounts(template: str, point: str) -> int:
    """Programs write `1012.01` or `101201`."""
    known = set(VoucherAccount.objects.filter(template=template).values_list("kind", flat=True))
    rows = [
        VoucherAccount(
            template_id=template,
            kind=kind,
            code=code.replace(".", point),
            name=name,
            is_by_party=is_by_party,
        )
        for kind, (code, name, is_by_party) in ACCOUNTS.items()
        if kind in Kind.values and kind not in known
    ]
    return len(VoucherAccount.objects.bulk_create(rows))
