"""Documents that were checked before a party came here: for imports and the demo.

Such a document has no file; it says where it was checked. Only the platform itself writes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.parties import rules
from portal.parties.listing import publish_listing
from portal.parties.models import Document, Party
from portal.parties.states import DocumentStatus


@dataclass(frozen=True, slots=True)
class Attested:
    """A party, the categories it trades in, and when its documents were checked."""

    party: Party
    categories: Sequence[int]
    at: datetime


@transaction.atomic
def attest_documents(actor: Actor, *, party: Party, where: str) -> list[Document]:
    """Take everything the party is required to show as checked elsewhere, today."""
    categories = [share.category_id for share in party.category_shares.all()]
    return attest_many(actor, attested=[Attested(party, categories, clock.now())], where=where)


def attest_undocumented(actor: Actor, *, where: str) -> int:
    """Verified parties that show nothing: those of the days before documents were asked for, not
    those of public data, whose documents nobody saw."""
    silent = Party.objects.filter(
        verified_at__isnull=False, documents=None, taken_from=""
    ).order_by("pk")
    parties = list(silent.prefetch_related("category_shares"))
    for party in parties:
        attest_documents(actor, party=party, where=where)
        publish_listing(party)
    return len(parties)


@transaction.atomic
def attest_many(actor: Actor, *, attested: Sequence[Attested], where: str) -> list[Document]:
    """The same for many, with a fixed number of queries."""
    rules.can_attest_documents(actor).require()
    documents = list(_documents(attested, where))
    bulk.insert(documents)
    after = {"status": DocumentStatus.ACCEPTED, "checked_elsewhere": where}
    audit.record_many(
        [
            audit.entry(actor, "attest_document", document, at=document.uploaded_at, after=after)
            for document in documents
        ]
    )
    return documents


def _documents(attested: Sequence[Attested], where: str) -> Iterator[Document]:
    wanted = rules.Wanted.in_force()
    for one in attested:
        for kind in wanted.of(one.party, one.categories):
            yield Document(
                party=one.party,
                kind_id=kind,
                checked_elsewhere=where,
                status=DocumentStatus.ACCEPTED,
                uploaded_at=one.at,
                decided_at=one.at,
            )
