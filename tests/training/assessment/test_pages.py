"""The pages of quizzes and works, as their people see them; and what they never show."""

import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from portal.core.imports import find_kind
from portal.core.imports.kinds import Row
from portal.core.imports.sheets import write_template
from portal.pages.todos import todos_of
from portal.pages.todos.assessment import assessment_todos
from tests.factories import SYSTEM
from tests.training.assessment.making import (
    answers_of,
    assignment_fields,
    practical_course,
    quizzed_course,
    seated,
)
from tests.training.making import enrolled, open_session, published_course
from training.assessment import selectors, services
from training.assessment.imports import apply_questions, check_questions
from training.assessment.models import Attempt, Feedback, Mark, Question, Work
from training.learning.models import Enrolment

pytestmark = pytest.mark.django_db


def sheet(attempt, right):
    """As a browser sends it."""
    sent = {}
    for position, chosen in answers_of(attempt, right).items():
        sent[f"asked-{position}"] = "1"
        sent[f"answer-{position}"] = [str(place) for place in chosen]
    return sent


def test_quiz_from_the_course_to_its_answers(provider):
    made = seated(provider, quizzed_course())
    browser = provider.browser()
    page = browser.get(made.get_absolute_url()).content.decode()
    assert reverse("quiz_detail", args=[made.pk]) in page
    browser.post(reverse("attempt_create", args=[made.pk]))
    attempt = Attempt.objects.get()
    page = browser.get(attempt.get_absolute_url()).content.decode()
    assert page.count("<fieldset") == 3
    assert "清单上的事一件也不会漏" not in page  # no explanation, nor anything of what is right
    assert "is-right" not in page
    answers = reverse("attempt_answers", args=[attempt.pk])
    part = browser.post(
        answers, sheet(attempt, 1), HTTP_HX_REQUEST="true", HTTP_HX_TARGET="saved"
    ).content.decode()
    assert part.strip().startswith('<span id="saved"')
    assert attempt.asked_questions.exclude(answer=None).count() == 3
    whole = browser.post(answers, sheet(attempt, 1))
    assert (whole.status_code, whole["Location"]) == (302, attempt.get_absolute_url())
    browser.post(reverse("attempt_submission", args=[attempt.pk]), sheet(attempt, 1))
    page = browser.get(attempt.get_absolute_url()).content.decode()
    assert "33%" in page
    assert "清单上的事一件也不会漏" not in page  # an attempt is left
    browser.post(reverse("attempt_create", args=[made.pk]))
    second = Attempt.objects.get(number=2)
    browser.post(reverse("attempt_submission", args=[second.pk]), sheet(second, 3))
    page = browser.get(second.get_absolute_url()).content.decode()
    assert page.count("清单上的事一件也不会漏") == 3
    assert page.count("is-right") == 3
    bad = browser.post(answers, {"answer-1": "x"})
    assert bad.status_code == 422


def test_a_markers_pages_and_api_name_nobody(provider, merchant, agency):
    """Everything a marker can open, read as somebody who wants to find out."""
    people = {merchant.user.pk: merchant, agency.user.pk: agency}
    made = seated(provider, practical_course(list(people)))
    picture = io.BytesIO()
    Image.new("RGB", (20, 20)).save(picture, "PNG")
    upload = SimpleUploadedFile("云帆电商-王小明.png", picture.getvalue(), "image/png")
    sent = {"text": "九点开场，先讲福利。", "file_1": upload}
    answer = provider.browser().post(reverse("assignment_detail", args=[made.pk]), sent)
    assert answer.status_code == 302
    work = Work.objects.get()
    first, second = work.marks.order_by("place")
    marker, other = people[first.marker_id], people[second.marker_id]
    secrets = (
        *(provider.party.name, made.learner.name, provider.user.email, "王小明"),
        *(str(work.pk), str(made.pk), str(second.pk), made.get_absolute_url()),
    )
    browser = marker.browser()
    file = work.files.get().file
    seen = [
        browser.get(reverse("marking_list")).content.decode(),
        browser.get(first.get_absolute_url()).content.decode(),
        browser.get(reverse("api-mark-list")).content.decode(),
        browser.get(reverse("api-mark-detail", args=[first.pk])).content.decode(),
        browser.get(reverse("api-work-list")).content.decode(),
        browser.get(reverse("notice_list")).content.decode(),
        str(browser.get(file.get_absolute_url()).headers),
    ]
    assert "九点开场" in seen[1]
    assert work.code in seen[0]
    for page in seen:
        for secret in secrets:
            assert secret not in page, secret
    for address in (
        second.get_absolute_url(),
        reverse("api-mark-detail", args=[second.pk]),
        reverse("api-work-detail", args=[work.pk]),
        reverse("assignment_detail", args=[made.pk]),
        made.get_absolute_url(),
    ):
        assert browser.get(address).status_code == 404, address
    points = {"points-1": 50, "points-2": 20, "words": "可以执行。"}
    secret_words = "另一位的评语"
    services.give_mark(other.actor, mark=second, points=(55, 25), words=secret_words)
    assert secret_words not in browser.get(first.get_absolute_url()).content.decode()
    assert "80" not in str(
        browser.get(reverse("api-mark-detail", args=[first.pk])).json()["others"]
    )
    short = browser.post(first.get_absolute_url(), points | {"points-2": 41})
    assert (short.status_code, Mark.objects.filter(given_at=None).count()) == (200, 1)
    assert browser.post(first.get_absolute_url(), points).status_code == 302
    page = browser.get(first.get_absolute_url()).content.decode()
    assert secret_words in page
    assert provider.party.name not in page
    own = provider.browser().get(reverse("assignment_detail", args=[made.pk])).content.decode()
    assert secret_words in own
    assert marker.party.name not in own  # nor does the learner learn who marked
    assert "75.0" in own


def test_feedback_is_shown_from_five_answers_on(provider, operator, merchant):
    session = open_session(published_course("own", kind="open", lessons=1))
    made = enrolled(provider.actor, session, provider.party)
    rows = [Enrolment.objects.get(pk=made.pk)]
    services.bring_feedback(SYSTEM, said=[services.Said(rows[0], 2, "太短了", session.starts_at)])
    address = reverse("teaching_results", args=[session.pk])
    assert "太短了" not in operator.browser().get(address).content.decode()
    summary = operator.browser().get(reverse("api-feedback-detail", args=[session.pk])).json()
    assert summary == {"count": 1, "mean": None, "words": []}
    found = selectors.FeedbackSummary(5, 4.2)
    assert (found.is_shown, selectors.feedback_of(session).missing) == (True, 4)
    assert Feedback.objects.count() == 1
    assert merchant.browser().get(address).status_code == 403


def test_results_cost_the_same_for_many(provider, rival, operator, django_assert_max_num_queries):
    course = quizzed_course()
    session = open_session(course)
    browser = operator.browser()
    address = reverse("teaching_results", args=[session.pk])
    enrolled(provider.actor, session, provider.party)
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    enrolled(rival.actor, session, rival.party)
    with django_assert_max_num_queries(len(one)):
        page = browser.get(address).content.decode()
    assert rival.party.name in page


def test_operators_write_bank_quiz_and_assignment(operator, merchant, agency):
    course = quizzed_course(questions=3)
    browser = operator.browser()
    question = {
        "code": "own",
        "kind": "multiple",
        "topic": "ads",
        "right": "a、C",
        "text_zh": "哪些要看？",
        "text_en": "Which count?",
        "explanation_zh": "因为",
        "explanation_en": "Because",
        "options_zh": "点击\n曝光\n转化",
        "options_en": "Clicks\nViews\nSales",
    }
    new = reverse("question_create", args=[course.code])
    assert browser.post(new, question | {"right": "Z"}).status_code == 200
    assert browser.post(new, question).status_code == 302
    made = Question.objects.get(code="own")
    assert made.right == [0, 2]
    edit = reverse("question_edit", args=[made.pk])
    assert 'value="A,C"' in browser.get(edit).content.decode()
    assert browser.post(edit, question | {"right": "B"}).status_code == 302
    register = browser.get(reverse("question_register"), {"course": course.pk}).content.decode()
    assert "哪些要看？" in register
    quiz = reverse("quiz_edit", args=[course.code])
    given = {"questions": 4, "pass_mark": 75, "attempts": 3, "wait_hours": 2, "minutes": 15}
    assert browser.post(quiz, given).status_code == 302
    course.quiz.refresh_from_db()
    assert (course.quiz.questions, course.quiz.wait_hours) == (4, 2)
    assert browser.post(quiz, given | {"questions": 9}).status_code == 200  # more than the bank has
    page = reverse("assignment_edit", args=[course.code])
    sent = {
        "brief_zh": "写",
        "brief_en": "Write",
        "pass_mark": 60,
        "apart": 20,
        "attempts": 2,
        "days": 5,
        "criteria": "完整 | Complete | 60\n可执行 ｜ Can be done ｜ 40",
        "markers": f"{merchant.user.email}\n{agency.user.email}",
    }
    assert browser.post(page, sent | {"markers": "nobody@example.com"}).status_code == 200
    assert browser.post(page, sent | {"criteria": "完整 60"}).status_code == 200
    assert browser.post(page, sent).status_code == 302
    assert course.assignment.criteria.count() == course.assignment.markers.count() == 2


def test_bank_by_file_says_what_is_wrong_with_which_row(operator):
    course = quizzed_course(questions=3)
    kind = find_kind("assessment.questions")
    names = [column.name for column in kind.columns]
    good = dict.fromkeys(names) | {
        "course": course.code,
        "code": "filed",
        "kind": "single",
        "topic": "ads",
        "text_zh": "题",
        "text_en": "Q",
        "option_1_zh": "甲",
        "option_1_en": "A",
        "option_2_zh": "乙",
        "option_2_en": "B",
        "right": (1,),
        "explanation_zh": "因为",
        "explanation_en": "Because",
    }
    bad = [
        good | {"course": "nowhere"},
        good | {"right": (4,)},
        good | {"option_2_en": None},
    ]
    rows = [Row(line, values) for line, values in enumerate([good, *bad], start=2)]
    found = [(line, flaw.field) for line, flaw in check_questions(operator.actor, rows)]
    assert found == [(3, "course"), (4, "right"), (5, "option_1_en")]
    assert apply_questions(operator.actor, [good, good | {"text_zh": "改过的题"}]) == 2
    assert Question.objects.asked().get(code="filed").text_zh == "改过的题"
    target = io.BytesIO()
    write_template(kind, "csv", target)
    assert len(re.findall("live-basics", target.getvalue().decode("utf-8-sig"))) == 1


def test_todos_lead_to_what_waits(provider, merchant, agency):
    quizzed = seated(provider, quizzed_course())
    services.start_attempt(provider.actor, enrolment=quizzed)
    practical = seated(provider, practical_course([merchant.user.pk, agency.user.pk]))
    services.hand_in_work(provider.actor, enrolment=practical, text="流程表")
    [own] = todos_of(provider.actor, [assessment_todos])
    [marking] = todos_of(merchant.actor, [assessment_todos])
    assert own.url == Attempt.objects.get().get_absolute_url()
    assert marking.url == Mark.objects.get(marker=merchant.user).get_absolute_url()
    assert provider.party.name not in f"{marking.title}{marking.detail}"


def test_api_tells_right_answers_only_afterwards(provider):
    made = seated(provider, quizzed_course())
    browser = provider.browser()

    def send(url, body):
        return browser.post(url, json.dumps(body), content_type="application/json")

    answer = send(reverse("api-attempt-list"), {"enrolment": str(made.pk)})
    assert answer.status_code == 201
    first = answer.json()
    assert {one["right"] for one in first["questions"]} == {None}
    attempt = Attempt.objects.get()
    given = [
        {"position": place, "chosen": chosen} for place, chosen in answers_of(attempt, 3).items()
    ]
    url = reverse("api-attempt-submission", args=[attempt.pk])
    done = send(url, {"answers": given}).json()
    assert (done["is_passed"], done["right"]) == (True, 3)
    assert [one["right"] for one in done["questions"]] == [[1]] * 3
    course = made.session.course.code
    assert browser.get(reverse("api-quiz-detail", args=[course])).json()["pass_mark"] == 60
    assert assignment_fields([1, 2]).apart == 20
