"""Posts that are kept while somebody types."""

from __future__ import annotations

from matchmaking.recruiting import rules
from matchmaking.recruiting.models import PostDraft
from matchmaking.recruiting.services.changes import lock_post
from portal.core.drafts.services import Drafting

DRAFTING = Drafting(
    PostDraft, rules.can_keep_draft, rules.can_discard_draft, lock_post, rules.TOO_MANY_DRAFTS
)
