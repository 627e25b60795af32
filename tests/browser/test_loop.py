"""A weak figure, the course that lifts it, its lessons and quiz, a certificate that a stranger
checks, and the next preview."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.core import clock
from portal.evaluation import services as evaluation
from tests.browser.test_certificates import scanned
from tests.browser.test_quizzes import answer
from tests.conftest import person_of
from tests.evaluation.makers import providers_with_facts, published_official, quarter
from tests.factories import SYSTEM
from tests.training.assessment.making import quizzed_course
from tests.training.making import lesson_fields, open_session
from tests.training.rated import (
    attended,
    method_with_completion,
    previewed_when_the_month_is_over,
)
from training.assessment.models import Attempt
from training.certificates.models import Certificate
from training.certificates.states import new_number
from training.learning.tasks import record_facts

pytestmark = pytest.mark.django_db(transaction=True)


class World:
    """Nine rated providers, one of whom attends little of its courses, and a course for it."""

    def __init__(self) -> None:
        providers, day = providers_with_facts(), quarter()[1]
        shares = (62, 75, 22, 88, 15, 18, 70, 80, 92)
        both = zip(providers, shares, strict=True)
        facts = [attended(one.pk, day, share) for one, share in both]
        with clock.standing_at(clock.now() - timedelta(hours=1)):
            evaluation.record_facts(SYSTEM, facts=facts)
        self.provider = person_of(providers[2])
        lessons = [lesson_fields(title, minutes=300) for title in ("选课", "学完")]
        self.course = quizzed_course(
            "completion", lessons=lessons, indicators=("I1",), certificate_months=12
        )
        open_session(self.course)
        self.method = method_with_completion()
        self.official = published_official(self.method)


def test_from_a_weak_figure_to_a_higher_one(
    transactional_db, open_page, picture, check_page, live_server, settings, faults
):
    world = World()
    page = open_page(world.provider.user)
    before = _weak_figure(page, "22%")
    _take_the_course(page, world, picture, check_page)
    _read_and_pass(page)
    made = Certificate.objects.whole().get()
    page.click(f"a[href='{made.get_absolute_url()}']")
    page.wait_for_url(f"**{made.get_absolute_url()}")
    assert made.holder in page.inner_text("#content")
    found = scanned(page, live_server, settings)
    faults.expected_statuses.add(404)
    _stranger_checks(open_page(phone=True), found, made, live_server)

    assert record_facts() == 1
    previewed_when_the_month_is_over(world.method)
    assert _weak_figure(page, "61%") > before, "ten hours of 22%, ten of all"
    check_page(page)
    assert page.locator("#changes").locator("..").locator("..").get_by_text("I1").count()
    page.goto("/courses/")
    assert page.locator("#recommended").count() == 0


def _weak_figure(page, value: str) -> float:
    """The score of completion, behind its value."""
    page.goto("/evaluation/")
    line = page.locator("#i-I1")
    if not line.is_visible():  # its dimension stands open where it is a short board
        page.locator("#improvement summary").click()
    assert value in line.locator("td").nth(1).inner_text()
    return float(line.locator("td").nth(3).inner_text())


def _take_the_course(page, world, picture, check_page) -> None:
    """From the evaluation as from the list of courses; into its open session."""
    course = world.course.get_absolute_url()
    assert page.locator(f".lev a[href='{course}']").count() == 1
    page.goto("/courses/")
    offered = page.locator(f"section:has(#recommended) a[href='{course}']")
    assert world.official.period in offered.inner_text()
    offered.click()
    page.wait_for_url(f"**{course}")
    check_page(page)
    picture(page, "course-recommended")
    page.click("section:has(#sessions) .list a")
    page.click("form[action$='/enrolment/'] button.btn-primary")
    page.wait_for_url("**/learning/*/")


def _read_and_pass(page) -> None:
    enrolled = page.url
    page.click(".head a.btn-primary")  # on to its first lesson
    for number in (1, 2):
        page.wait_for_url(f"**/lessons/{number}/")
        page.click("form[action$='/done/'] button")
    page.wait_for_load_state()
    page.goto(enrolled)
    page.click("a[href*='/quizzes/']")
    page.click("form button.btn-primary")
    page.wait_for_url("**/quizzes/attempts/*/")
    answer(page, Attempt.objects.get(), right=3)
    page.click(".form-foot button.btn-primary")
    page.wait_for_selector(".is-right")
    page.goto(enrolled)


def _stranger_checks(stranger, found, made, live_server) -> None:
    """The code of the genuine one, and a number that nobody issued."""
    assert stranger.goto(found).status == 200
    text = stranger.inner_text("#content")
    assert "今日有效" in text
    assert made.masked in text
    assert made.holder not in text
    assert stranger.goto(f"{live_server.url}/certificates/{new_number()}/").status == 404
    assert "没有这个编号" in stranger.inner_text("#content")
