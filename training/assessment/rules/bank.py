"""Who writes the bank, quizzes and assignments, and what makes them sound."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    unmet,
)
from training.assessment.fields import AssignmentFields, QuestionFields, QuizFields
from training.assessment.models import Assignment, Question, Quiz
from training.assessment.states import QuestionKind
from training.courses.models import Course
from training.courses.rules import can_change_course, can_run_training
from training.courses.rules.courses import CODE
from training.courses.states import Topic

LEAST_MARKERS = 2
MOST_CRITERIA = 12


def can_write_bank(actor: Actor) -> Verdict:
    return can_run_training(actor)


def can_change_question(actor: Actor, question: Question) -> Verdict:
    if not (verdict := can_change_course(actor, question.course)):
        return verdict
    if question.retired_at is not None:
        return conflict(_("This question is asked no more."))
    return ALLOWED


def can_retire_question(actor: Actor, question: Question) -> Verdict:
    """A published course goes on having as many questions as its quiz asks."""
    if not (verdict := can_change_question(actor, question)):
        return verdict
    quiz = Quiz.objects.filter(course=question.course_id, course__status="published").first()
    left = Question.objects.asked().filter(course=question.course_id).count() - 1
    if quiz is not None and left < quiz.questions:
        return conflict(
            _("The quiz asks %(n)s questions; write another one first.") % {"n": quiz.questions}
        )
    return ALLOWED


def is_examinable(course: Course) -> Verdict:
    """Whether what the course asks for is there: its quiz with questions, its assignment with
    markers."""
    if course.needs_quiz:
        quiz = Quiz.objects.filter(course=course).first()
        if quiz is None:
            return unmet(_("It asks for a quiz: say what the quiz is like."))
        if Question.objects.asked().filter(course=course).count() < quiz.questions:
            return unmet(_("Its quiz asks more questions than the bank has."))
    if course.needs_assignment:
        assignment = Assignment.objects.filter(course=course).first()
        if assignment is None:
            return unmet(_("It asks for an assignment: write its brief."))
        if assignment.markers.count() < LEAST_MARKERS:
            return unmet(_("Its assignment is marked by two: name at least two markers."))
    return ALLOWED


def flaws_of_question(fields: QuestionFields) -> Iterator[Flaw]:
    if not CODE.fullmatch(fields.code) or len(fields.code) > 40:
        yield Flaw("code", _("Small letters, digits and hyphens, up to 40 characters."))
    if fields.kind not in QuestionKind.values:
        yield Flaw("kind", _("Choose one of the kinds."))
    if fields.topic not in Topic.values:
        yield Flaw("topic", _("Choose one of the topics."))
    for name, most in (
        *(("text_zh", 600), ("text_en", 1200)),
        *(("explanation_zh", 600), ("explanation_en", 1200)),
    ):
        if not 1 <= len(getattr(fields, name).strip()) <= most:
            yield Flaw(name, _("From 1 to %(n)s characters.") % {"n": most})
    yield from _flaws_of_options(fields)


def _flaws_of_options(fields: QuestionFields) -> Iterator[Flaw]:
    is_true_false = fields.kind == QuestionKind.TRUE_FALSE
    if is_true_false and (fields.options_zh or fields.options_en):
        yield Flaw("options_zh", _("True or false brings its own options; leave them empty."))
        return
    length = 2 if is_true_false else len(fields.options_zh)
    if not 2 <= length <= 8:
        yield Flaw("options_zh", _("From 2 to 8 options, a line each."))
    elif not is_true_false and len(fields.options_en) != length:
        yield Flaw("options_en", _("As many options in English as in Chinese."))
    for name in ("options_zh", "options_en"):
        options = [one.strip() for one in getattr(fields, name)]
        if any(not 1 <= len(one) <= 300 for one in options) or len(set(options)) != len(options):
            yield Flaw(name, _("Each option once, with 1 to 300 characters."))
    right = set(fields.right)
    if not right or len(right) != len(fields.right) or not right <= set(range(length)):
        yield Flaw("right", _("Name the right options, such as A or A,C."))
    elif fields.kind != QuestionKind.MULTIPLE and len(right) != 1:
        yield Flaw("right", _("Exactly one option is right."))


def question_is_sound(fields: QuestionFields) -> Verdict:
    return flawless(flaws_of_question(fields))


def flaws_of_quiz(fields: QuizFields) -> Iterator[Flaw]:
    for name, least, most in (
        *(("questions", 1, 100), ("pass_mark", 1, 100), ("attempts", 1, 20)),
        *(("wait_hours", 0, 720), ("minutes", 1, 300)),
    ):
        if not least <= getattr(fields, name) <= most:
            yield Flaw(name, _("From %(least)s to %(most)s.") % {"least": least, "most": most})


def quiz_is_sound(course: Course, fields: QuizFields, bank: int) -> Verdict:
    """`bank`: questions that may be drawn. A published course never asks for more."""
    if not (verdict := flawless(flaws_of_quiz(fields))):
        return verdict
    if course.needs_quiz and course.status == "published" and fields.questions > bank:
        sentence = _("The bank has %(n)s questions; write more, or ask fewer.") % {"n": bank}
        return flawless([Flaw("questions", sentence)])
    return ALLOWED


def flaws_of_assignment(fields: AssignmentFields) -> Iterator[Flaw]:
    for name, most in (("brief_zh", 6000), ("brief_en", 12_000)):
        if not 1 <= len(getattr(fields, name).strip()) <= most:
            yield Flaw(name, _("From 1 to %(n)s characters.") % {"n": most})
    for name, least, most in (
        *(("pass_mark", 1, 100), ("apart", 1, 100), ("attempts", 1, 10), ("days", 1, 60)),
    ):
        if not least <= getattr(fields, name) <= most:
            yield Flaw(name, _("From %(least)s to %(most)s.") % {"least": least, "most": most})
    yield from _flaws_of_criteria(fields)
    if len(set(fields.markers)) != len(fields.markers) or len(fields.markers) < LEAST_MARKERS:
        yield Flaw("markers", _("Name at least two markers, each of them once."))


def _flaws_of_criteria(fields: AssignmentFields) -> Iterator[Flaw]:
    if not 1 <= len(fields.criteria) <= MOST_CRITERIA:
        yield Flaw("criteria", _("From 1 to 12 criteria, a line each."))
    for chinese, english, points in fields.criteria:
        if not 1 <= len(chinese) <= 200 or not 1 <= len(english) <= 300:
            yield Flaw("criteria", _("Each criterion in Chinese and English, in a few words."))
            return
        if not 1 <= points <= 100:
            yield Flaw("criteria", _("Each criterion gives from 1 to 100 points."))
            return


def assignment_is_sound(fields: AssignmentFields) -> Verdict:
    return flawless(flaws_of_assignment(fields))


def can_change_rubric(has_works: bool) -> Verdict:
    """What works were handed in for stays what they are marked by."""
    if has_works:
        return conflict(_("Works were handed in for this rubric; its criteria stay as they are."))
    return ALLOWED
