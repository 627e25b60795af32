"""Quizzes over the API: attempts of learners, the operators' bank."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.idempotency import idempotent
from portal.core.api.pagination import KeysetPagination, NewestFirst
from portal.core.api.schema import reads, writes
from training.assessment import rules, selectors, services
from training.assessment.api.given import enrolment_named, given_by
from training.assessment.fields import QuestionFields, QuizFields
from training.assessment.models import Attempt, Question, Quiz
from training.assessment.states import QuestionKind
from training.courses.models import Course
from training.courses.states import Topic
from training.learning.rules import is_own_study


class NewestAttempts(NewestFirst):
    ordering = "-started_at"


class QuizAttemptSerializer(serializers.Serializer[Any]):
    """A try at a course's quiz. `right`, of `asked`, and `is_passed` once it is handed in;
    `ended_by`: its learner, or the clock."""

    id = serializers.UUIDField()
    enrolment = serializers.UUIDField(source="enrolment_id")
    number = serializers.IntegerField()
    started_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    ended_by = serializers.CharField()
    pass_mark = serializers.IntegerField(help_text="Percent")
    asked = serializers.IntegerField()
    right = serializers.IntegerField(allow_null=True)
    is_passed = serializers.BooleanField(allow_null=True)


class QuizSheetOptionSerializer(serializers.Serializer[Any]):
    """`place` is how an answer names it."""

    place = serializers.IntegerField()
    text = serializers.CharField()
    is_chosen = serializers.BooleanField()


class QuizSheetQuestionSerializer(serializers.Serializer[Any]):
    """A question as it was drawn. `right` and `explanation` once nothing is spoilt by them: when it
    is passed, or no attempt is left."""

    position = serializers.IntegerField()
    kind = serializers.CharField()
    text = serializers.CharField()
    options = QuizSheetOptionSerializer(many=True)
    is_right = serializers.BooleanField(allow_null=True)
    right = serializers.ListField(child=serializers.IntegerField(), allow_null=True)
    explanation = serializers.CharField(allow_null=True)


class QuizSheetSerializer(QuizAttemptSerializer):
    questions = QuizSheetQuestionSerializer(many=True)


class NewQuizAttemptSerializer(serializers.Serializer[Any]):
    enrolment = serializers.UUIDField()


class QuizAnswerSerializer(serializers.Serializer[Any]):
    """`chosen`: places of options; none takes the answer back."""

    position = serializers.IntegerField(min_value=1, max_value=1000)
    chosen = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=20), max_length=20
    )


class QuizAnswersSerializer(serializers.Serializer[Any]):
    answers = QuizAnswerSerializer(many=True)


class AttemptViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Attempt]
):
    """One's own attempts, those of the party's people and of who one teaches. Questions are shown
    to their learner, and to others once the attempt is handed in."""

    queryset = Attempt.objects.none()
    serializer_class = QuizAttemptSerializer
    pagination_class = NewestAttempts
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Attempt]:
        return Attempt.objects.visible_to(self.request.actor).whole()

    @reads(QuizSheetSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(self._shown(self.get_object()))

    @writes(QuizSheetSerializer, status=201, request=NewQuizAttemptSerializer)
    @idempotent
    def create(self, request: Request) -> Response:
        """Draws the questions; the time runs from now on."""
        key = given_by(NewQuizAttemptSerializer, request)["enrolment"]
        enrolment = enrolment_named(request, key)
        attempt = services.start_attempt(request.actor, enrolment=enrolment)
        return Response(self._shown(attempt), status=201)

    @writes(QuizSheetSerializer, request=QuizAnswersSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def answers(self, request: Request, pk: str) -> Response:
        """Keep answers; as often as you like while the time runs."""
        attempt = services.save_answers(
            request.actor, attempt=self.get_object(), answers=_answers(request)
        )
        return Response(self._shown(attempt))

    @writes(QuizSheetSerializer, request=QuizAnswersSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def submission(self, request: Request, pk: str) -> Response:
        """Hand it in, once, with the answers given here and those kept before."""
        attempt = services.submit_attempt(
            request.actor, attempt=self.get_object(), answers=_answers(request)
        )
        return Response(self._shown(attempt))

    def _shown(self, attempt: Attempt) -> dict[str, Any]:
        attempt = Attempt.objects.whole().get(pk=attempt.pk)
        actor = self.request.actor
        rows: list[dict[str, Any]] = []
        if not attempt.is_running or is_own_study(actor, attempt.enrolment):
            rows = _questions(actor, attempt)
        data = dict(QuizAttemptSerializer(attempt).data)
        return data | {"questions": QuizSheetQuestionSerializer(rows, many=True).data}


def _answers(request: Request) -> dict[int, list[int]]:
    given = given_by(QuizAnswersSerializer, request)["answers"]
    return {one["position"]: one["chosen"] for one in given}


def _questions(actor: Any, attempt: Attempt) -> list[dict[str, Any]]:
    state = selectors.quiz_state(actor, attempt.enrolment, attempt.quiz)
    shows = bool(rules.can_read_answers(actor, attempt, attempt.quiz, state.attempts))
    return [
        {
            "position": row.asked.position,
            "kind": row.asked.question.kind,
            "text": row.asked.question.text,
            "options": [
                {"place": one.place, "text": one.text, "is_chosen": one.is_chosen}
                for one in row.options
            ],
            "is_right": row.asked.is_right if shows else None,
            "right": row.asked.question.right if shows else None,
            "explanation": row.asked.question.explanation if shows else None,
        }
        for row in selectors.sheet_of(attempt)
    ]


class QuizQuestionFieldsSerializer(serializers.Serializer[Any]):
    """`right`: places of the right options, from 0. True-or-false brings its options itself."""

    code = serializers.SlugField(max_length=40)
    kind = serializers.ChoiceField(QuestionKind.choices)
    topic = serializers.ChoiceField(Topic.choices)
    text_zh = serializers.CharField(max_length=600)
    text_en = serializers.CharField(max_length=1200)
    options_zh = serializers.ListField(
        child=serializers.CharField(max_length=300), required=False, default=list
    )
    options_en = serializers.ListField(
        child=serializers.CharField(max_length=300), required=False, default=list
    )
    right = serializers.ListField(child=serializers.IntegerField(min_value=0, max_value=20))
    explanation_zh = serializers.CharField(max_length=600)
    explanation_en = serializers.CharField(max_length=1200)


class QuizQuestionSerializer(QuizQuestionFieldsSerializer):
    """Of a course's bank, where it stays."""

    id = serializers.IntegerField(read_only=True)
    course = serializers.SlugRelatedField("code", queryset=Course.objects.all())
    retired_at = serializers.DateTimeField(read_only=True)


class QuestionViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Question]
):
    """The bank of questions, for operators of the training."""

    queryset = Question.objects.none()
    serializer_class = QuizQuestionSerializer
    pagination_class = KeysetPagination
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[Question]:
        rules.can_write_bank(self.request.actor).require()
        return Question.objects.visible_to(self.request.actor).select_related("course")

    @writes(QuizQuestionSerializer, status=201)
    @idempotent
    def create(self, request: Request) -> Response:
        given = given_by(QuizQuestionSerializer, request)
        course, fields = given.pop("course"), _question(given)
        made = services.create_question(request.actor, course=course, fields=fields)
        return Response(QuizQuestionSerializer(made).data, status=201)

    @writes(QuizQuestionSerializer, request=QuizQuestionFieldsSerializer)
    @idempotent
    def update(self, request: Request, pk: int) -> Response:
        """One that was asked stays, and the answer is a new one under the same code."""
        fields = _question(given_by(QuizQuestionFieldsSerializer, request))
        changed = services.change_question(request.actor, question=self.get_object(), fields=fields)
        return Response(QuizQuestionSerializer(changed).data)

    @writes(QuizQuestionSerializer, request=None)
    @action(detail=True, methods=["post"])
    @idempotent
    def retirement(self, request: Request, pk: int) -> Response:
        """It is never asked again."""
        retired = services.retire_question(request.actor, question=self.get_object())
        return Response(QuizQuestionSerializer(retired).data)


def _question(given: dict[str, Any]) -> QuestionFields:
    lists = {name: tuple(given[name]) for name in ("options_zh", "options_en", "right")}
    return QuestionFields(**(given | lists))


class CourseQuizSerializer(serializers.Serializer[Any]):
    """What the quiz of a course is like."""

    questions = serializers.IntegerField(min_value=1, max_value=100)
    pass_mark = serializers.IntegerField(min_value=1, max_value=100, help_text="Percent")
    attempts = serializers.IntegerField(min_value=1, max_value=20)
    wait_hours = serializers.IntegerField(min_value=0, max_value=720)
    minutes = serializers.IntegerField(min_value=1, max_value=300)


class QuizViewSet(viewsets.GenericViewSet[Quiz]):
    """The quiz of a course, by the course's code: what it is like is for everybody who sees the
    course."""

    queryset = Quiz.objects.none()
    serializer_class = CourseQuizSerializer
    lookup_value_converter = "slug"

    @reads(CourseQuizSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(CourseQuizSerializer(get_object_or_404(Quiz, course=self._course(pk))).data)

    @writes(CourseQuizSerializer)
    @idempotent
    def update(self, request: Request, pk: str) -> Response:
        course = self._course(pk)
        rules.can_write_bank(request.actor).require()
        fields = QuizFields(**given_by(CourseQuizSerializer, request))
        quiz = services.set_quiz(request.actor, course=course, fields=fields)
        return Response(CourseQuizSerializer(quiz).data)

    def _course(self, code: str) -> Course:
        return get_object_or_404(Course.objects.visible_to(self.request.actor), code=code)
