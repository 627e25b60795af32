from portal.ledger.api.books import BooksView, ClosingsView
from portal.ledger.api.money import AccountsView, AsOfView, EntriesView, StatementView

__all__ = [
    "AccountsView",
    "AsOfView",
    "BooksView",
    "ClosingsView",
    "EntriesView",
    "StatementView",
]
