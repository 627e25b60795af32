"""How posts and applications are written on pages."""

from __future__ import annotations

from django import template

from matchmaking.recruiting.matching import PART_NAMES
from matchmaking.recruiting.models import Application, Post
from matchmaking.recruiting.tables import TONES

register = template.Library()


@register.filter
def percent(basis_points: int) -> str:
    """15% or 12.5%."""
    return f"{basis_points / 100:g}%"


@register.filter
def plain(value: float) -> str:
    """A number for an attribute: no language writes it in its own way."""
    return f"{value:.3f}"


@register.filter
def tone_of(row: Post | Application) -> str:
    """The colour of its state."""
    return TONES.get(row.status, "")


@register.inclusion_tag("components/tag.html")
def stage(row: Post | Application) -> dict[str, str]:
    """The tag of its state: `{% stage post %}`."""
    return {"label": str(row.get_status_display()), "tone": tone_of(row)}


@register.filter
def part_name(code: str) -> str:
    return str(PART_NAMES[code])
