"""Beancount's format: https://beancount.github.io/docs/beancount_language_syntax.html"""

from __future__ import annotations

from collections.abc import Iterator

from portal.ledger.engine.books import Books, BookTransaction, yuan

QUOTED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": " ", "\r": " ", "\t": " "})


def beancount(books: Books) -> Iterator[str]:
    """The lines of the file; at its end every account's balance is asserted."""
    yield 'option "title" "Trilink"'
    for unit in sorted({account.unit for account in books.accounts}):
        yield f'option "operating_currency" "{unit}"'
    for account in books.accounts:
        yield f"{books.start} open {account.name} {account.unit}"
    for transaction in books.transactions:
        yield from _transaction(transaction)
    yield ""
    for account in books.accounts:
        yield f"{books.end} balance {account.name} {yuan(account.amount)} {account.unit}"


def _transaction(transaction: BookTransaction) -> Iterator[str]:
    yield ""
    yield f"{transaction.day} * {_quoted(transaction.text)}"
    yield f"  number: {transaction.number}"
    yield f"  key: {_quoted(transaction.key)}"
    yield f"  occurred: {transaction.occurred}"
    yield f"  posted: {transaction.posted}"
    for entry in transaction.entries:
        yield f"  {entry.account.name} {yuan(entry.amount)} {entry.account.unit}"
        if entry.part:
            yield f"    part: {_quoted(entry.part)}"


def _quoted(text: str) -> str:
    return f'"{text.translate(QUOTED)}"'
