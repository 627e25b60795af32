from portal.settlement.views.adjustments import (
    adjustment_approval,
    adjustment_detail,
    adjustment_list,
    adjustment_new,
    adjustment_refusal,
)
from portal.settlement.views.below_zero import below_zero_register, statement_balance
from portal.settlement.views.disputes import (
    line_dispute_decision,
    line_dispute_detail,
    line_dispute_register,
    line_dispute_withdrawal,
)
from portal.settlement.views.files import statement_paper
from portal.settlement.views.lines import statement_dispute, statement_lines
from portal.settlement.views.money import money_home, statement_list
from portal.settlement.views.runs import (
    settlement_approval,
    settlement_check,
    settlement_detail,
    settlement_list,
    settlement_new,
    settlement_resume,
    settlement_sending,
    settlement_stop,
    statement_register,
)
from portal.settlement.views.statements import (
    statement_agreement,
    statement_approval,
    statement_detail,
)

__all__ = [
    "adjustment_approval",
    "adjustment_detail",
    "adjustment_list",
    "adjustment_new",
    "adjustment_refusal",
    "below_zero_register",
    "line_dispute_decision",
    "line_dispute_detail",
    "line_dispute_register",
    "line_dispute_withdrawal",
    "money_home",
    "settlement_approval",
    "settlement_check",
    "settlement_detail",
    "settlement_list",
    "settlement_new",
    "settlement_resume",
    "settlement_sending",
    "settlement_stop",
    "statement_agreement",
    "statement_approval",
    "statement_balance",
    "statement_detail",
    "statement_dispute",
    "statement_lines",
    "statement_list",
    "statement_paper",
    "statement_register",
]
