"""hledger's journal format: https://hledger.org/hledger.html#journal"""

from __future__ import annotations

from collections.abc import Iterator

from portal.ledger.engine.books import Books, BookTransaction, yuan

# What would end a description or a tag, in its full-width form.
PLAIN = str.maketrans({";": "；", "|": "｜", ",": "，", "\n": " ", "\r": " ", "\t": " "})


def hledger(books: Books) -> Iterator[str]:
    """The lines of the file; at its end every account's balance is asserted."""
    yield "decimal-mark ."
    for unit in sorted({account.unit for account in books.accounts}):
        yield f"commodity 1000.00 {unit}"
    for account in books.accounts:
        yield f"account {account.name}"
    for transaction in books.transactions:
        yield from _transaction(transaction)
    if books.accounts:
        yield ""
        yield f"{books.end} * balances"
        for account in books.accounts:
            yield f"    {account.name}  0 {account.unit} = {yuan(account.amount)} {account.unit}"


def _transaction(transaction: BookTransaction) -> Iterator[str]:
    yield ""
    yield f"{transaction.day} * ({transaction.number}) {transaction.text.translate(PLAIN)}".rstrip()
    yield f"    ; key: {transaction.key.translate(PLAIN)}"
    yield f"    ; occurred: {transaction.occurred}, posted: {transaction.posted}"
    for entry in transaction.entries:
        part = f"  ; part: {entry.part.translate(PLAIN)}" if entry.part else ""
        yield f"    {entry.account.name}  {yuan(entry.amount)} {entry.account.unit}{part}"
