"""Writing what is sealed under the newest key, after `DATA_KEYS` got a new first one."""

from __future__ import annotations

from portal.core import vault
from portal.parties.models import BANK_NUMBER, ID_NUMBER, Guardian, PayoutAccount, RealName


def reseal_everything() -> int:
    """Each row in a transaction of its own; safe to interrupt and to run again. How many rows."""
    count = 0
    for real_name in RealName.objects.iterator():
        vault.reseal(real_name, "number_sealed", [("number_print", ID_NUMBER)])
        count += 1
    for guardian in Guardian.objects.iterator():
        vault.reseal(guardian, "phone_sealed")
        count += 1
    for account in PayoutAccount.objects.exclude(number_sealed=b"").iterator():
        vault.reseal(account, "number_sealed", [("number_print", BANK_NUMBER)])
        count += 1
    return count + sum(reseal_rows() for reseal_rows in vault.resealers())
