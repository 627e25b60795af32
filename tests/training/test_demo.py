"""The demo's year of training: real texts, every state, settled by the rule that everybody's is."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.db import transaction

from portal.core import clock
from portal.notices.models import Notice
from portal.pages import demo as pages_demo
from portal.parties import demo as parties_demo
from portal.parties.demo import World, demo_user
from portal.parties.states import PartyKind
from portal.seats.models import Claim
from portal.seats.selectors import differences
from training.assessment.demo import (
    examine,
    make_assignments,
    make_opinions,
    make_own_learning,
    make_quizzes,
)
from training.assessment.demo.assignments import assignments
from training.assessment.demo.bank import codes, questions_of
from training.assessment.models import AskedQuestion, Attempt, Feedback, Mark, Work
from training.assessment.rules import flaws_of_question
from training.certificates.demo import make_certificates
from training.certificates.models import Certificate
from training.courses.demo import course_texts, make_courses, make_programmes
from training.courses.models import Course, Programme, Session
from training.learning import selectors
from training.learning.demo import KINDS, make_sessions
from training.learning.models import Enrolment

TODAY = date(2026, 11, 22)
CHINESE = (130, 700)  # characters of a lesson, punctuation apart


def test_every_lesson_is_written_in_both_languages():
    for text in course_texts():
        assert 3 <= len(text.lessons) <= 5, text.code
        assert text.lines("can-zh").count("\n") == text.lines("can-en").count("\n"), text.code
        for lesson in text.lessons:
            length = sum("\u4e00" <= sign <= "\u9fff" for sign in lesson.text_zh)
            assert CHINESE[0] <= length <= CHINESE[1], (text.code, lesson.title_zh, length)
            assert len(lesson.text_en.split()) >= 30, (text.code, lesson.title_en)


def test_who_gets_a_certificate_was_asked_what_the_lessons_teach():
    """A quiz for each such course, of several kinds of questions; eight practical works besides."""
    words = {text.code: text.words for text in course_texts()}
    assert {code for code, one in words.items() if "certificate" in one} == set(codes())
    assert {code for code, one in words.items() if "quiz" in one} == set(codes())
    assert {code for code, one in words.items() if "assignment" in one} == set(assignments())
    assert len(codes()) >= 30
    assert len(assignments()) >= 8
    for code in codes():
        asked = list(questions_of(code))
        assert 6 <= len(asked) <= 10, code
        assert {one.kind for one in asked} == {"single", "multiple", "true_false"}, code
        assert len({one.text_zh for one in asked}) == len(asked), code
        for one in asked:
            assert not list(flaws_of_question(one)), one.code
            assert len(one.right) == 1 or one.kind == "multiple", one.code
    for code, told in assignments().items():
        assert told.most == 100, code
        assert min(len(words) for _text, words in (told.good, told.poor)) == 2, code


def _live(world: World) -> None:
    make_courses(world)
    make_programmes(world)
    make_quizzes(world)
    make_assignments(world)
    for kind in KINDS:
        make_sessions(world, kind=kind, scale=0.004, examine=examine)
    make_own_learning(world)
    make_opinions(world)
    make_certificates(world)


def _told() -> dict[str, list[tuple[object, ...]]]:
    """Everything but keys, and numbers nobody can guess."""
    of = ("enrolment__session__course__code", "enrolment__session__starts_at")
    who = ("enrolment__learner__name", "enrolment__party__name")
    asked = {
        Session: ("course__code", "starts_at", "status", "city__code", "venue", "ends_at"),
        Enrolment: (
            *("session__course__code", "session__starts_at", "learner__name", "party__name"),
            *("pk", "claim__status", "outcome", "reason", "ended_at", "attended_minutes"),
        ),
        Attempt: (*of, *who, "number", "started_at", "submitted_at", "right", "is_passed"),
        AskedQuestion: ("attempt__pk", "position", "question__code", "answer", "order"),
        Work: (*of, *who, "number", "handed_in_at", "text", "score", "marked_at"),
        Mark: ("work__pk", "place", "marker__email", "points", "words", "given_at"),
        Feedback: (*of, *who, "stars", "words", "given_at"),
        Certificate: (*of, *who, "issued_at", "expires_on", "status", "renewed_from__issued_at"),
    }
    return {
        model.__name__: sorted(model.objects.values_list(*names), key=repr)
        for model, names in asked.items()
    }


@pytest.mark.django_db
def test_year_is_lived_in_every_state():
    world = parties_demo.read_world(TODAY)
    with clock.standing_at(world.dawn):
        for step in pages_demo._cast():
            step.build(world)
        for kind in PartyKind:
            parties_demo.make_parties(world, kind, range(1, 16))
        with transaction.atomic():
            _live(world)
            first = _told()
            transaction.set_rollback(True)
        _live(world)
    assert _told() == first, "another load of the same day is another world"
    held = Counter(
        Session.objects.filter(starts_at__year=2026)
        .exclude(status="cancelled")
        .values_list("course__kind", flat=True)
    )
    assert held == {"live": 20, "offline": 15, "meetup": 12, "open": 40}
    assert set(Session.objects.values_list("status", flat=True)) == {
        *("planned", "open", "running", "done", "cancelled")
    }
    assert set(Enrolment.objects.values_list("outcome", flat=True)) == {
        *("none", "completed", "failed")
    }
    assert set(Claim.objects.filter(enrolment__isnull=False).values_list("status", flat=True)) >= {
        *("waiting", "offered", "confirmed", "present", "absent", "withdrawn", "expired")
    }
    assert {"valid", "expired"} <= set(Certificate.objects.values_list("status", flat=True))
    assert Certificate.objects.exclude(renewed_from=None).exists()
    assert set(Attempt.objects.values_list("is_passed", flat=True)) == {True, False}
    assert Attempt.objects.filter(number=2, is_passed=True).exists()
    assert set(Work.objects.values_list("is_passed", flat=True)) == {True, False}
    assert Work.objects.filter(marks__place=3).exists()
    assert Feedback.objects.exists()
    assert "quiz" in Enrolment.objects.values_list("reason", flat=True)
    assert Programme.objects.running().count() == 7
    assert not list(differences())
    assert not Notice.objects.filter(event__startswith="course.").exists()
    for login in ("provider", "merchant", "creator", "agency", "agency-manager"):
        own = Enrolment.objects.filter(learner__user=demo_user(login))
        assert own.filter(outcome="completed", certificate__status="valid").exists(), login
        assert own.open().filter(outcome="none", progress__done_at__isnull=False).exists(), login
    ahead = Enrolment.objects.filter(claim__status="confirmed", session__status="open")
    assert ahead.filter(learner__user=demo_user("provider")).exists()
    asking = Course.objects.filter(prerequisites__isnull=False)
    for one in Enrolment.objects.filter(session__course__in=asking).whole():
        assert not selectors.missing_prerequisites(one.session.course, one.learner)
