"""The handbook and the advisers are everybody's to read; hours are parties', desks operators'."""

from __future__ import annotations

from datetime import time, timedelta

from portal.core import clock
from tests.routes import Arranged, Cast
from tests.training.advice import making

RUN = "operator {0}, administrator {0}"
DESK = f"visitor 302, {RUN.format(200)}, * 403"
WRITES = f"visitor 302, {RUN.format(302)}, * 403"
OWN = "visitor 302, owner {0}, member {1}, operator {2}, administrator {2}, * 404"
PAGES = {
    "GET chapter_list": "* 200",
    "GET chapter_detail": "* 200",
    "GET chapter_version": "* 200",
    "GET chapter_changes": "* 404",  # the first version changed nothing
    "GET handbook_print": "* 200",
    "POST chapter_reading": "* 302",
    "GET handbook_desk": DESK,
    "GET chapter_create": DESK,
    "POST chapter_create": DESK,  # an empty form comes back
    "GET chapter_edit": DESK,
    "POST chapter_edit": DESK,
    "POST chapter_draft": f"visitor 302, {RUN.format(409)}, * 403",  # there is none
    "POST chapter_publication": DESK,
    "POST chapter_retirement": WRITES,
    "POST chapter_move": WRITES,
    "GET adviser_list": "* 200",
    "GET adviser_detail": "* 200",
    "GET adviser_hours": "visitor 302, * 404",  # of advisers with a login
    "GET advice_desk": DESK,
    "GET adviser_create": DESK,
    "POST adviser_create": DESK,
    "GET adviser_edit": DESK,
    "POST adviser_edit": DESK,
    "POST adviser_release": DESK,
    "GET slot_create": DESK,
    "POST slot_create": DESK,
    "POST slot_withdrawal": DESK,
    "GET slot_booking": "visitor 302, owner 200, member 200, provider 200, rival 200, agency 200, "
    "creator 200, * 403",
    "POST slot_booking": "visitor 302, owner 200, member 200, provider 200, rival 200, agency 200, "
    "creator 200, * 403",
    "GET booking_list": "visitor 302, owner 200, member 200, provider 200, rival 200, agency 200, "
    "creator 200, * 403",
    "GET booking_detail": OWN.format(200, 200, 200),
    "GET booking_calendar": OWN.format(200, 200, 200),
    "POST booking_cancellation": OWN.format(200, 200, 200),  # without a reason the page comes back
    "POST booking_holding": OWN.format(403, 403, 409),  # it has not begun
    "POST booking_absence": OWN.format(409, 403, 409),
    "POST booking_notes": OWN.format(200, 200, 200),
    "POST booking_rating": OWN.format(200, 200, 200),
}
TAKES = "visitor 401, owner {0}, member {1}, operator {2}, administrator {2}, * 404"
RUNS = "visitor 401, operator {0}, administrator {0}, * 403"
API = {
    "GET api-handbook-list": "* 200",
    "GET api-handbook-detail": "* 200",
    "GET api-handbook-versions": "* 200",
    "POST api-handbook-reading": "visitor 401, * 200",
    "POST api-handbook-list": RUNS.format(201),
    "POST api-handbook-draft": RUNS.format(200),
    "POST api-handbook-draft-removal": RUNS.format(409),
    "POST api-handbook-publication": RUNS.format(409),
    "POST api-handbook-retirement": RUNS.format(200),
    "POST api-handbook-put-back": RUNS.format(409),
    "POST api-handbook-move": RUNS.format(200),
    "GET api-adviser-list": "* 200",
    "GET api-adviser-detail": "* 200",
    "POST api-adviser-list": RUNS.format(201),
    "PUT api-adviser-detail": RUNS.format(200),
    "POST api-adviser-release": RUNS.format(200),
    "POST api-adviser-slots": RUNS.format(201),
    "GET api-adviser-slot-list": "* 200",
    "POST api-adviser-slot-withdrawal": RUNS.format(200),
    "GET api-adviser-booking-list": "visitor 401, * 200",
    "POST api-adviser-booking-list": "visitor 401, owner 201, member 201, provider 201, rival 201, "
    "agency 201, creator 201, * 403",
    "GET api-adviser-booking-detail": TAKES.format(200, 200, 200),
    "POST api-adviser-booking-cancellation": TAKES.format(200, 403, 200),
    "POST api-adviser-booking-holding": TAKES.format(403, 403, 409),
    "POST api-adviser-booking-absence": TAKES.format(409, 403, 409),
    "POST api-adviser-booking-notes": TAKES.format(403, 403, 409),
    "POST api-adviser-booking-rating": TAKES.format(409, 403, 403),
}
ADMIN: dict[str, str] = {}
SEEN_IN_ADMIN = {
    f"advice_{model}": ("operator", "auditor")
    for model in ("chapter", "chapterversion", "adviser", "slot", "booking")
}
WHY = {"reason": "改期"}


def arrange(cast: Cast) -> Arranged:
    version = making.chapter()
    row = making.adviser()
    taken, free = making.slot(row), making.slot(row, at=time(15))
    booking = making.booked(cast.owner, taken)
    code, adviser = {"code": version.chapter.code}, {"pk": row.pk}
    chapters = ("edit", "draft", "publication", "retirement", "move", "detail", "reading")
    own = ("detail", "calendar", "cancellation", "holding", "absence", "notes", "rating")
    fields = making.chapter_fields()
    body = {
        name: getattr(fields, name)
        for name in ("title_zh", "title_en", "summary_zh", "summary_en", "text_zh", "text_en")
    }
    given = making.adviser_fields()
    person = {
        name: getattr(given, name) for name in ("name", "title_zh", "title_en", "bio_zh", "bio_en")
    }
    hours = {
        "starts_on": (clock.today() + timedelta(days=20)).isoformat(),
        "starts_at": "10:00",
        "minutes": 45,
        "place": "二楼会议室",
        "skips_holidays": False,
    }
    of_api = (*own[2:], "detail")
    of_book = ("detail", "versions", "reading", "draft", "draft-removal", "publication")
    return Arranged(
        kwargs={
            **{f"chapter_{name}": code for name in chapters},
            "chapter_version": code | {"number": 1},
            "chapter_changes": code | {"number": 1},
            **{f"adviser_{name}": adviser for name in ("detail", "edit", "release")},
            "slot_create": adviser,
            "slot_booking": {"pk": free.pk},
            "slot_withdrawal": {"pk": free.pk},
            **{f"booking_{name}": {"pk": booking.pk} for name in own},
            **{f"api-handbook-{n}": code for n in (*of_book, "retirement", "put-back", "move")},
            **{f"api-adviser-{name}": adviser for name in ("detail", "release", "slots")},
            "api-adviser-slot-withdrawal": {"pk": free.pk},
            **{f"api-adviser-booking-{name}": {"pk": booking.pk} for name in of_api},
        },
        bodies={
            "POST booking_absence": {"absent": "adviser"},
            "POST api-handbook-list": body | {"code": "parcels"},
            "POST api-handbook-draft": body,
            "POST api-handbook-publication": {},
            "POST api-handbook-move": {"is_up": True},
            "POST api-adviser-list": person | {"topics": ["live"]},
            "PUT api-adviser-detail": person | {"topics": ["live"]},
            "POST api-adviser-release": WHY,
            "POST api-adviser-slots": hours,
            "POST api-adviser-slot-withdrawal": WHY,
            "POST api-adviser-booking-list": {
                "slot": free.pk,
                "question": making.QUESTION.question,
            },
            "POST api-adviser-booking-cancellation": WHY,
            "POST api-adviser-booking-absence": {"absent": "adviser"},
            "POST api-adviser-booking-notes": {"notes": "先改主图"},
            "POST api-adviser-booking-rating": {"stars": 5},
        },
        rows={
            "advice_chapter": version.chapter,
            "advice_chapterversion": version,
            "advice_adviser": row,
            "advice_slot": taken,
            "advice_booking": booking,
        },
    )
