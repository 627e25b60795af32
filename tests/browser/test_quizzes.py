"""A quiz failed, sat again and passed; practical work marked by two who know nobody."""

from __future__ import annotations

import pytest

from tests.training.assessment.making import answers_of, practical_course, quizzed_course, seated
from training.assessment.models import Attempt, Mark, Work
from training.learning.models import Enrolment

pytestmark = pytest.mark.django_db(transaction=True)


def answer(page, attempt, right):
    """One after the other; each is kept before the next."""
    for number, (position, chosen) in enumerate(answers_of(attempt, right).items(), start=1):
        with page.expect_response("**/answers/"):
            page.check(f"input[name=answer-{position}][value='{chosen[0]}']")
        page.wait_for_function(
            "n => document.querySelector('#saved').innerText.includes(n)", arg=str(number)
        )


def test_quiz_failed_then_passed(open_page, provider, picture, check_page):
    made = seated(provider, quizzed_course())
    page = open_page(provider.user, phone=True)
    page.goto(made.get_absolute_url())
    check_page(page)
    page.click("a[href*='/quizzes/']")
    page.wait_for_url("**/quizzes/*/")
    check_page(page)
    page.click("form button.btn-primary")
    page.wait_for_url("**/quizzes/attempts/*/")
    check_page(page)
    answer(page, Attempt.objects.get(), right=1)
    picture(page, "quiz")
    page.reload()
    assert page.locator(".answers input:checked").count() == 3  # kept as one goes
    page.click(".form-foot button.btn-primary")
    page.wait_for_selector(".tag.bad")
    check_page(page)
    page.click(".ft form button.btn-primary")  # again, by one press
    page.wait_for_selector("#sheet")
    second = Attempt.objects.get(number=2)
    answer(page, second, right=3)
    page.click(".form-foot button.btn-primary")
    page.wait_for_selector(".is-right")
    check_page(page)
    assert Enrolment.objects.get(pk=made.pk).outcome == "completed"
    page.goto(f"/learning/{made.pk}/feedback/")
    check_page(page)
    page.check("input[name=stars][value='5']")
    page.click("form.card button.btn-primary")
    page.wait_for_url(f"**/learning/{made.pk}/")


def test_work_is_marked_by_two(open_page, provider, merchant, agency, operator, check_page):
    people = {one.user.pk: one for one in (merchant, agency)}
    made = seated(provider, practical_course(list(people)))
    page = open_page(provider.user)
    page.goto(f"/assignments/{made.pk}/")
    check_page(page)
    page.fill("textarea[name=text]", "九点开场，先讲福利，再讲主推款。")
    page.click("form.card button.btn-primary")
    page.wait_for_selector(".tag.info")
    check_page(page)
    work = Work.objects.get()
    for mark in work.marks.order_by("place"):
        marker = open_page(people[mark.marker_id].user, phone=True)
        marker.goto("/marking/")
        check_page(marker)
        marker.click(".list a")
        check_page(marker)
        assert provider.party.name not in marker.content()
        marker.fill("input[name=points-1]", "50")
        marker.fill("input[name=points-2]", "30")
        marker.fill("textarea[name=words]", "流程清楚。")
        marker.click("form.card button.btn-primary")
        marker.wait_for_selector("#others")
        check_page(marker)
    page.reload()
    assert page.locator(".tag.ok").count() == 1
    check_page(page)
    assert Mark.objects.exclude(given_at=None).count() == 2
    desk = open_page(operator.user)
    code = work.assignment.course.code
    for address in (
        *("/training/questions/", "/training/works/", f"/training/courses/{code}/quiz/"),
        *(f"/training/courses/{code}/assignment/", f"/training/courses/{code}/questions/new/"),
        f"/teaching/{made.session_id}/results/",
    ):
        desk.goto(address)
        check_page(desk)
