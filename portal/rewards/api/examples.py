"""What bodies and answers look like, in the schema; tests send the one and compare the other."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer

AUDIENCE = {
    "kinds": ["creator"],
    "sizes": [],
    "services": [],
    "least_stars": None,
    "most_stars": None,
    "least_score": None,
    "most_score": None,
    "least_followers": None,
    "most_followers": None,
}
STEP = {
    "step_event": "live",
    "target": 3,
    "fold": "count",
    "scope": "",
    "since": "claim",
}
NEW_TASK: dict[str, Any] = {
    "season": "2026-q4",
    "code": "live-three-days",
    "title_zh": "一周开播三天",
    "title_en": "Three days live",
    "text_zh": "七天内开播三天，平台送奖励。",
    "text_en": "Go live on three days within seven.",
    "audience": AUDIENCE,
    "steps": [STEP],
    "quota": 100,
    "opens_at": "2026-10-08T10:00:00+08:00",
    "closes_at": "2026-12-20T20:00:00+08:00",
    "begin_days": 3,
    "finish_days": 7,
    "check_by": "records",
    "reward_hold": "claim",
    "reward_unit": "cash",
    "amount_fen": 10000,
    "coupon_kind": None,
    "indicator": "",
    "line": "live",
}
TASK: dict[str, Any] = {
    "id": 41,
    **{name: NEW_TASK[name] for name in ("code", "season", "title_zh", "title_en")},
    **{name: NEW_TASK[name] for name in ("text_zh", "text_en")},
    "task_status": "published",
    "indicator": "",
    "line": "live",
    "audience": AUDIENCE,
    "steps": [STEP],
    "quota": 100,
    "left": 62,
    **{name: NEW_TASK[name] for name in ("opens_at", "closes_at", "begin_days", "finish_days")},
    "check_by": "records",
    "reward_hold": "claim",
    "reward_unit": "cash",
    "amount": 10000,
    "close_reason": "",
}
CLAIM: dict[str, Any] = {
    "id": "5f0c1d5e-8d58-4a43-9d0e-3f7a3f2d3d11",
    "task": 41,
    "party": 12,
    "task_claim_status": "in_progress",
    "reward_standing": "reserved",
    "reward_unit": "cash",
    "amount": 10000,
    "steps": [{"step_event": "live", "target": 3, "done": 2, "rest": 1, "reached_at": None}],
    "claimed_at": "2026-11-03T09:12:44+08:00",
    "due_at": "2026-11-10T09:12:44+08:00",
    "submitted_at": None,
    "note": "",
    "decided_at": None,
    "reason": "",
    "rewarded_at": None,
    "ended_at": None,
    "missed_out": False,
    "appeal_until": None,
    "revocation": None,
}
APPEAL: dict[str, Any] = {
    "id": "0a3c9a52-63a5-4a41-8d0a-0d2d8f1f4b10",
    "task_claim": CLAIM["id"],
    "against": "failed",
    "said": "第三场录像打不开。",
    "text": "录像地址已更新，可以播放。",
    "evidence": [
        {
            "id": "a6b0f3f0-6c2d-4f0e-9a53-7d1b2f6f5b21",
            "name": "recording.png",
            "content_type": "image/png",
            "size": 48211,
            "address": "/files/a6b0f3f0-6c2d-4f0e-9a53-7d1b2f6f5b21/",
        }
    ],
    "task_appeal_status": "filed",
    "filed_at": "2026-11-12T10:00:00+08:00",
    "due_on": "2026-11-23",
    "sentence": "",
    "decided_at": None,
}
POOL: dict[str, Any] = {
    "id": 7,
    "season": "2026-q4",
    "reward_unit": "cash",
    "budget": 50000000,
    "reserved": 3800000,
    "granted": 12600000,
    "used": None,
    "free": 33600000,
}


def shown(name: str, value: Any) -> Any:
    """Decorates a serializer with its example."""
    return extend_schema_serializer(examples=[OpenApiExample(name, value=value)])
