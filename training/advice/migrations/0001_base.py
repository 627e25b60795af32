import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.constraints
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("parties", "0010_stars"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Chapter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        (
                            "retired_at",
                            models.DateTimeField(null=True, verbose_name="taken out at"),
                        ),
                    ],
                    options={
                        "verbose_name": "chapter of the handbook",
                        "verbose_name_plural": "chapters of the handbook",
                        "ordering": ["position"],
                        "permissions": [("edit_handbook", "Can write and publish the handbook")],
                    },
                ),
                migrations.CreateModel(
                    name="ChapterVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("title_zh", models.CharField(max_length=60, verbose_name="Chinese title")),
                        ("title_en", models.CharField(max_length=90, verbose_name="English title")),
                        (
                            "summary_zh",
                            models.CharField(max_length=160, verbose_name="Chinese summary"),
                        ),
                        (
                            "summary_en",
                            models.CharField(max_length=240, verbose_name="English summary"),
                        ),
                        ("text_zh", models.TextField(verbose_name="Chinese text")),
                        ("text_en", models.TextField(verbose_name="English text")),
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
                                    max_length=10,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="written for",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                        (
                            "changes_zh",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="what is new, in Chinese"
                            ),
                        ),
                        (
                            "changes_en",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what is new, in English"
                            ),
                        ),
                        ("published_at", models.DateTimeField(verbose_name="published at")),
                    ],
                    options={
                        "verbose_name": "version of a chapter",
                        "verbose_name_plural": "versions of chapters",
                        "ordering": ["-number"],
                    },
                ),
                migrations.CreateModel(
                    name="ReadMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                        ("at", models.DateTimeField(verbose_name="read at")),
                    ],
                    options={
                        "verbose_name": "chapter that was read",
                        "verbose_name_plural": "chapters that were read",
                    },
                ),
                migrations.CreateModel(
                    name="Slot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("starts_at", models.DateTimeField(verbose_name="begins")),
                        ("ends_at", models.DateTimeField(verbose_name="ends")),
                        ("place", models.CharField(max_length=200, verbose_name="link or room")),
                        ("series", models.UUIDField(null=True, verbose_name="series")),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        (
                            "withdrawn_at",
                            models.DateTimeField(null=True, verbose_name="withdrawn at"),
                        ),
                        (
                            "why",
                            models.CharField(blank=True, max_length=200, verbose_name="reason"),
                        ),
                    ],
                    options={
                        "verbose_name": "office hour",
                        "verbose_name_plural": "office hours",
                        "ordering": ["starts_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Adviser",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=40, verbose_name="name")),
                        (
                            "title_zh",
                            models.CharField(
                                max_length=60, verbose_name="who they are, in Chinese"
                            ),
                        ),
                        (
                            "title_en",
                            models.CharField(
                                max_length=90, verbose_name="who they are, in English"
                            ),
                        ),
                        ("bio_zh", models.TextField(max_length=1500, verbose_name="Chinese text")),
                        ("bio_en", models.TextField(max_length=3000, verbose_name="English text")),
                        (
                            "topics",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("start", "Opening and cold start"),
                                        ("live", "Live rooms"),
                                        ("video", "Short videos"),
                                        ("ads", "Paid traffic"),
                                        ("goods", "Goods and supply"),
                                        ("after_sales", "After-sales and reputation"),
                                        ("compliance", "Compliance"),
                                        ("creators", "Creators and agencies"),
                                        ("money", "Splits and statements"),
                                        ("rating", "Evaluation and improvement"),
                                    ],
                                    max_length=12,
                                ),
                                size=None,
                                verbose_name="topics",
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
                                    max_length=10,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="written for",
                            ),
                        ),
                        ("joined_at", models.DateTimeField(verbose_name="since")),
                        ("left_at", models.DateTimeField(null=True, verbose_name="left at")),
                        (
                            "party",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="works at",
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adviser",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="login",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "adviser",
                        "verbose_name_plural": "advisers",
                        "ordering": ["pk"],
                        "permissions": [("run_advice", "Can run the advisory group")],
                    },
                ),
                migrations.CreateModel(
                    name="Booking",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("question", models.TextField(max_length=1000, verbose_name="question")),
                        (
                            "topics",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("start", "Opening and cold start"),
                                        ("live", "Live rooms"),
                                        ("video", "Short videos"),
                                        ("ads", "Paid traffic"),
                                        ("goods", "Goods and supply"),
                                        ("after_sales", "After-sales and reputation"),
                                        ("compliance", "Compliance"),
                                        ("creators", "Creators and agencies"),
                                        ("money", "Splits and statements"),
                                        ("rating", "Evaluation and improvement"),
                                    ],
                                    max_length=12,
                                ),
                                default=list,
                                size=None,
                                verbose_name="topics",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("booked", "Booked"),
                                    ("done", "Took place"),
                                    ("cancelled", "Cancelled"),
                                    ("missed", "Somebody did not come"),
                                ],
                                default="booked",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        ("booked_at", models.DateTimeField(verbose_name="booked at")),
                        ("changed_at", models.DateTimeField(verbose_name="changed at")),
                        (
                            "reminded_at",
                            models.DateTimeField(null=True, verbose_name="reminded at"),
                        ),
                        (
                            "cancelled_by",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("party", "The party"),
                                    ("adviser", "The adviser"),
                                    ("platform", "The platform"),
                                ],
                                max_length=8,
                                verbose_name="cancelled by",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="reason"),
                        ),
                        (
                            "absent",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("party", "The party"),
                                    ("adviser", "The adviser"),
                                    ("platform", "The platform"),
                                ],
                                max_length=8,
                                verbose_name="did not come",
                            ),
                        ),
                        (
                            "notes",
                            models.TextField(blank=True, max_length=3000, verbose_name="notes"),
                        ),
                        (
                            "noted_at",
                            models.DateTimeField(null=True, verbose_name="notes shared at"),
                        ),
                        (
                            "rating",
                            models.PositiveSmallIntegerField(null=True, verbose_name="rating"),
                        ),
                        (
                            "rating_note",
                            models.CharField(blank=True, max_length=300, verbose_name="in words"),
                        ),
                        ("rated_at", models.DateTimeField(null=True, verbose_name="rated at")),
                        (
                            "booked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="booked by",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="advice_bookings",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "booking of an office hour",
                        "verbose_name_plural": "bookings of office hours",
                        "ordering": ["-booked_at"],
                    },
                ),
                migrations.CreateModel(
                    name="ChapterDraft",
                    fields=[
                        ("title_zh", models.CharField(max_length=60, verbose_name="Chinese title")),
                        ("title_en", models.CharField(max_length=90, verbose_name="English title")),
                        (
                            "summary_zh",
                            models.CharField(max_length=160, verbose_name="Chinese summary"),
                        ),
                        (
                            "summary_en",
                            models.CharField(max_length=240, verbose_name="English summary"),
                        ),
                        ("text_zh", models.TextField(verbose_name="Chinese text")),
                        ("text_en", models.TextField(verbose_name="English text")),
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
                                    max_length=10,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="written for",
                            ),
                        ),
                        (
                            "chapter",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="draft",
                                serialize=False,
                                to="advice.chapter",
                                verbose_name="chapter",
                            ),
                        ),
                        ("changed_at", models.DateTimeField(verbose_name="changed at")),
                    ],
                    options={
                        "verbose_name": "draft of a chapter",
                        "verbose_name_plural": "drafts of chapters",
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddField(
                    model_name="chapterversion",
                    name="chapter",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="advice.chapter",
                    ),
                ),
                migrations.AddField(
                    model_name="chapterversion",
                    name="published_by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
                migrations.AddField(
                    model_name="readmark",
                    name="chapter",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="advice.chapter",
                    ),
                ),
                migrations.AddField(
                    model_name="readmark",
                    name="user",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="slot",
                    name="adviser",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="advice.adviser",
                    ),
                ),
                migrations.AddField(
                    model_name="booking",
                    name="slot",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="advice.slot",
                    ),
                ),
                migrations.AddField(
                    model_name="chapterdraft",
                    name="changed_by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ]
        ),
        Together(
            [
                migrations.AddConstraint(
                    model_name="chapter",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("position",),
                        name="chapter_position",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="adviser",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("topics__len__gte", 1)), name="adviser_has_topics"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="chapterversion",
                    constraint=models.UniqueConstraint(
                        fields=("chapter", "number"), name="chapter_version_number"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="chapterversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("number", 1),
                            models.Q(
                                models.Q(("changes_zh", ""), _negated=True),
                                models.Q(("changes_en", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="chapter_version_says_what_changed",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="readmark",
                    constraint=models.UniqueConstraint(
                        fields=("user", "chapter"), name="read_mark_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="readmark",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="read_mark_of_a_version"
                    ),
                ),
                migrations.AddIndex(
                    model_name="slot",
                    index=models.Index(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=["starts_at"],
                        name="slot_ahead",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="slot",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        expressions=[
                            ("adviser", "="),
                            (
                                models.Func(
                                    models.F("starts_at"),
                                    models.F("ends_at"),
                                    function="tstzrange",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="slot_adviser_in_one_place",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="slot",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="slot_hours",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="slot",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("place", ""), _negated=True), name="slot_has_place"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="slot",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("why", ""), ("withdrawn_at", None)),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                models.Q(("why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="slot_withdrawn_with_reason",
                    ),
                ),
                migrations.AddIndex(
                    model_name="booking",
                    index=models.Index(fields=["party", "-booked_at"], name="booking_of_party"),
                ),
                migrations.AddIndex(
                    model_name="booking",
                    index=models.Index(
                        condition=models.Q(("status", "booked")),
                        fields=["slot"],
                        name="booking_ahead",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="booking",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "cancelled"), _negated=True),
                        fields=("slot",),
                        name="booking_one_of_a_slot",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="booking",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("absent", ""),
                                ("status", "cancelled"),
                                models.Q(("cancelled_by", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("absent__in", ["party", "adviser"]),
                                ("cancelled_by", ""),
                                ("status", "missed"),
                            ),
                            models.Q(
                                ("absent", ""),
                                ("cancelled_by", ""),
                                ("reason", ""),
                                ("status__in", ["booked", "done"]),
                            ),
                            _connector="OR",
                        ),
                        name="booking_status_has_its_facts",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="booking",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("noted_at", None), ("notes", "")),
                            models.Q(
                                ("noted_at__isnull", False),
                                ("status", "done"),
                                models.Q(("notes", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="booking_notes_of_what_took_place",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="booking",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rated_at", None), ("rating", None), ("rating_note", "")),
                            models.Q(
                                ("rated_at__isnull", False),
                                ("rating__range", (1, 5)),
                                ("status", "done"),
                            ),
                            _connector="OR",
                        ),
                        name="booking_rated_in_stars",
                    ),
                ),
            ]
        ),
    ]
