"""What of a party's money goes out: what the bank returned first, under the keys it knows, then
the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Returned:
    """A transfer the bank did not carry out; in fen."""

    key: str
    attempt: int
    amount: int


@dataclass(frozen=True, slots=True)
class Transfer:
    """`key` is empty where it is a new one."""

    amount: int
    key: str = ""
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """`given_up`: keys that are not tried again, because their amounts are no longer there."""

    transfers: tuple[Transfer, ...]
    given_up: tuple[str, ...]
    rest: int

    @property
    def total(self) -> int:
        return sum(one.amount for one in self.transfers)


def plan(available: int, returned: Iterable[Returned], minimum: int) -> Plan:
    """Never more than `available`. A returned transfer is tried again as it was, however small; a
    new one is not below `minimum`. `returned` comes oldest first."""
    rest = max(available, 0)
    transfers, given_up = [], []
    for one in returned:
        if one.amount <= rest:
            transfers.append(Transfer(one.amount, one.key, one.attempt + 1))
            rest -= one.amount
        else:
            given_up.append(one.key)
    if rest >= max(minimum, 1):
        transfers.append(Transfer(rest))
        rest = 0
    return Plan(tuple(transfers), tuple(given_up), rest)
