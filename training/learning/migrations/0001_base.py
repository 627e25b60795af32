"""Learners, enrolments, progress and presence."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("courses", "0001_base"),
        ("parties", "0010_stars"),
        ("seats", "0004_subjects"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="LearningFeed",
                    fields=[
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="learning_feed",
                                serialize=False,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "number",
                            models.PositiveIntegerField(
                                default=0, verbose_name="number of the calendar's address"
                            ),
                        ),
                        ("last", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "calendar of courses",
                        "verbose_name_plural": "calendars of courses",
                    },
                ),
                migrations.CreateModel(
                    name="Learner",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=40, verbose_name="name")),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        (
                            "member",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.staffmember",
                                verbose_name="team member",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="learners",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="learners",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="account",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "learner",
                        "verbose_name_plural": "learners",
                    },
                ),
                migrations.CreateModel(
                    name="Enrolment",
                    fields=[
                        (
                            "claim",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="enrolment",
                                serialize=False,
                                to="seats.claim",
                                verbose_name="claim",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("none", "Not finished yet"),
                                    ("completed", "Completed"),
                                    ("failed", "Not completed"),
                                ],
                                default="none",
                                max_length=9,
                                verbose_name="outcome",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=300, verbose_name="why"),
                        ),
                        (
                            "ended_at",
                            models.DateTimeField(null=True, verbose_name="outcome recorded at"),
                        ),
                        (
                            "attended_minutes",
                            models.PositiveIntegerField(null=True, verbose_name="minutes attended"),
                        ),
                        (
                            "planned_minutes",
                            models.PositiveIntegerField(null=True, verbose_name="minutes planned"),
                        ),
                        (
                            "enrolled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enrolments",
                                to="parties.party",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enrolments",
                                to="courses.session",
                            ),
                        ),
                        (
                            "learner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enrolments",
                                to="learning.learner",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "enrolment",
                        "verbose_name_plural": "enrolments",
                    },
                ),
                migrations.CreateModel(
                    name="LessonProgress",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("opened_at", models.DateTimeField(verbose_name="opened at")),
                        ("done_at", models.DateTimeField(null=True, verbose_name="done at")),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="progress",
                                to="learning.enrolment",
                            ),
                        ),
                        (
                            "lesson",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="courses.lesson",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "progress in a lesson",
                        "verbose_name_plural": "progress in lessons",
                    },
                ),
                migrations.CreateModel(
                    name="Presence",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("arrived_at", models.DateTimeField(verbose_name="arrived at")),
                        ("left_at", models.DateTimeField(null=True, verbose_name="left at")),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("qr", "QR code"),
                                    ("roster", "Roster"),
                                    ("behalf", "On behalf"),
                                ],
                                max_length=6,
                                verbose_name="written down by",
                            ),
                        ),
                        ("written_at", models.DateTimeField(verbose_name="written at")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="presences",
                                to="learning.enrolment",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="presences",
                                to="courses.meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "presence at a meeting",
                        "verbose_name_plural": "presences at meetings",
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddConstraint(
                    model_name="learner",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("user__isnull", False)),
                        fields=("party", "user"),
                        name="learner_once_an_account",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="learner",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("member__isnull", False)),
                        fields=("member",),
                        name="learner_once_a_member",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="learner",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("user__isnull", False), ("member__isnull", False), _connector="OR"
                        ),
                        name="learner_is_somebody",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="learner",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="learner_is_named"
                    ),
                ),
                migrations.AddIndex(
                    model_name="enrolment",
                    index=models.Index(fields=["session", "outcome"], name="enrolment_of_session"),
                ),
                migrations.AddIndex(
                    model_name="enrolment",
                    index=models.Index(fields=["party", "ended_at"], name="enrolment_of_party"),
                ),
                migrations.AddConstraint(
                    model_name="enrolment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("attended_minutes", None), ("ended_at", None), ("outcome", "none")
                            ),
                            models.Q(
                                ("attended_minutes__isnull", False),
                                ("ended_at__isnull", False),
                                ("outcome__in", ["completed", "failed"]),
                                ("planned_minutes__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="enrolment_outcome_has_its_facts",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="enrolment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "failed"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="enrolment_failure_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="enrolment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("attended_minutes", None),
                            ("attended_minutes__lte", models.F("planned_minutes")),
                            _connector="OR",
                        ),
                        name="enrolment_attends_what_is_planned",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="lessonprogress",
                    constraint=models.UniqueConstraint(
                        fields=("enrolment", "lesson"), name="progress_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="lessonprogress",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("done_at", None),
                            ("done_at__gte", models.F("opened_at")),
                            _connector="OR",
                        ),
                        name="progress_done_after_opening",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="presence",
                    constraint=models.UniqueConstraint(
                        fields=("enrolment", "meeting"), name="presence_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="presence",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("left_at", None),
                            ("left_at__gte", models.F("arrived_at")),
                            _connector="OR",
                        ),
                        name="presence_in_order",
                    ),
                ),
            ]
        ),
    ]
