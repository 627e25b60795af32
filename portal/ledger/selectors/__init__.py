from portal.ledger.selectors.balances import (
    Balance,
    Month,
    amounts_of,
    balance,
    balance_occurred,
    balance_posted,
    balances,
    balances_of,
    end_of,
    held_by,
    trial_balance,
)
from portal.ledger.selectors.books import whole_books
from portal.ledger.selectors.money import Standing, TrialRow, TrialTrack, money_of, trial_totals
from portal.ledger.selectors.statements import Line, Statement, statement
from portal.ledger.selectors.verification import verification

__all__ = [
    "Balance",
    "Line",
    "Month",
    "Standing",
    "Statement",
    "TrialRow",
    "TrialTrack",
    "amounts_of",
    "balance",
    "balance_occurred",
    "balance_posted",
    "balances",
    "balances_of",
    "end_of",
    "held_by",
    "money_of",
    "statement",
    "trial_balance",
    "trial_totals",
    "verification",
    "whole_books",
]
