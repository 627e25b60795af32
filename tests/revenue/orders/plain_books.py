"""A reader of hledger's journals that knows nothing of our ledger: it adds up what stands in the
file, and complains where a transaction is not at zero or an assertion at the end does not hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

Account = tuple[str, str]  # its name, its unit
BEGINS = re.compile(r"\d{4}-\d{2}-\d{2} \* ")
POSTING = re.compile(r"    (\S+)  (-?\d+\.\d{2}|0) ([A-Z]+)(?: = (-?\d+\.\d{2}) [A-Z]+)?(?:  ;.*)?")
NAMED = re.compile(r"\w+:(Estimated|Settled):(\w+)(?::P(\d+).*)?")


def balances(lines: Iterable[str]) -> dict[Account, Decimal]:
    """Of all accounts with something on them."""
    found: Counter[Account] = Counter()
    for transaction in _transactions(lines):
        sums: Counter[str] = Counter()
        for account, amount, claimed in transaction:
            sums[account[1]] += amount
            found[account] += amount
            assert claimed is None or found[account] == claimed, f"{account}: {found[account]}"
        assert not any(sums.values()), transaction
    return {account: amount for account, amount in found.items() if amount}


def books_in(lines: Iterable[str]) -> dict[tuple[int | None, str, str], int]:
    """What is on each account in fen, as the site counts: by party, kind and track."""
    found = {}
    for (name, _unit), amount in balances(lines).items():
        track, kind, party = NAMED.fullmatch(name).groups()
        key = (int(party) if party else None, kind.lower(), track.lower())
        found[key] = -int(amount * 100)
    return found


def _transactions(lines: Iterable[str]) -> Iterator[list[tuple[Account, Decimal, Decimal | None]]]:
    current = None
    for line in lines:
        if BEGINS.match(line):
            current = []
        elif not line.strip() and current:
            yield current
            current = None
        elif current is not None and (match := POSTING.fullmatch(line.rstrip("\n"))):
            name, amount, unit, claimed = match.groups()
            current.append(((name, unit), Decimal(amount), Decimal(claimed) if claimed else None))
        elif current is not None:
            assert line.startswith("    ;"), line
    if current:
        yield current
