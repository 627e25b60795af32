"""django-hordak on the same PostgreSQL and the same work, in an environment of its own:
`python _hordak.py ADDRESS SINGLES BULK` by that environment's Python. Prints journals a second, one
a commit and in bulk, and the milliseconds of a balance behind all of them. `ledger` runs it.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from datetime import date
from typing import Any

import dj_database_url
import django
from django.conf import settings

PARTS = (("clearing", "debit", 100), ("fees", "credit", 5), ("creator", "credit", 14))
PARTS += (("agency", "credit", 6), ("merchant", "credit", 75))
AT_ONCE = 1_000
DAY = date(2026, 3, 14)


def main(address: str, singles: int, bulk: int) -> None:
    settings.configure(
        DATABASES={"default": dj_database_url.parse(address)},
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "mptt", "hordak"],
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        DEFAULT_CURRENCY="CNY",
        HORDAK_INTERNAL_CURRENCY="CNY",
        CURRENCIES=("CNY",),
        SECRET_KEY="bench",
        USE_TZ=True,
    )
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    accounts = opened()
    one = singles / seconds(lambda: [single(accounts) for _n in range(singles)])
    many = bulk / seconds(lambda: in_bulk(accounts, bulk))
    times = [seconds(accounts["clearing"].get_balance) for _n in range(5)]
    told = {"single": one, "bulk": many, "balance_ms": 1000 * statistics.median(times)}
    print(json.dumps(told))


def opened() -> dict[str, Any]:
    from hordak.models import Account, AccountType

    return {
        name: Account.objects.create(name=name, type=AccountType.liability, currencies=["CNY"])
        for name, _side, _amount in PARTS
    }


def single(accounts: dict[str, Any]) -> None:
    """As its documentation has it."""
    from django.db import transaction
    from hordak.models import Transaction

    with transaction.atomic():
        journal = Transaction.objects.create(date=DAY)
        for leg in legs(accounts, journal):
            leg.save()


def in_bulk(accounts: dict[str, Any], count: int) -> None:
    from django.db import transaction
    from hordak.models import Leg, Transaction

    for first in range(0, count, AT_ONCE):
        with transaction.atomic():
            some = [Transaction(date=DAY) for _n in range(min(AT_ONCE, count - first))]
            Transaction.objects.bulk_create(some)
            Leg.objects.bulk_create([leg for one in some for leg in legs(accounts, one)])


def legs(accounts: dict[str, Any], journal: Any) -> list[Any]:
    from hordak.models import Leg
    from moneyed import Money

    return [
        Leg(transaction=journal, account=accounts[name], **{side: Money(amount, "CNY")})
        for name, side, amount in PARTS
    ]


def seconds(work: Any) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
