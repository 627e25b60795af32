"""What a bid of a creator or an agency would deliver, in words."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matchmaking.needs.models import Proposal
from portal.core.templatetags.ui import day

PAPER = "zh-hans"  # what is agreed is written in the language of the trade
SEPARATOR = " · "


def delivery_words(proposal: Proposal) -> list[str]:
    lives, videos = proposal.lives or 0, proposal.videos or 0
    creators, samples = proposal.creators or 0, proposal.samples_wanted or 0
    counted = (
        (lives, ngettext("%(n)s live session", "%(n)s live sessions", lives)),
        (videos, ngettext("%(n)s video", "%(n)s videos", videos)),
        (creators, ngettext("Brings %(n)s creator", "Brings %(n)s creators", creators)),
        (samples, ngettext("%(n)s sample wanted", "%(n)s samples wanted", samples)),
    )
    words = [sentence % {"n": n} for n, sentence in counted if n]
    if proposal.delivers_by is not None:
        words.append(_("all by %(day)s") % {"day": day(proposal.delivers_by)})
    return words


def scope_agreed(proposal: Proposal) -> str:
    """The plan, and below it what was promised in numbers."""
    with translation.override(PAPER):
        promised = SEPARATOR.join(delivery_words(proposal))
    return f"{proposal.plan}\n\n{promised}" if promised else proposal.plan
