"""Quizzes: drawn, answered as one goes, handed in once, resat, and a part of completion."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from portal.core import clock
from portal.core.verdict import Refused
from portal.notices.models import Notice
from tests.factories import SYSTEM
from tests.training.assessment.making import (
    QUIZ,
    answers_of,
    question_fields,
    quizzed_course,
    seated,
)
from tests.training.making import course_fields
from training.assessment import rules, services
from training.assessment.fields import QuizFields
from training.assessment.models import AskedQuestion, Attempt, Question, Quiz
from training.courses import services as courses
from training.learning.models import Enrolment
from training.learning.selectors import progress_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def refused(call):
    before = [model.objects.count() for model in (Question, Quiz, Attempt, AskedQuestion)]
    with pytest.raises(Refused) as found:
        call()
    assert [model.objects.count() for model in (Question, Quiz, Attempt, AskedQuestion)] == before
    return found.value.verdict


def fresh(enrolment):
    return Enrolment.objects.whole().get(pk=enrolment.pk)


def tried(person, enrolment, right):
    attempt = services.start_attempt(person.actor, enrolment=enrolment)
    return services.submit_attempt(
        person.actor, attempt=attempt, answers=answers_of(attempt, right)
    )


def test_failed_then_passed_completes_the_course(provider):
    made = seated(provider, quizzed_course())
    [(part, result)] = progress_of(made).rows
    assert (part.code, result.state, result.reached, result.asked) == ("quiz", "open", 0, 60)
    first = tried(provider, made, right=1)
    assert (first.is_passed, first.right, first.asked, first.percent) == (False, 1, 3, 33)
    quiz, before = first.quiz, [first]
    first.enrolment = fresh(made)
    assert rules.can_read_answers(provider.actor, first, quiz, before).status == 409  # no spoiler
    second = services.start_attempt(provider.actor, enrolment=made)
    drawn = [set(one.asked_questions.values_list("question", flat=True)) for one in (first, second)]
    assert len(drawn[0] | drawn[1]) == 4  # what was not asked comes first
    services.submit_attempt(provider.actor, attempt=second, answers=answers_of(second, right=2))
    second = Attempt.objects.whole().get(number=2)
    assert (second.is_passed, second.percent, fresh(made).outcome) == (True, 66, "completed")
    assert rules.can_read_answers(provider.actor, second, quiz, [first, second])
    assert made.attempts.count() == 2
    assert (
        refused(lambda: services.start_attempt(provider.actor, enrolment=fresh(made))).status == 409
    )


def test_last_attempt_failed_fails_the_course(provider):
    quiz = QuizFields(questions=3, pass_mark=60, attempts=2, wait_hours=24, minutes=20)
    made = seated(provider, quizzed_course(quiz=quiz))
    tried(provider, made, right=0)
    verdict = refused(lambda: services.start_attempt(provider.actor, enrolment=made))
    assert verdict.status == 409
    with clock.standing_at(clock.now() + 25 * HOUR):
        tried(provider, made, right=1)
    ended = fresh(made)
    # At one's own pace a missed part ends the course at once.
    assert (ended.outcome, ended.reason) == ("failed", "quiz")


def test_answers_are_saved_as_one_goes_and_time_hands_them_in(provider):
    made = seated(provider, quizzed_course())
    attempt = services.start_attempt(provider.actor, enrolment=made)
    right = answers_of(attempt, right=3)
    services.save_answers(provider.actor, attempt=attempt, answers={1: right[1], 2: right[2]})
    services.save_answers(provider.actor, attempt=attempt, answers={2: []})
    services.save_answers(provider.actor, attempt=attempt, answers={2: right[2]})
    assert services.end_attempts(SYSTEM) == 0
    with clock.standing_at(attempt.due_at + timedelta(seconds=1)):
        late = refused(
            lambda: services.save_answers(provider.actor, attempt=attempt, answers={3: right[3]})
        )
        assert late.status == 409
        assert services.end_attempts(SYSTEM) == 1
        assert services.end_attempts(SYSTEM) == 0
    attempt.refresh_from_db()
    assert (attempt.ended_by, attempt.right, attempt.is_passed) == ("clock", 2, True)
    assert Notice.objects.filter(user=provider.user, event="course.quiz").count() == 1


def test_handing_in_late_counts_what_was_saved(provider):
    attempt = services.start_attempt(provider.actor, enrolment=seated(provider, quizzed_course()))
    right = answers_of(attempt, right=3)
    services.save_answers(provider.actor, attempt=attempt, answers={1: right[1]})
    with clock.standing_at(attempt.due_at + HOUR):
        services.submit_attempt(provider.actor, attempt=attempt, answers=right)
    attempt.refresh_from_db()
    assert (attempt.ended_by, attempt.right) == ("clock", 1)
    again = refused(lambda: services.submit_attempt(provider.actor, attempt=attempt))
    assert again.status == 409


def test_nobody_answers_for_another_nor_what_is_not_asked(provider, rival, operator):
    made = seated(provider, quizzed_course())
    attempt = services.start_attempt(provider.actor, enrolment=made)
    for actor in (rival.actor, operator.actor):
        for call in (
            lambda a=actor: services.save_answers(a, attempt=attempt, answers={1: [1]}),
            lambda a=actor: services.submit_attempt(a, attempt=attempt),
            lambda a=actor: services.start_attempt(a, enrolment=made),
        ):
            assert refused(call).status == 403
    for bad in ([9], [0, 1], [1, 1]):
        verdict = refused(
            lambda b=bad: services.save_answers(provider.actor, attempt=attempt, answers={1: b})
        )
        assert verdict.flaws[0].field == "answer-1"
    assert not attempt.asked_questions.exclude(answer=None).exists()
    running = refused(lambda: services.start_attempt(provider.actor, enrolment=made))
    assert running.status == 409
    assert not Attempt.objects.visible_to(rival.actor).exists()


def test_a_question_that_was_asked_stays_as_it_was(provider, operator):
    course = quizzed_course(questions=3)
    attempt = services.start_attempt(provider.actor, enrolment=seated(provider, course))
    old = Question.objects.get(course=course, code="q-1")
    fields = question_fields("q-1", text_zh="先看什么？", right=(0,))
    new = services.change_question(operator.actor, question=old, fields=fields)
    old.refresh_from_db()
    assert old.retired_at is not None
    assert (new.code, new.right, new.retired_at) == ("q-1", [0], None)
    services.submit_attempt(provider.actor, attempt=attempt, answers=answers_of(attempt, 3))
    attempt.refresh_from_db()
    assert attempt.right == 3  # by the question as it was asked
    fresh_one = services.create_question(
        operator.actor, course=course, fields=question_fields("q-9")
    )
    changed = services.change_question(
        operator.actor, question=fresh_one, fields=question_fields("q-9", text_zh="改了")
    )
    assert changed.pk == fresh_one.pk  # nobody was asked it
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=old.pk).update(right=[2])


def test_what_was_handed_in_is_frozen_whoever_asks(provider):
    attempt = tried(provider, seated(provider, quizzed_course()), right=1)
    for rows, changes in (
        (Attempt.objects.filter(pk=attempt.pk), {"is_passed": True}),
        (attempt.asked_questions.filter(position=1), {"is_right": True, "answer": [1]}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**changes)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(pass_mark=1)


def test_course_is_published_with_its_quiz_only(operator, provider):
    draft = courses.create_course(
        operator.actor, fields=course_fields("bare", needs_quiz=True, needs_lessons=False)
    )

    def publish():
        courses.publish_course(operator.actor, course=draft)

    assert refused(publish).status == 422
    services.set_quiz(operator.actor, course=draft, fields=QUIZ)
    assert refused(publish).status == 422  # the bank is empty
    for number in range(3):
        services.create_question(
            operator.actor, course=draft, fields=question_fields(f"q-{number}")
        )
    publish()
    one = draft.questions.first()
    assert refused(lambda: services.retire_question(operator.actor, question=one)).status == 409
    more = QuizFields(questions=9, pass_mark=60, attempts=1, wait_hours=0, minutes=5)
    flaw = refused(lambda: services.set_quiz(operator.actor, course=draft, fields=more)).flaws[0]
    assert flaw.field == "questions"
    for call in (
        lambda: services.set_quiz(provider.actor, course=draft, fields=QUIZ),
        lambda: services.create_question(
            provider.actor, course=draft, fields=question_fields("q-7")
        ),
        lambda: services.retire_question(provider.actor, question=one),
    ):
        assert refused(call).status == 403


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "Not A Code"}, "code"),
        ({"kind": "essay"}, "kind"),
        ({"topic": "weather"}, "topic"),
        ({"text_zh": " "}, "text_zh"),
        ({"explanation_en": ""}, "explanation_en"),
        ({"options_zh": ("一",), "options_en": ("1",)}, "options_zh"),
        ({"options_en": ("Go live", "Read")}, "options_en"),
        ({"options_zh": ("甲", "甲", "乙")}, "options_zh"),
        ({"right": ()}, "right"),
        ({"right": (3,)}, "right"),
        ({"right": (0, 1)}, "right"),
        ({"kind": "true_false"}, "options_zh"),
    ],
)
def test_question_that_is_not_sound_is_refused(operator, changes, field):
    course = courses.create_course(
        operator.actor, fields=course_fields("bare", needs_quiz=True, needs_lessons=False)
    )
    verdict = refused(
        lambda: services.create_question(
            operator.actor, course=course, fields=question_fields(**changes)
        )
    )
    assert verdict.flaws[0].field == field


def test_several_right_and_true_or_false(operator):
    course = courses.create_course(
        operator.actor, fields=course_fields("bare", needs_quiz=True, needs_lessons=False)
    )
    several = question_fields("m", kind="multiple", right=(2, 0))
    truth = question_fields("t", kind="true_false", options_zh=(), options_en=(), right=(1,))
    many, true = (
        services.create_question(operator.actor, course=course, fields=one)
        for one in (several, truth)
    )
    assert (many.right, true.options_zh, true.options_en) == (
        [0, 2],
        ["对", "错"],
        ["True", "False"],
    )
    taken = refused(lambda: services.create_question(operator.actor, course=course, fields=several))
    assert taken.flaws[0].field == "code"
