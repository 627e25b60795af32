"""Briefs and answers that are kept while somebody types."""

from __future__ import annotations

from matchmaking.needs import rules
from matchmaking.needs.models import NeedDraft, ProposalDraft
from matchmaking.needs.services.changes import lock_need
from portal.core.drafts.services import Drafting

DRAFTING = Drafting(
    NeedDraft, rules.can_keep_draft, rules.can_discard_draft, lock_need, rules.TOO_MANY_DRAFTS
)
ANSWERING = Drafting(
    ProposalDraft,
    rules.can_keep_answer,
    rules.can_discard_answer,
    lock_need,
    rules.TOO_MANY_ANSWERS,
)
