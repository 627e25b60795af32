"""The books as plain-text accounting files, for programs that are not ours."""

from portal.ledger.engine.beancount import beancount
from portal.ledger.engine.books import BookAccount, BookEntry, Books, BookTransaction, account_name
from portal.ledger.engine.hledger import hledger

__all__ = [
    "BookAccount",
    "BookEntry",
    "BookTransaction",
    "Books",
    "account_name",
    "beancount",
    "hledger",
]
