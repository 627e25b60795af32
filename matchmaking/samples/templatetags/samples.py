"""What samples leave behind, where a party shows itself: `{% sample_record party %}`."""

from __future__ import annotations

from typing import Any

from django import template

from matchmaking.samples.selectors import record_of
from portal.parties.models import Party

register = template.Library()


@register.inclusion_tag("samples/record.html")
def sample_record(party: Party) -> dict[str, Any]:
    return {"kind": party.kind, "record": record_of(party)}
