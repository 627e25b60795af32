"""Reading natural persons' numbers in full, each reading on the record."""

from __future__ import annotations

from collections.abc import Sequence

from portal.core import audit, clock, vault
from portal.core.actor import Actor
from portal.invoicing import rules
from portal.invoicing.selectors import Earned


def read_numbers(actor: Actor, *, chunk: Sequence[Earned]) -> list[str]:
    """Codes of firms, and ID numbers of natural persons; empty where nobody proved one."""
    rules.can_export_identities(actor).require()
    now, entries, found = clock.now(), [], []
    for one in chunk:
        name = getattr(one.party, "real_name", None)
        if one.party.uscc or name is None:
            found.append(one.party.uscc)
            continue
        found.append(vault.unseal(name.number_sealed))
        entries.append(audit.entry(actor, "export_identity", one.party, at=now))
    audit.record_many(entries)
    return found
