"""Quizzes and works are their learners'; marks are their markers' alone; the bank is operators'."""

from __future__ import annotations

from tests.factories import SYSTEM
from tests.routes import Arranged, Cast
from tests.training.assessment import making
from tests.training.making import published_course
from training.assessment import services
from training.assessment.models import Assignment, Quiz

RUN = "operator {0}, administrator {0}"
DESK = f"visitor 302, {RUN.format(200)}, * 403"
OWN = "visitor 302, owner {0}, member {1}, operator {2}, administrator {2}, auditor {3}, * 404"
PAGES = {
    "GET quiz_detail": OWN.format(200, 200, 200, 200),
    "POST attempt_create": OWN.format(409, 403, 403, 403),  # one is running
    "GET attempt_detail": OWN.format(200, 403, 403, 403),  # while it runs, its learner's alone
    "POST attempt_answers": OWN.format(302, 403, 403, 403),
    "POST attempt_submission": OWN.format(302, 403, 403, 403),
    "GET assignment_detail": OWN.format(200, 200, 200, 200),
    "POST assignment_detail": OWN.format(200, 200, 200, 200),  # an empty form comes back
    "GET feedback_create": OWN.format(200, 200, 200, 200),
    "POST feedback_create": OWN.format(200, 200, 200, 200),
    "GET marking_list": "visitor 302, * 200",
    "GET marking_detail": "visitor 302, creator 200, * 404",
    "POST marking_detail": "visitor 302, creator 200, * 404",
    "GET teaching_results": f"visitor 302, {RUN.format(200)}, * 403",
    "GET question_register": DESK,
    "GET question_create": DESK,
    "POST question_create": DESK,
    "GET question_edit": DESK,
    "POST question_edit": DESK,
    "POST question_retirement": f"visitor 302, {RUN.format(302)}, * 403",
    "GET quiz_edit": DESK,
    "POST quiz_edit": DESK,
    "GET assignment_edit": DESK,
    "POST assignment_edit": DESK,
    "GET work_register": DESK,
}
RUNS = "visitor 401, operator {0}, administrator {0}, * 403"
TAKES = "visitor 401, owner {0}, member {1}, operator {2}, administrator {2}, auditor {3}, * 404"
API = {
    "GET api-quiz-detail": "visitor 401, * 200",
    "PUT api-quiz-detail": RUNS.format(200),
    "GET api-question-list": "visitor 401, operator 200, administrator 200, * 403",
    "GET api-question-detail": "visitor 401, operator 200, administrator 200, * 403",
    "POST api-question-list": RUNS.format(201),
    "PUT api-question-detail": RUNS.format(200),
    "POST api-question-retirement": RUNS.format(200),
    "GET api-attempt-list": "visitor 401, * 200",
    "GET api-attempt-detail": TAKES.format(200, 200, 200, 200),
    "POST api-attempt-list": TAKES.format(409, 403, 403, 403),
    "POST api-attempt-answers": TAKES.format(200, 403, 403, 403),
    "POST api-attempt-submission": TAKES.format(200, 403, 403, 403),
    "GET api-assignment-detail": "visitor 401, * 200",
    "PUT api-assignment-detail": RUNS.format(200),
    "GET api-work-list": "visitor 401, * 200",
    "GET api-work-detail": TAKES.format(200, 200, 200, 200),
    "POST api-work-list": TAKES.format(409, 403, 403, 403),
    "GET api-mark-list": "visitor 401, * 200",
    "GET api-mark-detail": "visitor 401, creator 200, * 404",
    "POST api-mark-giving": "visitor 401, creator 200, * 404",
    "GET api-feedback-detail": RUNS.format(200),
    "POST api-feedback-list": TAKES.format(409, 403, 403, 403),
}
ADMIN: dict[str, str] = {}
SEEN_IN_ADMIN = {
    f"assessment_{model}": ("operator", "auditor")
    for model in ("question", "quiz", "attempt", "assignment", "work")
}


def arrange(cast: Cast) -> Arranged:
    course = making.quizzed_course()
    made = making.seated(cast.owner, course)
    attempt = services.start_attempt(cast.owner.actor, enrolment=made)
    practical = making.practical_course([cast.creator.user.pk, cast.rival.user.pk])
    second = making.seated(cast.owner, practical)
    work = services.hand_in_work(cast.owner.actor, enrolment=second, text="流程表")
    mark = work.marks.get(marker=cast.creator.user)
    question = services.create_question(
        SYSTEM,
        course=published_course("bank", kind="open"),
        fields=making.question_fields("spare"),
    )
    own, tried = {"pk": made.pk}, {"pk": attempt.pk}
    fields = making.question_fields("new-one")
    body = {
        name: getattr(fields, name)
        for name in ("code", "kind", "topic", "text_zh", "text_en", "right")
    }
    body |= {
        name: getattr(fields, name)
        for name in ("options_zh", "options_en", "explanation_zh", "explanation_en")
    }
    quiz = {"questions": 3, "pass_mark": 60, "attempts": 2, "wait_hours": 0, "minutes": 20}
    given = making.assignment_fields([])
    assignment = {
        name: getattr(given, name)
        for name in ("brief_zh", "brief_en", "pass_mark", "apart", "attempts", "days")
    }
    criteria = [{"text_zh": z, "text_en": e, "points": p} for z, e, p in given.criteria]
    markers = [cast.creator.user.email, cast.rival.user.email]
    answers = {"answers": [{"position": 1, "chosen": [1]}]}
    return Arranged(
        kwargs={
            "quiz_detail": own,
            "attempt_create": own,
            **{f"attempt_{name}": tried for name in ("detail", "answers", "submission")},
            "assignment_detail": {"pk": second.pk},
            "feedback_create": own,
            "marking_detail": {"pk": mark.pk},
            "teaching_results": {"pk": made.session_id},
            "question_create": {"code": course.code},
            **{f"question_{name}": {"pk": question.pk} for name in ("edit", "retirement")},
            "quiz_edit": {"code": course.code},
            "assignment_edit": {"code": practical.code},
            "api-quiz-detail": {"pk": course.code},
            "api-assignment-detail": {"pk": practical.code},
            **{f"api-question-{name}": {"pk": question.pk} for name in ("detail", "retirement")},
            **{f"api-attempt-{n}": tried for n in ("detail", "answers", "submission")},
            "api-work-detail": {"pk": work.pk},
            **{f"api-mark-{name}": {"pk": mark.pk} for name in ("detail", "giving")},
            "api-feedback-detail": {"pk": made.session_id},
        },
        bodies={
            "PUT api-quiz-detail": quiz,
            "POST api-question-list": body | {"course": course.code},
            "PUT api-question-detail": body | {"course": "bank"},
            "POST api-attempt-list": {"enrolment": str(made.pk)},
            "POST api-attempt-answers": answers,
            "POST api-attempt-submission": answers,
            "PUT api-assignment-detail": assignment | {"criteria": criteria, "markers": markers},
            "POST api-work-list": {"enrolment": str(second.pk), "text": "再交一次"},
            "POST api-mark-giving": {"points": [50, 20], "words": "可以执行。"},
            "POST api-feedback-list": {"enrolment": str(made.pk), "stars": 5},
        },
        rows={
            "assessment_question": question,
            "assessment_quiz": Quiz.objects.get(course=course),
            "assessment_attempt": attempt,
            "assessment_assignment": Assignment.objects.get(course=practical),
            "assessment_work": work,
        },
    )
