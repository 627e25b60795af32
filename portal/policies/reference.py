"""The first version of every document, loaded with the reference data; the operator's to change."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.policies import services
from portal.policies.fields import DraftFields
from portal.policies.models import Version
from portal.policies.states import DocumentKind

FOLDER = Path(__file__).parent / "texts"


@transaction.atomic
def load_documents(actor: Actor) -> int:
    """Publish the documents that have no version yet. Returns how many were missing."""
    known = set(Version.objects.values_list("kind", flat=True))
    missing = [kind for kind in DocumentKind if kind.value not in known]
    for kind in missing:
        fields = DraftFields(text_zh=_text(kind, "zh"), text_en=_text(kind, "en"))
        services.save_draft(actor, kind=kind, fields=fields)
        services.publish_version(actor, kind=kind, effective_from=clock.now())
    return len(missing)


def _text(kind: DocumentKind, language: str) -> str:
    return (FOLDER / f"{kind.value}.{language}.txt").read_text(encoding="utf-8")
