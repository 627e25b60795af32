"""What others see of a party while a person looks at its words."""

from __future__ import annotations

from portal.core.actor import Actor
from portal.moderation.selectors import held_fields
from portal.moderation.services import watch_texts
from portal.parties.models import Party


def watch_party(actor: Actor, party: Party) -> None:
    """Call it where the party's texts were written; the party's row is locked."""
    texts = {"name": party.name, "intro": party.intro}
    url = party.get_absolute_url()
    watch_texts(actor, obj=party, party_id=party.pk, texts=texts, url=url)
    refresh_hold(str(party.pk))


def refresh_hold(party_id: str) -> None:
    """Hide or show the introduction as the cases about it say."""
    party = Party.objects.get(pk=party_id)
    is_held = bool(held_fields(party, {"intro": party.intro}))
    Party.objects.filter(pk=party.pk).exclude(intro_held=is_held).update(intro_held=is_held)
