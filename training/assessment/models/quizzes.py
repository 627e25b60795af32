"""The bank of questions, a course's quiz, and attempts at it."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from training.assessment.states import AttemptEnd, QuestionKind
from training.courses.models import Course, Session, in_language
from training.courses.states import Topic
from training.learning.models import Enrolment


def texts(name: Any) -> models.Field[list[str], list[str]]:
    return ArrayField(models.CharField(max_length=300), verbose_name=name)


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, actor: Actor) -> QuestionQuerySet:
        """The bank is the operators'; learners see what was drawn for them, in an attempt."""
        return self if actor.has_perm("assessment.view_question") else self.none()

    def asked(self) -> QuestionQuerySet:
        return self.filter(retired_at=None)


class Question(models.Model):
    """Of a course's bank. What was drawn once stays as it was asked: a change makes a new row under
    the same code and retires this one. `right`: places of the right options, from 0."""

    id = models.BigAutoField(primary_key=True)
    course = models.ForeignKey(Course, models.PROTECT, related_name="questions")
    code = models.SlugField(_("code"), max_length=40)
    kind = models.CharField(_("kind"), max_length=10, choices=QuestionKind.choices)
    topic = models.CharField(_("topic"), max_length=12, choices=Topic.choices)
    text_zh = models.TextField(_("Chinese question"), max_length=600)
    text_en = models.TextField(_("English question"), max_length=1200)
    options_zh = texts(_("Chinese options"))
    options_en = texts(_("English options"))
    right = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("right options"))
    explanation_zh = models.TextField(_("Chinese explanation"), max_length=600)
    explanation_en = models.TextField(_("English explanation"), max_length=1200)
    created_at = models.DateTimeField(_("created at"))
    retired_at = models.DateTimeField(_("retired at"), null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question of a quiz")
        verbose_name_plural = _("questions of quizzes")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["course", "code"],
                condition=Q(retired_at=None),
                name="question_code_once",
            ),
            models.CheckConstraint(
                name="question_has_options",
                condition=Q(options_zh__len__range=(2, 8), options_en__len=F("options_zh__len"))
                & Q(right__len__gte=1),
            ),
            models.CheckConstraint(
                name="question_of_its_kind",
                condition=Q(kind="multiple")
                | Q(kind="single", right__len=1)
                | Q(kind="true_false", right__len=1, options_zh__len=2),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["course", "code"], name="question_of_course"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return f"/training/questions/{self.pk}/"

    @property
    def text(self) -> str:
        return in_language(self.text_zh, self.text_en)

    @property
    def options(self) -> list[str]:
        pairs = zip(self.options_zh, self.options_en, strict=True)
        return [in_language(*pair) for pair in pairs]

    @property
    def explanation(self) -> str:
        return in_language(self.explanation_zh, self.explanation_en)

    @property
    def takes_several(self) -> bool:
        return self.kind == QuestionKind.MULTIPLE


class Quiz(models.Model):
    """Of a course: how many questions of its bank, what passes, how often, how long."""

    course = models.OneToOneField(
        Course, models.PROTECT, primary_key=True, related_name="quiz", verbose_name=_("course")
    )
    questions = models.PositiveSmallIntegerField(_("questions asked"))
    pass_mark = models.PositiveSmallIntegerField(_("pass mark (%)"))
    attempts = models.PositiveSmallIntegerField(_("attempts"))
    wait_hours = models.PositiveSmallIntegerField(_("hours between attempts"), default=0)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("quiz of a course")
        verbose_name_plural = _("quizzes of courses")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="quiz_figures",
                condition=Q(
                    questions__range=(1, 100),
                    pass_mark__range=(1, 100),
                    attempts__range=(1, 20),
                    wait_hours__lte=720,
                    minutes__range=(1, 300),
                ),
            )
        ]

    def __str__(self) -> str:
        return str(self.course)


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def visible_to(self, actor: Actor) -> AttemptQuerySet:
        """One's own, those of the party one speaks for and of who one teaches; operators all."""
        if actor.has_perm("assessment.view_attempt"):
            return self
        if actor.user_id is None:
            return self.none()
        seen = Q(enrolment__learner__user=actor.user_id)
        taught = Session.objects.taught_by(actor.user_id).values("pk")
        seen |= Q(enrolment__session__in=taught)
        if actor.party_id is not None:
            seen |= Q(enrolment__party=actor.party_id)
        return self.filter(seen)

    def running(self) -> AttemptQuerySet:
        return self.filter(submitted_at=None)

    def whole(self) -> AttemptQuerySet:
        return self.select_related(
            *("quiz", "enrolment__claim", "enrolment__session__course"),
            *("enrolment__learner", "enrolment__party"),
        )


class Attempt(models.Model):
    """One try at the quiz of an enrolment's course. `pass_mark` and `asked` are those of then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="attempts")
    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("number"))
    started_at = models.DateTimeField(_("started at"))
    due_at = models.DateTimeField(_("time until"))
    pass_mark = models.PositiveSmallIntegerField(_("pass mark (%)"))
    asked = models.PositiveSmallIntegerField(_("questions asked"))
    submitted_at = models.DateTimeField(_("handed in at"), null=True)
    ended_by = models.CharField(_("ended by"), max_length=7, choices=AttemptEnd.choices, blank=True)
    right = models.PositiveSmallIntegerField(_("right answers"), null=True)
    is_passed = models.BooleanField(_("passed"), null=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt at a quiz")
        verbose_name_plural = _("attempts at quizzes")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["enrolment", "number"], name="attempt_numbered"),
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(submitted_at=None), name="attempt_one_at_a_time"
            ),
            models.CheckConstraint(
                name="attempt_in_order",
                condition=Q(number__gte=1, asked__gte=1, due_at__gt=F("started_at")),
            ),
            models.CheckConstraint(
                name="attempt_end_has_its_facts",
                condition=Q(submitted_at=None, ended_by="", right=None, is_passed=None)
                | Q(
                    submitted_at__gte=F("started_at"),
                    ended_by__in=["learner", "clock"],
                    right__lte=F("asked"),
                    is_passed__isnull=False,
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], condition=Q(submitted_at=None), name="attempt_running_until"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.number}"

    def get_absolute_url(self) -> str:
        return f"/quizzes/attempts/{self.pk}/"

    @property
    def is_running(self) -> bool:
        return self.submitted_at is None

    @property
    def percent(self) -> int | None:
        return None if self.right is None else 100 * self.right // self.asked


class AskedQuestion(models.Model):
    """A question that was drawn for an attempt. `order`: its options as this person sees them;
    `answer`: the places they chose, in the question's own order; None: none yet."""

    id = models.BigAutoField(primary_key=True)
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="asked_questions")
    question = models.ForeignKey(Question, models.PROTECT, related_name="asked_in")
    position = models.PositiveSmallIntegerField(_("position"))
    order = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("order of the options"))
    answer = ArrayField(models.PositiveSmallIntegerField(), null=True, verbose_name=_("answer"))
    answered_at = models.DateTimeField(_("answered at"), null=True)
    is_right = models.BooleanField(_("right"), null=True)

    class Meta:
        verbose_name = _("question that was asked")
        verbose_name_plural = _("questions that were asked")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "position"], name="asked_in_its_place"),
            models.UniqueConstraint(fields=["attempt", "question"], name="asked_once"),
            models.CheckConstraint(
                name="asked_answer_has_its_time",
                condition=Q(answer=None, answered_at=None)
                | Q(answer__isnull=False, answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.position}"
