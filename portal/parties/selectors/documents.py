"""Reads of documents for pages."""

from __future__ import annotations

from django.db.models import QuerySet

from portal.parties.models import Document, DocumentKind, Party, ReviewAnswer
from portal.parties.states import DocumentStatus, PartyStatus

MOST_EARLIER = 50


def earlier_documents(party: Party, kind: DocumentKind) -> QuerySet[Document]:
    """What newer ones have replaced, the newest first."""
    replaced = Document.objects.filter(party=party, kind=kind, status=DocumentStatus.REPLACED)
    return replaced.select_related("file", "kind").order_by("-uploaded_at")[:MOST_EARLIER]


def wanted_of(party: Party) -> list[str]:
    """What the last reviewer asked for, while the party is asked for it."""
    if party.status != PartyStatus.NEED_INFO:
        return []
    last = ReviewAnswer.objects.filter(party=party).order_by("-at", "-pk").first()
    return last.wanted if last else []
