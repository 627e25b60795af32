import datetime
import uuid

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_base"),
        ("parties", "0002_base"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Fact",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("measure", models.CharField(max_length=40, verbose_name="measure")),
                        ("value", models.FloatField(verbose_name="value")),
                        (
                            "sample",
                            models.PositiveIntegerField(default=1, verbose_name="sample size"),
                        ),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(verbose_name="to")),
                        (
                            "grade",
                            models.SmallIntegerField(
                                choices=[
                                    (1, "Self-reported"),
                                    (2, "Confirmed by the counterparty"),
                                    (3, "Platform feed"),
                                ],
                                verbose_name="source grade",
                            ),
                        ),
                        (
                            "door",
                            models.CharField(
                                choices=[
                                    ("portal", "A part of this site"),
                                    ("file", "File of an operator"),
                                    ("api", "Interface"),
                                    ("demo", "Made up for the demo world"),
                                ],
                                max_length=8,
                                verbose_name="came by",
                            ),
                        ),
                        (
                            "ref_kind",
                            models.CharField(
                                max_length=40, verbose_name="kind of the row behind it"
                            ),
                        ),
                        (
                            "ref_id",
                            models.CharField(
                                max_length=80, verbose_name="key of the row behind it"
                            ),
                        ),
                        (
                            "strike",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("quick_refund", "Refunded soon after it was paid"),
                                    ("same_payer", "A cluster of orders of the same payer"),
                                    ("self_dealing", "Both sides belong together"),
                                    ("short_cooperation", "The cooperation was too short"),
                                    ("unpaid", "The cooperation was never paid"),
                                ],
                                max_length=20,
                                verbose_name="taken out by",
                            ),
                        ),
                        ("detail", models.JSONField(default=dict, verbose_name="more of it")),
                        ("is_void", models.BooleanField(default=False, verbose_name="taken back")),
                        ("why", models.CharField(blank=True, max_length=300, verbose_name="why")),
                        ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                        (
                            "corrects",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="correction",
                                to="evaluation.fact",
                                verbose_name="corrects",
                            ),
                        ),
                        (
                            "counterpart",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="counterparty",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="facts",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="recorded by",
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.servicetype",
                                verbose_name="service type",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "fact",
                        "verbose_name_plural": "facts",
                        "permissions": [
                            ("feed_fact", "Can bring in and correct facts of any party")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Method",
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
                        ("code", models.CharField(max_length=20, verbose_name="method")),
                        ("version", models.CharField(max_length=20, verbose_name="version")),
                        ("document", models.JSONField(verbose_name="document")),
                        ("gathering", models.JSONField(verbose_name="how facts are gathered")),
                        (
                            "change_zh",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="what changes (Chinese)"
                            ),
                        ),
                        (
                            "change_en",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="what changes (English)"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("announced", "Announced"),
                                    ("in_force", "In force"),
                                    ("retired", "Retired"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="draft",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "digest",
                            models.CharField(blank=True, max_length=64, verbose_name="digest"),
                        ),
                        (
                            "impact",
                            models.JSONField(null=True, verbose_name="whom it moves, and how far"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        (
                            "announced_at",
                            models.DateTimeField(null=True, verbose_name="announced at"),
                        ),
                        (
                            "comes_into_force_at",
                            models.DateTimeField(null=True, verbose_name="comes into force at"),
                        ),
                        ("retired_at", models.DateTimeField(null=True, verbose_name="retired at")),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="created by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "method",
                        "verbose_name_plural": "methods",
                        "permissions": [
                            ("publish_method", "Can announce methods and take them back")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Plan",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("title", models.CharField(max_length=80, verbose_name="title")),
                        (
                            "side",
                            models.CharField(
                                choices=[("party", "The party"), ("platform", "The platform")],
                                max_length=8,
                                verbose_name="drafted by",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("proposed", "Signed by one side"),
                                    ("agreed", "Signed by both sides"),
                                    ("closed", "Closed"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="draft",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="why it was handed back"
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        (
                            "party_signed_at",
                            models.DateTimeField(null=True, verbose_name="signed by the party at"),
                        ),
                        (
                            "platform_signed_at",
                            models.DateTimeField(
                                null=True, verbose_name="signed by the platform at"
                            ),
                        ),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="created by",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plans",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                        (
                            "party_signed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="signed for the party by",
                            ),
                        ),
                        (
                            "platform_signed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="signed for the platform by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "improvement plan",
                        "verbose_name_plural": "improvement plans",
                        "permissions": [
                            ("sign_plan", "Can draft, sign and check improvement plans")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rating",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("own_segment", models.CharField(max_length=60)),
                        ("segment", models.CharField(max_length=60)),
                        ("segment_rated", models.PositiveIntegerField()),
                        ("is_home", models.BooleanField()),
                        ("gates", models.JSONField(default=list)),
                        ("score", models.FloatField(null=True)),
                        ("low", models.FloatField(null=True)),
                        ("high", models.FloatField(null=True)),
                        ("coverage", models.FloatField()),
                        ("rank", models.PositiveIntegerField(null=True)),
                        ("rank_best", models.PositiveIntegerField(null=True)),
                        ("rank_worst", models.PositiveIntegerField(null=True)),
                        ("is_tied", models.BooleanField(default=False)),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="parties.party",
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.servicetype",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rating",
                        "verbose_name_plural": "ratings",
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorValue",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("indicator", models.CharField(max_length=40)),
                        ("value", models.FloatField(null=True)),
                        ("sample", models.FloatField(null=True)),
                        ("scaled", models.FloatField(null=True)),
                        ("percentile", models.FloatField(null=True)),
                        ("facts", models.PositiveIntegerField(default=0)),
                        ("struck", models.PositiveIntegerField(default=0)),
                        ("ungraded", models.PositiveIntegerField(default=0)),
                        (
                            "rating",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="values",
                                to="evaluation.rating",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "value of an indicator",
                        "verbose_name_plural": "values of indicators",
                    },
                ),
                migrations.CreateModel(
                    name="DimensionScore",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("dimension", models.CharField(max_length=40)),
                        ("score", models.FloatField(null=True)),
                        ("low", models.FloatField(null=True)),
                        ("high", models.FloatField(null=True)),
                        ("coverage", models.FloatField()),
                        ("rank", models.PositiveIntegerField(null=True)),
                        ("median", models.FloatField(null=True)),
                        (
                            "rating",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="dimensions",
                                to="evaluation.rating",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "score of a dimension",
                        "verbose_name_plural": "scores of dimensions",
                    },
                ),
                migrations.CreateModel(
                    name="Appeal",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("indicator", models.CharField(max_length=40, verbose_name="indicator")),
                        ("value", models.FloatField(null=True, verbose_name="value")),
                        ("scaled", models.FloatField(null=True, verbose_name="score")),
                        ("text", models.TextField(max_length=2000, verbose_name="what is wrong")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("filed", "Filed"),
                                    ("examined", "Examined, a second person decides"),
                                    ("decided", "Decided"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="filed",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        ("filed_at", models.DateTimeField(verbose_name="filed at")),
                        ("due_on", models.DateField(verbose_name="answered by")),
                        (
                            "is_overdue_told",
                            models.BooleanField(
                                default=False, verbose_name="operators were reminded"
                            ),
                        ),
                        (
                            "finding",
                            models.TextField(blank=True, max_length=2000, verbose_name="finding"),
                        ),
                        (
                            "proposed",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("keep", "The number stands"),
                                    ("data", "The data are corrected"),
                                    ("rule", "The rule is looked at for the next version"),
                                ],
                                max_length=4,
                                verbose_name="proposed outcome",
                            ),
                        ),
                        (
                            "examined_at",
                            models.DateTimeField(null=True, verbose_name="examined at"),
                        ),
                        (
                            "sentence",
                            models.TextField(
                                blank=True, max_length=600, verbose_name="answer to the party"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("keep", "The number stands"),
                                    ("data", "The data are corrected"),
                                    ("rule", "The rule is looked at for the next version"),
                                ],
                                max_length=4,
                                verbose_name="outcome",
                            ),
                        ),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                        (
                            "decider",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="second person",
                            ),
                        ),
                        (
                            "evidence",
                            models.ManyToManyField(
                                related_name="+", to="core.storedfile", verbose_name="evidence"
                            ),
                        ),
                        (
                            "examiner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="first person",
                            ),
                        ),
                        (
                            "filed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="filed by",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rating_appeals",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                        (
                            "correction",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="evaluation.fact",
                                verbose_name="correcting row",
                            ),
                        ),
                        (
                            "rating",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appeals",
                                to="evaluation.rating",
                                verbose_name="rating",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "appeal against a rating",
                        "verbose_name_plural": "appeals against ratings",
                        "permissions": [
                            ("decide_appeal", "Can examine and decide appeals against ratings")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Remedy",
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
                        ("indicator", models.CharField(max_length=40, verbose_name="indicator")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("course", "Course"),
                                    ("task", "Task"),
                                    ("guide", "Guide"),
                                ],
                                max_length=6,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "title_zh",
                            models.CharField(max_length=80, verbose_name="title (Chinese)"),
                        ),
                        (
                            "title_en",
                            models.CharField(max_length=120, verbose_name="title (English)"),
                        ),
                        ("url", models.CharField(max_length=200, verbose_name="address")),
                        ("origin", models.CharField(max_length=80, verbose_name="offered by")),
                        ("is_open", models.BooleanField(default=True, verbose_name="offered now")),
                    ],
                    options={
                        "verbose_name": "remedy",
                        "verbose_name_plural": "remedies",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("indicator", "origin"), name="remedy_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanItem",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "indicator",
                            models.CharField(blank=True, max_length=40, verbose_name="indicator"),
                        ),
                        (
                            "text",
                            models.CharField(max_length=300, verbose_name="what is to be done"),
                        ),
                        ("due_on", models.DateField(verbose_name="due on")),
                        (
                            "report",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="what was done"
                            ),
                        ),
                        (
                            "handed_in_at",
                            models.DateTimeField(null=True, verbose_name="handed in at"),
                        ),
                        (
                            "returned_why",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="why it was handed back"
                            ),
                        ),
                        (
                            "reminded_days",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="last reminder"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("on_time", "Done on time"),
                                    ("late", "Done late"),
                                    ("missed", "Not done"),
                                ],
                                max_length=7,
                                verbose_name="outcome",
                            ),
                        ),
                        ("checked_at", models.DateTimeField(null=True, verbose_name="checked at")),
                        (
                            "checked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="checked by",
                            ),
                        ),
                        (
                            "evidence",
                            models.ManyToManyField(
                                related_name="+", to="core.storedfile", verbose_name="evidence"
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="evaluation.plan",
                                verbose_name="improvement plan",
                            ),
                        ),
                        (
                            "remedy",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="evaluation.remedy",
                                verbose_name="course or task",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "item of an improvement plan",
                        "verbose_name_plural": "items of improvement plans",
                        "ordering": ["due_on", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Snapshot",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("preview", "Preview"),
                                    ("official", "Official"),
                                    ("beside", "By the other version"),
                                    ("trial", "Trial"),
                                ],
                                max_length=8,
                                verbose_name="kind",
                            ),
                        ),
                        ("period", models.CharField(max_length=10, verbose_name="period")),
                        (
                            "revision",
                            models.PositiveSmallIntegerField(default=1, verbose_name="revision"),
                        ),
                        (
                            "why",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="why it was made again"
                            ),
                        ),
                        ("ends_on", models.DateField(verbose_name="as of the end of")),
                        ("cut", models.DateTimeField(verbose_name="facts recorded up to")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("computing", "Being computed"),
                                    ("ready", "Computed"),
                                    ("published", "Published"),
                                    ("replaced", "Replaced by a corrected one"),
                                    ("failed", "Failed"),
                                ],
                                default="computing",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        ("draws", models.PositiveIntegerField(verbose_name="draws")),
                        ("seed", models.BigIntegerField(verbose_name="seed")),
                        (
                            "code_version",
                            models.CharField(max_length=64, verbose_name="version of the program"),
                        ),
                        (
                            "facts_digest",
                            models.CharField(
                                blank=True, max_length=64, verbose_name="digest of the facts"
                            ),
                        ),
                        (
                            "values_digest",
                            models.CharField(
                                blank=True, max_length=64, verbose_name="digest of the values"
                            ),
                        ),
                        (
                            "scores_digest",
                            models.CharField(
                                blank=True, max_length=64, verbose_name="digest of the scores"
                            ),
                        ),
                        (
                            "facts_count",
                            models.PositiveIntegerField(default=0, verbose_name="facts"),
                        ),
                        ("started_at", models.DateTimeField(verbose_name="started at")),
                        (
                            "computed_at",
                            models.DateTimeField(null=True, verbose_name="computed at"),
                        ),
                        (
                            "published_at",
                            models.DateTimeField(null=True, verbose_name="published at"),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="core.job",
                                verbose_name="job",
                            ),
                        ),
                        (
                            "method",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="snapshots",
                                to="evaluation.method",
                                verbose_name="method",
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replacement",
                                to="evaluation.snapshot",
                                verbose_name="replaces",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "snapshot",
                        "verbose_name_plural": "snapshots",
                        "permissions": [("make_snapshot", "Can compute and publish snapshots")],
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddField(
                    model_name="rating",
                    name="snapshot",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ratings",
                        to="evaluation.snapshot",
                    ),
                ),
                migrations.AddIndex(
                    model_name="fact",
                    index=models.Index(
                        fields=["party", "measure", "-ends_on"], name="fact_of_party"
                    ),
                ),
                migrations.AddIndex(
                    model_name="fact",
                    index=models.Index(fields=["measure", "ends_on"], name="fact_of_measure"),
                ),
                migrations.AddIndex(
                    model_name="fact",
                    index=models.Index(fields=["recorded_at"], name="fact_by_arrival"),
                ),
                migrations.AddConstraint(
                    model_name="fact",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("corrects__isnull", True)),
                        fields=("measure", "ref_kind", "ref_id", "party"),
                        name="fact_once_a_row",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="fact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="fact_period_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="fact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("value__gt", -1000000000000000.0), ("value__lt", 1000000000000000.0)
                        ),
                        name="fact_value_is_finite",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="fact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("grade__in", [1, 2, 3])), name="fact_grade_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="fact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("door__in", ["portal", "file", "api", "demo"])),
                        name="fact_door_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="fact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ref_id", ""), _negated=True), name="fact_has_a_row"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="fact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("corrects__isnull", True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="fact_correction_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="fact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("is_void", False), ("corrects__isnull", False), _connector="OR"
                        ),
                        name="fact_void_corrects",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="fact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("counterpart__isnull", True),
                            models.Q(("counterpart", models.F("party")), _negated=True),
                            _connector="OR",
                        ),
                        name="fact_of_another",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="method",
                    constraint=models.UniqueConstraint(
                        fields=("code", "version"), name="method_version_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="method",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "in_force")),
                        fields=("code",),
                        name="method_one_in_force",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="method",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "announced")),
                        fields=("code",),
                        name="method_one_announced",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="method",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ["announced", "in_force", "retired"]), _negated=True
                            ),
                            models.Q(
                                ("announced_at__isnull", False),
                                ("comes_into_force_at__isnull", False),
                                models.Q(("digest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="method_public_has_dates_and_digest",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="method",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("comes_into_force_at__isnull", True),
                            (
                                "comes_into_force_at__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("announced_at"),
                                    "+",
                                    models.Value(datetime.timedelta(days=15)),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="method_notice_of_15_days",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="method",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("retired_at__isnull", False), ("status", "retired")),
                            models.Q(
                                models.Q(("status", "retired"), _negated=True),
                                ("retired_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="method_retired_has_its_time",
                    ),
                ),
                migrations.AddIndex(
                    model_name="plan",
                    index=models.Index(fields=["party", "-created_at"], name="plan_of_party"),
                ),
                migrations.AddConstraint(
                    model_name="plan",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("party_signed_at__isnull", False),
                                ("party_signed_by__isnull", False),
                                ("platform_signed_at__isnull", False),
                                ("platform_signed_by__isnull", False),
                                ("status__in", ["agreed", "closed"]),
                            ),
                            models.Q(
                                models.Q(
                                    ("party_signed_at__isnull", True),
                                    ("platform_signed_at__isnull", True),
                                    _connector="OR",
                                ),
                                ("status__in", ["draft", "proposed", "withdrawn"]),
                            ),
                            _connector="OR",
                        ),
                        name="plan_agreed_has_two_signatures",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plan",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("party_signed_by__isnull", True),
                            ("platform_signed_by__isnull", True),
                            models.Q(
                                ("party_signed_by", models.F("platform_signed_by")), _negated=True
                            ),
                            _connector="OR",
                        ),
                        name="plan_signed_by_two_people",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plan",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "proposed"), _negated=True),
                            models.Q(("party_signed_at__isnull", False), ("side", "party")),
                            models.Q(("platform_signed_at__isnull", False), ("side", "platform")),
                            _connector="OR",
                        ),
                        name="plan_proposed_is_signed_by_its_side",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plan",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "draft"), _negated=True),
                            models.Q(
                                ("party_signed_at__isnull", True),
                                ("platform_signed_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="plan_draft_is_unsigned",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plan",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("status", "closed")),
                            models.Q(
                                models.Q(("status", "closed"), _negated=True),
                                ("closed_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="plan_closed_has_its_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="indicatorvalue",
                    constraint=models.UniqueConstraint(
                        fields=("rating", "indicator"), name="indicator_value_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dimensionscore",
                    constraint=models.UniqueConstraint(
                        fields=("rating", "dimension"), name="dimension_score_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="appeal",
                    index=models.Index(fields=["party", "-filed_at"], name="appeal_of_party"),
                ),
                migrations.AddIndex(
                    model_name="appeal",
                    index=models.Index(
                        condition=models.Q(("status__in", ["filed", "examined"])),
                        fields=["due_on"],
                        name="appeal_by_due_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appeal",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "withdrawn"), _negated=True),
                        fields=("rating", "indicator"),
                        name="appeal_once_an_indicator",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appeal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="appeal_says_what"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appeal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("examined_at__isnull", True),
                                ("examiner__isnull", True),
                                ("finding", ""),
                                ("proposed", ""),
                                ("status__in", ["filed", "withdrawn"]),
                            ),
                            models.Q(
                                models.Q(("finding", ""), _negated=True),
                                models.Q(("proposed", ""), _negated=True),
                                models.Q(("status", "filed"), _negated=True),
                                ("examined_at__isnull", False),
                                ("examiner__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="appeal_examined_has_finding",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appeal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("sentence", ""), _negated=True),
                                models.Q(("outcome", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decider__isnull", False),
                                ("status", "decided"),
                            ),
                            models.Q(
                                models.Q(("status", "decided"), _negated=True),
                                ("decided_at__isnull", True),
                                ("decider__isnull", True),
                                ("outcome", ""),
                                ("sentence", ""),
                            ),
                            _connector="OR",
                        ),
                        name="appeal_decided_has_answer",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appeal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("decider__isnull", True),
                            models.Q(("decider", models.F("examiner")), _negated=True),
                            _connector="OR",
                        ),
                        name="appeal_decided_by_another",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appeal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "data"), ("correction__isnull", True), _connector="OR"
                        ),
                        name="appeal_corrects_with_data_only",
                    ),
                ),
                migrations.AddIndex(
                    model_name="planitem",
                    index=models.Index(
                        condition=models.Q(("outcome", "")),
                        fields=["due_on"],
                        name="plan_item_by_due_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="planitem",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_at__isnull", True), ("outcome", "")),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("checked_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="plan_item_outcome_has_its_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="planitem",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome__in", ["on_time", "late"]), _negated=True),
                            ("handed_in_at__isnull", False),
                            _connector="OR",
                        ),
                        name="plan_item_done_was_handed_in",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="planitem",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="plan_item_says_what"
                    ),
                ),
                migrations.AddIndex(
                    model_name="snapshot",
                    index=models.Index(
                        fields=["kind", "status", "-ends_on"], name="snapshot_newest"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="snapshot",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("kind", "trial"), _negated=True),
                        fields=("method", "kind", "period", "revision"),
                        name="snapshot_once_a_period",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="snapshot",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ["ready", "published", "replaced"]), _negated=True
                            ),
                            models.Q(
                                ("computed_at__isnull", False),
                                models.Q(("facts_digest", ""), _negated=True),
                                models.Q(("values_digest", ""), _negated=True),
                                models.Q(("scores_digest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="snapshot_computed_has_digests",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="snapshot",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["published", "replaced"]), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="snapshot_published_has_its_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="snapshot",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "trial"), _negated=True),
                            ("published_at__isnull", True),
                            _connector="OR",
                        ),
                        name="snapshot_trial_stays_inside",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="snapshot",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("replaces__isnull", True), ("revision", 1)),
                            models.Q(
                                ("replaces__isnull", False),
                                ("revision__gt", 1),
                                models.Q(("why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="snapshot_revision_replaces",
                    ),
                ),
                migrations.AddIndex(
                    model_name="rating",
                    index=models.Index(
                        fields=["snapshot", "segment", "rank"], name="rating_in_segment"
                    ),
                ),
                migrations.AddIndex(
                    model_name="rating",
                    index=models.Index(fields=["party", "-snapshot"], name="rating_of_party"),
                ),
                migrations.AddConstraint(
                    model_name="rating",
                    constraint=models.UniqueConstraint(
                        fields=("snapshot", "party", "service"),
                        name="rating_once_a_service",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rating",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("is_home", True)),
                        fields=("snapshot", "party"),
                        name="rating_one_home",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rating",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rank__isnull", True), ("score__isnull", True)),
                            models.Q(("rank__isnull", False), ("score__isnull", False)),
                            _connector="OR",
                        ),
                        name="rating_rank_and_score_together",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rating",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("low__isnull", True), ("low__lte", models.F("high")), _connector="OR"
                        ),
                        name="rating_interval_in_order",
                    ),
                ),
            ]
        ),
    ]
