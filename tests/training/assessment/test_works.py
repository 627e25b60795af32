"""Practical work, graded blind: as learners, markers and who would like to peek."""

import io
from datetime import timedelta

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.core.audit import trail
from portal.core.context import request_id
from portal.core.files import can_read_file, open_bytes, read_file, store_file
from portal.core.verdict import Refused
from portal.evaluation.links import row_link
from portal.evaluation.models import Fact
from portal.notices.models import Notice
from portal.parties.models import Membership
from tests.factories import SYSTEM
from tests.training.assessment.making import assignment_fields, practical_course, seated
from training.assessment import services
from training.assessment.facts import record_work_facts
from training.assessment.files import WORK
from training.assessment.models import Feedback, Mark, Marker, Work
from training.courses.models import Instructor
from training.courses.services import sweep_sessions
from training.learning.models import Enrolment
from training.learning.selectors import progress_of
from training.learning.services import settle_enrolments

pytestmark = pytest.mark.django_db
GOOD = "流程清楚，时间分配再细一点。"


def refused(call):
    before = [model.objects.count() for model in (Work, Mark, Feedback)]
    given = Mark.objects.exclude(given_at=None).count()
    with pytest.raises(Refused) as found:
        call()
    assert [model.objects.count() for model in (Work, Mark, Feedback)] == before
    assert Mark.objects.exclude(given_at=None).count() == given
    return found.value.verdict


def pdf_by(author: str) -> bytes:
    """A page, and what a word processor says of who wrote it."""
    target = io.BytesIO()
    made = pypdfium2.PdfDocument.new()
    made.new_page(200, 200)
    made.save(target)
    content = target.getvalue()
    info = f"99 0 obj\n<</Author ({author})>>\nendobj\n".encode()
    trailer = content.rindex(b"trailer")
    start = content.rindex(b"startxref")
    old = int(content[start:].split()[1])
    root = content[trailer:start].split(b"/Root")[1].split(b"R")[0].decode()
    offset = len(content)
    table = f"xref\n99 1\n{offset:010d} 00000 n \ntrailer\n"
    table += f"<</Size 100 /Root{root}R /Info 99 0 R /Prev {old}>>\n"
    end = f"startxref\n{offset + len(info)}\n%%EOF\n".encode()
    return content + info + table.encode() + end


@pytest.fixture
def markers(merchant, agency, creator):
    return {one.user.pk: one for one in (merchant, agency, creator)}


def handed_in(person, enrolment, text="一小时流程表……", files=()):
    return services.hand_in_work(
        person.actor, enrolment=enrolment, text=text, file_ids=[one.pk for one in files]
    )


def marked(markers, work, *totals):
    """In the order in which they were asked."""
    for total in totals:
        mark = work.marks.filter(given_at=None).order_by("place").first()
        points = (min(total, 60), max(0, total - 60))
        services.give_mark(markers[mark.marker_id].actor, mark=mark, points=points, words=GOOD)
    work.refresh_from_db()
    return work


def test_two_marks_that_agree_complete_the_course(provider, markers):
    made = seated(provider, practical_course(list(markers)))
    work = handed_in(provider, made)
    assert work.marks.count() == 2
    [(_part, result)] = progress_of(Enrolment.objects.whole().get(pk=made.pk)).rows
    assert result.is_judged
    marked(markers, work, 70)
    assert (work.status, work.score) == ("waiting", None)
    marked(markers, work, 81)
    made.refresh_from_db()
    assert (work.status, work.score, work.is_passed) == ("marked", 7550, True)
    assert (made.outcome, work.marks.count()) == ("completed", 2)
    assert Notice.objects.filter(user=provider.user, event="course.marked").count() == 1
    assert (record_work_facts(SYSTEM), record_work_facts(SYSTEM)) == (1, 0)
    fact = Fact.objects.get(measure="assessment", party=provider.party)
    assert (fact.value, fact.sample, fact.ref_id) == (75.5, 1, str(work.pk))
    assert row_link(fact.ref_kind).find(provider.actor, fact.ref_id) == made.get_absolute_url()


def test_far_apart_calls_a_third_and_the_mean_decides(provider, markers):
    made = seated(provider, practical_course(list(markers)))
    work = marked(markers, handed_in(provider, made), 40, 61)  # 21 apart, 20 are allowed
    assert (work.status, work.marks.count()) == ("waiting", 3)
    marked(markers, work, 58)
    assert (work.status, work.score, work.is_passed) == ("marked", 5300, False)
    made.refresh_from_db()
    assert made.outcome == "none"
    second = marked(markers, handed_in(provider, made), 40, 45)
    assert (second.number, second.is_passed) == (2, False)
    made.refresh_from_db()
    assert (made.outcome, made.reason) == ("failed", "assignment")


def test_the_last_day_waits_for_the_markers(provider, markers):
    made = seated(provider, practical_course(list(markers)))
    work = handed_in(provider, made)
    with clock.standing_at(made.session.finishes_until + timedelta(days=2)):
        sweep_sessions(SYSTEM)
        sweep_sessions(SYSTEM)
        settle_enrolments(SYSTEM)
        made.refresh_from_db()
        assert made.outcome == "none"
        marked(markers, work, 70, 70)
    made.refresh_from_db()
    assert made.outcome == "completed"


def test_what_a_marker_gets_says_nothing_of_who_or_of_the_other_mark(provider, markers, operator):
    made = seated(provider, practical_course(list(markers)))
    name = "王小明-云帆电商.pdf"
    upload = SimpleUploadedFile(name, pdf_by("Wang Xiaoming"), "application/pdf")
    file = store_file(provider.actor, upload=upload, purpose=WORK, party_id=provider.actor.party_id)
    work = handed_in(provider, made, files=[file])
    kept = work.files.get().file
    assert (kept.name, kept.party_id, kept.uploaded_by) == ("1.pdf", None, None)
    assert kept.pk != file.pk
    assert can_read_file(provider.actor, kept)
    with open_bytes(kept) as content:
        data = content.read()
    assert b"Wang" not in data
    assert pypdfium2.PdfDocument(data).get_metadata_dict().get("Author", "") == ""
    first, second = work.marks.order_by("place")
    marker = markers[first.marker_id]
    assert can_read_file(marker.actor, kept)
    assert b"".join(read_file(marker.actor, file=kept)) == data
    # Neither the work with its learner, nor the enrolment, nor the other's mark.
    assert not Work.objects.visible_to(marker.actor).exists()
    assert not Enrolment.objects.visible_to(marker.actor).filter(pk=made.pk).exists()
    assert list(Mark.objects.visible_to(marker.actor)) == [first]
    assert (
        refused(
            lambda: services.give_mark(marker.actor, mark=second, points=(1, 1), words=GOOD)
        ).status
        == 403
    )
    notice = Notice.objects.get(user=marker.user, event="marking.asked")
    told = f"{notice.params} {notice.url}"
    for secret in (provider.party.name, made.learner.name, str(work.pk), str(made.pk)):
        assert secret not in told
    assert str(first.pk) in told
    outsider = next(one for key, one in markers.items() if not work.marks.filter(marker=key))
    assert not can_read_file(outsider.actor, kept)


def test_an_operator_or_instructor_who_marks_is_as_blind(provider, markers, operator, merchant):
    course = practical_course([operator.user.pk, merchant.user.pk])
    made = seated(provider, course)
    Instructor.objects.create(session=made.session, user=merchant.user)
    work = handed_in(provider, made)
    people = {operator.user.pk: operator, merchant.user.pk: merchant}
    assert not trail(made).filter(verb="hand_in_work").exists()  # they read the enrolment's history
    for one in people.values():
        assert not Work.objects.visible_to(one.actor).exists()
    assert Work.objects.visible_to(provider.actor).get() == work
    marked(people, work, 70, 70)
    for one in people.values():  # once it is marked there is nothing to hide
        assert Work.objects.visible_to(one.actor).get() == work


def test_the_operators_lists_say_nothing_of_a_work_to_who_marks_it(provider, operator, merchant):
    """Neither the trail nor the files: by time, by the request or by the digest of a picture one
    would find who uploaded what."""
    course = practical_course([operator.user.pk, merchant.user.pk])
    made = seated(provider, course)
    upload = SimpleUploadedFile("a.pdf", pdf_by("x"), "application/pdf")
    file = store_file(provider.actor, upload=upload, purpose=WORK, party_id=provider.actor.party_id)
    told = request_id.set("of-the-same-press")
    work = handed_in(provider, made, files=[file])
    request_id.reset(told)
    kept = work.files.get().file
    entry = trail(work).get(verb="hand_in_work")
    lists = {
        "/admin/core/auditentry/": [
            *("hand_in_work", str(work.pk), str(file.pk), str(kept.pk)),
            "of-the-same-press",
        ],
        "/admin/core/storedfile/": [str(file.pk), file.sha256, kept.sha256],
    }
    rows = [
        f"/admin/core/auditentry/{entry.pk}/change/",
        f"/admin/core/storedfile/{file.pk}/change/",
    ]
    browser = operator.browser()
    why = "与你评阅的作业有关的内容"
    for address, questions in lists.items():
        page = browser.get(address).content.decode()
        assert why in page
        for question in questions:
            found = browser.get(address, {"q": question}).context["cl"].result_count
            assert found == 0, question
    assert [browser.get(row).status_code for row in rows] == [302, 302]
    people = {operator.user.pk: operator, merchant.user.pk: merchant}
    marked(people, work, 70, 70)
    for address, questions in lists.items():
        page = browser.get(address)
        assert why not in page.content.decode()
        for question in questions:
            assert browser.get(address, {"q": question}).context["cl"].result_count, question
    assert [browser.get(row).status_code for row in rows] == [200, 200]


def test_markers_are_never_near_the_learner(provider, markers, rival, merchant):
    Membership.objects.create(
        party=provider.party, user=merchant.user, role="member", created_at=clock.now()
    )
    course = practical_course([provider.user.pk, merchant.user.pk])
    made = seated(provider, course)
    work = handed_in(provider, made)
    assert not work.marks.exists()  # the learner, and somebody of their party
    assert services.sweep_marks(SYSTEM) == 0
    fields = assignment_fields([rival.user.pk, *markers])
    services.set_assignment(SYSTEM, course=course, fields=fields)
    assert services.sweep_marks(SYSTEM) == 2
    assert services.sweep_marks(SYSTEM) == 0
    assert merchant.user.pk not in set(work.marks.values_list("marker", flat=True))


def test_late_marker_is_reminded_once_and_replaced(provider, markers, operator):
    work = handed_in(provider, seated(provider, practical_course(list(markers))))
    first = work.marks.get(place=1)
    with clock.standing_at(first.due_at + timedelta(hours=1)):
        for _n in range(2):
            services.sweep_marks(SYSTEM)
    assert Notice.objects.filter(event="marking.late").count() == 2  # one for each of the two
    assert refused(lambda: services.ask_another(provider.actor, mark=first)).status == 403
    changed = services.ask_another(operator.actor, mark=first)
    assert changed.marker_id not in {first.marker_id, work.marks.get(place=2).marker_id}


def test_marks_are_sound_given_once_and_frozen(provider, markers):
    made = seated(provider, practical_course(list(markers)))
    work = handed_in(provider, made)
    mark = work.marks.get(place=1)
    actor: Actor = markers[mark.marker_id].actor
    for points, words, field in (
        ((61, 0), GOOD, "points-1"),
        ((60, 41), GOOD, "points-2"),
        ((60,), GOOD, "points"),
        ((60, 40), " ", "words"),
    ):
        verdict = refused(
            lambda p=points, w=words: services.give_mark(actor, mark=mark, points=p, words=w)
        )
        assert verdict.flaws[0].field == field
    services.give_mark(actor, mark=mark, points=(50, 20), words=GOOD)
    again = refused(lambda: services.give_mark(actor, mark=mark, points=(60, 40), words=GOOD))
    assert again.status == 409
    with pytest.raises(IntegrityError), transaction.atomic():
        Mark.objects.filter(pk=mark.pk).update(points=[60, 40])
    assert refused(lambda: handed_in(provider, made)).status == 409  # one at a time
    assert (
        refused(
            lambda: services.set_assignment(
                SYSTEM,
                course=work.assignment.course,
                fields=assignment_fields(list(markers), criteria=(("新", "New", 100),)),
            )
        ).status
        == 409
    )
    assert Marker.objects.count() == 3


def test_work_needs_something_and_ones_own_files(provider, rival, markers):
    made = seated(provider, practical_course(list(markers)))
    assert refused(lambda: handed_in(provider, made, text=" ")).flaws[0].field == "text"
    upload = SimpleUploadedFile("a.pdf", pdf_by("x"), "application/pdf")
    foreign = store_file(rival.actor, upload=upload, purpose=WORK)
    assert refused(lambda: handed_in(provider, made, files=[foreign])).flaws[0].field == "files"
    assert refused(lambda: handed_in(rival, made)).status == 403


def test_feedback_is_given_once_after_the_end(provider, rival, markers):
    made = seated(provider, practical_course(list(markers)))

    def give(who=provider, stars=4):
        enrolment = Enrolment.objects.whole().get(pk=made.pk)
        services.give_feedback(who.actor, enrolment=enrolment, stars=stars, words="很实用")

    assert refused(give).status == 409
    marked(markers, handed_in(provider, made), 70, 70)
    assert refused(lambda: give(rival)).status == 403
    assert refused(lambda: give(stars=6)).flaws[0].field == "stars"
    give()
    assert refused(give).status == 409
    row = Feedback.objects.get()
    assert (row.stars, row.words, row.session_id) == (4, "很实用", made.session_id)
