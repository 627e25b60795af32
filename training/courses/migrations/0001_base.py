"""Courses, programmes, sessions with their planned hours."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0003_guards"),
        ("parties", "0010_stars"),
        ("seats", "0004_subjects"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Course",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("live", "Live course"),
                                    ("offline", "Offline course"),
                                    ("meetup", "Exchange meet-up"),
                                    ("open", "Open course"),
                                ],
                                max_length=7,
                                verbose_name="kind",
                            ),
                        ),
                        ("title_zh", models.CharField(max_length=60, verbose_name="Chinese title")),
                        (
                            "title_en",
                            models.CharField(max_length=120, verbose_name="English title"),
                        ),
                        (
                            "summary_zh",
                            models.TextField(max_length=600, verbose_name="Chinese summary"),
                        ),
                        (
                            "summary_en",
                            models.TextField(max_length=1200, verbose_name="English summary"),
                        ),
                        (
                            "outcomes_zh",
                            models.TextField(
                                max_length=600, verbose_name="what one can do afterwards (Chinese)"
                            ),
                        ),
                        (
                            "outcomes_en",
                            models.TextField(
                                max_length=1200, verbose_name="what one can do afterwards (English)"
                            ),
                        ),
                        (
                            "audience",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("merchant", "Merchant"),
                                        ("provider", "Service provider"),
                                        ("agency", "MCN agency"),
                                        ("creator", "Creator"),
                                    ],
                                    max_length=12,
                                ),
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("basic", "Beginners"),
                                    ("middle", "Experienced"),
                                    ("expert", "Experts"),
                                ],
                                max_length=6,
                                verbose_name="level",
                            ),
                        ),
                        (
                            "topics",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("onboarding", "Opening and onboarding"),
                                        ("live_room", "Live rooms"),
                                        ("short_video", "Short video"),
                                        ("ads", "Paid ads"),
                                        ("product", "Products and supply"),
                                        ("creators", "Working with creators"),
                                        ("service", "After-sales and service"),
                                        ("compliance", "Compliance"),
                                        ("data", "Data and method"),
                                        ("team", "Team"),
                                        ("money", "Money and statements"),
                                    ],
                                    max_length=12,
                                ),
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "indicators",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40), default=list, size=None
                            ),
                        ),
                        (
                            "planned_minutes",
                            models.PositiveSmallIntegerField(verbose_name="planned minutes"),
                        ),
                        (
                            "needs_lessons",
                            models.BooleanField(default=True, verbose_name="asks for its lessons"),
                        ),
                        (
                            "least_attendance",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="least attendance (%)"
                            ),
                        ),
                        (
                            "needs_quiz",
                            models.BooleanField(default=False, verbose_name="asks for a quiz"),
                        ),
                        (
                            "needs_assignment",
                            models.BooleanField(
                                default=False, verbose_name="asks for an assignment"
                            ),
                        ),
                        (
                            "certificate_months",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="certificate valid for (months)"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("published", "Published"),
                                    ("archived", "Archived"),
                                ],
                                default="draft",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        (
                            "published_at",
                            models.DateTimeField(null=True, verbose_name="published at"),
                        ),
                        (
                            "archived_at",
                            models.DateTimeField(null=True, verbose_name="archived at"),
                        ),
                    ],
                    options={
                        "verbose_name": "course",
                        "verbose_name_plural": "courses",
                        "permissions": [("run_training", "Can run courses and their sessions")],
                        "indexes": [
                            models.Index(fields=["status", "kind", "id"], name="course_by_kind")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("audience__len__gte", 1), ("topics__len__gte", 1)
                                ),
                                name="course_for_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("least_attendance__lte", 100),
                                    ("planned_minutes__gte", 1),
                                    models.Q(
                                        ("certificate_months", None),
                                        ("certificate_months__range", (1, 120)),
                                        _connector="OR",
                                    ),
                                ),
                                name="course_figures",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("needs_lessons", True),
                                    ("least_attendance__gte", 1),
                                    ("needs_quiz", True),
                                    ("needs_assignment", True),
                                    _connector="OR",
                                ),
                                name="course_asks_for_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "open"), _negated=True),
                                    ("least_attendance", 0),
                                    _connector="OR",
                                ),
                                name="course_open_has_no_attendance",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("archived_at", None),
                                        ("published_at", None),
                                        ("status", "draft"),
                                    ),
                                    models.Q(
                                        ("archived_at", None),
                                        ("published_at__isnull", False),
                                        ("status", "published"),
                                    ),
                                    models.Q(
                                        ("archived_at__isnull", False),
                                        ("published_at__isnull", False),
                                        ("status", "archived"),
                                    ),
                                    _connector="OR",
                                ),
                                name="course_status_has_its_times",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Material",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("title", models.CharField(max_length=80, verbose_name="title")),
                        ("added_at", models.DateTimeField(verbose_name="added at")),
                        ("removed_at", models.DateTimeField(null=True, verbose_name="removed at")),
                        (
                            "added_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="materials",
                                to="courses.course",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "material",
                        "verbose_name_plural": "materials",
                    },
                ),
                migrations.CreateModel(
                    name="Programme",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("cold_start", "Cold start"),
                                    ("belt", "Industry belt"),
                                    ("academy", "Creator academy"),
                                    ("role", "For a role"),
                                    ("custom", "Custom path"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("title_zh", models.CharField(max_length=60, verbose_name="Chinese title")),
                        (
                            "title_en",
                            models.CharField(max_length=120, verbose_name="English title"),
                        ),
                        (
                            "summary_zh",
                            models.TextField(max_length=600, verbose_name="Chinese summary"),
                        ),
                        (
                            "summary_en",
                            models.TextField(max_length=1200, verbose_name="English summary"),
                        ),
                        (
                            "audience",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("merchant", "Merchant"),
                                        ("provider", "Service provider"),
                                        ("agency", "MCN agency"),
                                        ("creator", "Creator"),
                                    ],
                                    max_length=12,
                                ),
                                default=list,
                                size=None,
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        (
                            "published_at",
                            models.DateTimeField(null=True, verbose_name="published at"),
                        ),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "belt",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.belt",
                                verbose_name="industry belt",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="programmes",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "programme",
                        "verbose_name_plural": "programmes",
                    },
                ),
                migrations.CreateModel(
                    name="ProgrammeCourse",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        ("is_required", models.BooleanField(default=True, verbose_name="required")),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="programme_steps",
                                to="courses.course",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="courses.programme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "course of a programme",
                        "verbose_name_plural": "courses of programmes",
                        "ordering": ("programme", "position"),
                    },
                ),
                migrations.CreateModel(
                    name="Session",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "form",
                            models.CharField(
                                choices=[
                                    ("live", "Live link"),
                                    ("offline", "On site"),
                                    ("open", "At your own pace"),
                                ],
                                max_length=7,
                                verbose_name="form",
                            ),
                        ),
                        (
                            "venue",
                            models.CharField(blank=True, max_length=80, verbose_name="venue"),
                        ),
                        (
                            "link",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="link to the live room"
                            ),
                        ),
                        ("starts_at", models.DateTimeField(verbose_name="starts at")),
                        ("ends_at", models.DateTimeField(verbose_name="ends at")),
                        ("joins_until", models.DateTimeField(verbose_name="enrol until")),
                        ("cancels_until", models.DateTimeField(verbose_name="give up until")),
                        ("finishes_until", models.DateTimeField(verbose_name="finish until")),
                        (
                            "most_per_party",
                            models.PositiveSmallIntegerField(
                                verbose_name="seats of one party, at most"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("open", "Enrolling"),
                                    ("running", "Running"),
                                    ("done", "Over"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="planned",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="why it was cancelled"
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("opened_at", models.DateTimeField(null=True, verbose_name="opened at")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "city",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.city",
                                verbose_name="city",
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="courses.course",
                            ),
                        ),
                        (
                            "occasion",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="course_session",
                                to="seats.occasion",
                            ),
                        ),
                        (
                            "pool",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="course_session",
                                to="seats.pool",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "session of a course",
                        "verbose_name_plural": "sessions of courses",
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        ("starts_at", models.DateTimeField(verbose_name="starts at")),
                        ("ends_at", models.DateTimeField(verbose_name="ends at")),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="courses.session",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "meeting of a session",
                        "verbose_name_plural": "meetings of sessions",
                        "ordering": ("session", "position"),
                    },
                ),
                migrations.CreateModel(
                    name="Instructor",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="teaching",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="instructors",
                                to="courses.session",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "instructor",
                        "verbose_name_plural": "instructors",
                    },
                ),
                migrations.CreateModel(
                    name="Lesson",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        ("title_zh", models.CharField(max_length=60, verbose_name="Chinese title")),
                        (
                            "title_en",
                            models.CharField(max_length=120, verbose_name="English title"),
                        ),
                        (
                            "text_zh",
                            models.TextField(max_length=20000, verbose_name="Chinese text"),
                        ),
                        (
                            "text_en",
                            models.TextField(max_length=40000, verbose_name="English text"),
                        ),
                        ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes")),
                        ("is_required", models.BooleanField(default=True, verbose_name="required")),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lessons",
                                to="courses.course",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lesson",
                        "verbose_name_plural": "lessons",
                        "ordering": ("course", "position"),
                        "constraints": [
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("course", "position"),
                                name="lesson_position_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minutes__gte", 1),
                                    ("position__gte", 1),
                                    models.Q(("text_zh", ""), _negated=True),
                                    models.Q(("title_zh", ""), _negated=True),
                                ),
                                name="lesson_has_text",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Prerequisite",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="prerequisites",
                                to="courses.course",
                            ),
                        ),
                        (
                            "needs",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opens",
                                to="courses.course",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "prerequisite",
                        "verbose_name_plural": "prerequisites",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("course", "needs"), name="prerequisite_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("course", models.F("needs")), _negated=True),
                                name="prerequisite_is_another",
                            ),
                        ],
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddConstraint(
                    model_name="programme",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("audience__len__gte", 1)), name="programme_for_somebody"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="programme",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("belt__isnull", False), ("kind", "belt")),
                                models.Q(models.Q(("kind", "belt"), _negated=True), ("belt", None)),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(("kind", "custom"), ("party__isnull", False)),
                                models.Q(
                                    models.Q(("kind", "custom"), _negated=True), ("party", None)
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="programme_of_its_kind",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="programmecourse",
                    constraint=models.UniqueConstraint(
                        fields=("programme", "course"), name="programme_course_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="programmecourse",
                    constraint=models.UniqueConstraint(
                        fields=("programme", "position"), name="programme_in_order"
                    ),
                ),
                migrations.AddIndex(
                    model_name="session",
                    index=models.Index(fields=["course", "starts_at"], name="session_of_course"),
                ),
                migrations.AddIndex(
                    model_name="session",
                    index=models.Index(fields=["starts_at", "id"], name="session_by_day"),
                ),
                migrations.AddIndex(
                    model_name="session",
                    index=models.Index(fields=["status", "starts_at"], name="session_by_status"),
                ),
                migrations.AddConstraint(
                    model_name="session",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("cancels_until__lte", models.F("ends_at")),
                            ("ends_at__gt", models.F("starts_at")),
                            ("finishes_until__gte", models.F("ends_at")),
                            ("joins_until__lte", models.F("ends_at")),
                        ),
                        name="session_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="session",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("city__isnull", False),
                                ("form", "offline"),
                                ("link", ""),
                                models.Q(("venue", ""), _negated=True),
                            ),
                            models.Q(("city", None), ("form__in", ["live", "open"]), ("venue", "")),
                            _connector="OR",
                        ),
                        name="session_somewhere",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="session",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("most_per_party__gte", 1)), name="session_quota"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="session",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at", None), ("opened_at", None), ("status", "planned")
                            ),
                            models.Q(
                                ("ended_at", None),
                                ("opened_at__isnull", False),
                                ("status__in", ["open", "running"]),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("opened_at__isnull", False),
                                ("status", "done"),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("status", "cancelled"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="session_status_has_its_times",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="meeting",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("session", "position"),
                        name="course_meeting_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="meeting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="course_meeting_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="meeting",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        expressions=[
                            (
                                models.Func(
                                    "starts_at",
                                    "ends_at",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                    function="TSTZRANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                            ("session", "="),
                        ],
                        name="course_meetings_apart",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="instructor",
                    constraint=models.UniqueConstraint(
                        fields=("session", "user"), name="instructor_once"
                    ),
                ),
            ]
        ),
    ]
