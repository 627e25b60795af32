from portal.ledger.views.books import books_closing, books_detail
from portal.ledger.views.money import money_entries, money_statement

__all__ = ["books_closing", "books_detail", "money_entries", "money_statement"]
