"""What machines are told of stars, marks and frameworks: an agency of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.tiers.models import (
    CertificationAppeal,
    CertificationApplication,
    Framework,
    StarApplication,
    StarReview,
)
from portal.webhooks.catalogue import register_event


def quarter_data(review: StarReview, told: int) -> dict[str, Any]:
    """`stars`: what holds from `held_from` on, or will once it is announced."""
    return {
        "agency": review.party_id,
        "quarter": str(review.of_quarter),
        "status": review.status,
        "movement": review.movement,
        "stars_before": review.before,
        "stars": review.result,
        "held_from": review.held_from.isoformat() if review.held_from else None,
    }


def star_application_data(application: StarApplication, told: int) -> dict[str, Any]:
    return {
        "application": str(application.pk),
        "agency": application.review.party_id,
        "quarter": str(application.review.of_quarter),
        "stars_asked": application.stars,
        "status": application.status,
        "reason": application.reason,
    }


def mark_data(application: CertificationApplication, told: int) -> dict[str, Any]:
    return {
        "application": str(application.pk),
        "agency": application.party_id,
        "year": application.round.year,
        "status": application.status,
        "due_on": application.due_on.isoformat() if application.due_on else None,
        "asked": application.asked if application.status == "need_info" else "",
        "reason": application.reason,
        "score": application.score,
        "rank": application.rank,
    }


def objection_data(appeal: CertificationAppeal, told: int) -> dict[str, Any]:
    return {
        "objection": str(appeal.pk),
        "application": str(appeal.application_id),
        "agency": appeal.application.party_id,
        "year": appeal.application.round.year,
        "status": appeal.status,
        "sentence": appeal.sentence,
    }


def framework_data(framework: Framework, told: int) -> dict[str, Any]:
    return {
        "framework": str(framework.pk),
        "agency": framework.party_id,
        "status": framework.status,
        "starts_on": framework.starts_on.isoformat(),
        "last_day": framework.last_day.isoformat(),
        "target_fen": framework.target_fen,
    }


QUARTER: dict[str, Any] = {
    "agency": 81,
    "quarter": "2026Q3",
    "status": "announced",
    "movement": "rise",
    "stars_before": 2,
    "stars": 3,
    "held_from": None,
}
MARK: dict[str, Any] = {
    "application": "0d5f3c0e-2f0a-4d61-8d6b-1a2b3c4d5e6f",
    "agency": 81,
    "year": 2027,
    "status": "granted",
    "due_on": None,
    "asked": "",
    "reason": "",
    "score": 71.25,
    "rank": 12,
}
FRAMEWORK: dict[str, Any] = {
    "framework": "7f3c9a52-0c1e-4a52-9d2c-3f0c6e1f7a10",
    "agency": 81,
    "status": "signed",
    "starts_on": "2027-01-01",
    "last_day": "2027-12-31",
    "target_fen": 12_000_000_000,
}
STAR_APPLICATION: dict[str, Any] = {
    "application": "3c5b0d5f-0e3c-4d61-8d6b-5e6f1a2b3c4d",
    "agency": 81,
    "quarter": "2026Q3",
    "stars_asked": 3,
    "status": "granted",
    "reason": "数据达到，予以通过。",
}
OBJECTION: dict[str, Any] = {
    "objection": "c0a8012e-3c5b-4f0f-8d5c-2f6f3f6f9a10",
    "application": "0d5f3c0e-2f0a-4d61-8d6b-1a2b3c4d5e6f",
    "agency": 81,
    "year": 2027,
    "status": "granted",
    "sentence": "合同日期属实，予以通过。",
}

Happenings = Sequence[tuple[str, str | Promise, tuple[str, ...], dict[str, Any]]]
QUARTERS: Happenings = (
    ("stars.announced", _("The stars of a quarter were announced"), ("announce_stars",), {}),
    (
        "stars.effective",
        _("The stars of a quarter hold from now on"),
        ("bring_stars_into_effect",),
        {"status": "effective", "held_from": "2026-11-01"},
    ),
)
for name, title, verbs, changes in QUARTERS:
    register_event(
        name,
        title,
        of="tiers.starreview",
        verbs=verbs,
        parties=lambda review: [review.party_id],
        data=quarter_data,
        example=QUARTER | changes,
    )
register_event(
    "stars.application",
    _("An application for a star was handed in, decided or withdrawn"),
    of="tiers.starapplication",
    verbs=("apply_for_star", "grant_star", "refuse_star", "withdraw_star_application"),
    parties=lambda application: [application.review.party_id],
    data=star_application_data,
    example=STAR_APPLICATION,
)
MARKS: Happenings = (
    (
        "certification.submitted",
        _("An application for the top-100 mark was handed in"),
        ("submit_certification", "answer_certification"),
        {"status": "submitted", "due_on": "2026-12-07", "score": None, "rank": None},
    ),
    (
        "certification.asked",
        _("Something is asked of an application for the mark"),
        ("ask_certification",),
        {
            "status": "need_info",
            "due_on": "2026-11-30",
            "asked": "营业执照照片不清晰，请重新上传。",
            "score": None,
            "rank": None,
        },
    ),
    (
        "certification.refused",
        _("The top-100 mark was refused"),
        ("refuse_certification", "lapse_certification"),
        {"status": "refused", "reason": "孵化案例缺少签约时间，无法核实新人来源。"},
    ),
    (
        "certification.granted",
        _("The top-100 mark was granted, or is next in line"),
        ("grant_certification", "queue_certification"),
        {},
    ),
    (
        "certification.ended",
        _("A top-100 mark was given up, taken back or has expired"),
        ("give_up_certification", "take_back_certification", "expire_certification"),
        {"status": "lapsed"},
    ),
)
for name, title, verbs, changes in MARKS:
    register_event(
        name,
        title,
        of="tiers.certificationapplication",
        verbs=verbs,
        parties=lambda application: [application.party_id],
        data=mark_data,
        example=MARK | changes,
    )
register_event(
    "certification.objection",
    _("An objection to a refused mark was filed, decided or withdrawn"),
    of="tiers.certificationappeal",
    verbs=("object_to_refusal", "decide_certification_objection", "withdraw_objection"),
    parties=lambda appeal: [appeal.application.party_id],
    data=objection_data,
    example=OBJECTION,
)
FRAMEWORKS: Happenings = (
    (
        "framework.proposed",
        _("An annual framework, other terms or a change of one were proposed"),
        ("propose_framework", "counter_framework", "change_framework"),
        {"status": "proposed"},
    ),
    (
        "framework.signed",
        _("An annual framework or its change was accepted"),
        ("sign_framework", "accept_framework_change"),
        {"status": "signed"},
    ),
    (
        "framework.begun",
        _("An annual framework runs from today on"),
        ("begin_framework",),
        {"status": "running"},
    ),
    (
        "framework.dropped",
        _("Terms of an annual framework were declined, withdrawn or ran out"),
        ("decline_framework", "withdraw_framework", "expire_framework"),
        {"status": "dropped"},
    ),
    (
        "framework.closed",
        _("An annual framework was reviewed, ended or renewed"),
        ("review_framework", "end_framework", "close_framework", "renew_framework"),
        {"status": "reviewed"},
    ),
)
for name, title, verbs, changes in FRAMEWORKS:
    register_event(
        name,
        title,
        of="tiers.framework",
        verbs=verbs,
        parties=lambda framework: [framework.party_id],
        data=framework_data,
        example=FRAMEWORK | changes,
    )
