import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.conduct.models.book
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
                    name="Case",
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
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("reported", "Reported"),
                                    ("notified", "Waiting for the party's word"),
                                    ("heard", "Being decided"),
                                    ("confirmed", "Confirmed, may be appealed"),
                                    ("appealed", "Appeal being judged"),
                                    ("final", "Violation in force"),
                                    ("lapsed", "Lapsed"),
                                    ("dismissed", "Dismissed"),
                                    ("overturned", "Overturned on appeal"),
                                ],
                                default="reported",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("happened_on", models.DateField(verbose_name="happened on")),
                        (
                            "place_kind",
                            models.CharField(blank=True, max_length=20, verbose_name="where"),
                        ),
                        ("place_key", models.CharField(blank=True, max_length=40)),
                        (
                            "charge",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="what the party is told"
                            ),
                        ),
                        ("opened_at", models.DateTimeField(verbose_name="opened at")),
                        ("changed_at", models.DateTimeField(verbose_name="changed at")),
                        (
                            "notified_at",
                            models.DateTimeField(null=True, verbose_name="party told at"),
                        ),
                        ("due_on", models.DateField(null=True, verbose_name="due")),
                        ("reminded_for", models.DateField(editable=False, null=True)),
                        (
                            "confirmed_at",
                            models.DateTimeField(null=True, verbose_name="confirmed at"),
                        ),
                        (
                            "points",
                            models.PositiveSmallIntegerField(null=True, verbose_name="points"),
                        ),
                        (
                            "gate",
                            models.CharField(
                                blank=True,
                                choices=[("severe", "Severe violation")],
                                max_length=8,
                                verbose_name="gate in the evaluation",
                            ),
                        ),
                        ("lapses_on", models.DateField(null=True, verbose_name="lapses on")),
                        (
                            "final_at",
                            models.DateTimeField(null=True, verbose_name="in force since"),
                        ),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "evidence",
                            models.ManyToManyField(
                                related_name="+",
                                to="core.storedfile",
                                verbose_name="evidence of the operators",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="opened by the operator",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conduct_cases",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                        (
                            "shown",
                            models.ManyToManyField(
                                related_name="+",
                                to="core.storedfile",
                                verbose_name="evidence shown to the party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "case of conduct",
                        "verbose_name_plural": "cases of conduct",
                        "permissions": [("decide_case", "Can lead and decide cases of conduct")],
                    },
                ),
                migrations.CreateModel(
                    name="CorrectiveAction",
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
                            "text",
                            models.TextField(max_length=1000, verbose_name="what is to be done"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "To be done"),
                                    ("overdue", "Overdue"),
                                    ("handed_in", "Being checked"),
                                    ("done", "Done"),
                                    ("not_done", "Not done"),
                                ],
                                default="open",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="due on")),
                        ("asked_at", models.DateTimeField(verbose_name="asked at")),
                        (
                            "handed_in_at",
                            models.DateTimeField(null=True, verbose_name="handed in at"),
                        ),
                        ("reminded_for", models.DateField(editable=False, null=True)),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
                        ("is_on_time", models.BooleanField(null=True, verbose_name="on time")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="actions",
                                to="conduct.case",
                                verbose_name="case of conduct",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "corrective action",
                        "verbose_name_plural": "corrective actions",
                    },
                ),
                migrations.CreateModel(
                    name="ActionStep",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "step",
                            models.CharField(
                                choices=[
                                    ("asked", "Corrective action asked for"),
                                    ("handed_in", "Handed in"),
                                    ("returned", "Returned"),
                                    ("extended", "More time given"),
                                    ("done", "Found done"),
                                    ("not_done", "Found not done"),
                                    ("overdue", "Its day passed"),
                                ],
                                max_length=9,
                                verbose_name="step",
                            ),
                        ),
                        (
                            "text",
                            models.TextField(blank=True, max_length=2000, verbose_name="text"),
                        ),
                        ("due_on", models.DateField(verbose_name="due on")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "evidence",
                            models.ManyToManyField(
                                related_name="+", to="core.storedfile", verbose_name="evidence"
                            ),
                        ),
                        (
                            "action",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="conduct.correctiveaction",
                                verbose_name="corrective action",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step of a corrective action",
                        "verbose_name_plural": "steps of corrective actions",
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
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
                            "stage",
                            models.CharField(
                                choices=[
                                    ("first", "First decision"),
                                    ("appeal", "Answer to the appeal"),
                                ],
                                max_length=6,
                                verbose_name="stage",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("confirmed", "The rule was violated"),
                                    ("dismissed", "Dismissed"),
                                    ("upheld", "The decision stands"),
                                    ("overturned", "The decision is overturned"),
                                ],
                                max_length=10,
                                verbose_name="outcome",
                            ),
                        ),
                        ("reason", models.TextField(max_length=1000, verbose_name="reason")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="conduct.case",
                                verbose_name="case of conduct",
                            ),
                        ),
                        (
                            "first_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who decided first",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "decision in a case of conduct",
                        "verbose_name_plural": "decisions in cases of conduct",
                    },
                ),
                migrations.CreateModel(
                    name="Hearing",
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
                        ("text", models.TextField(max_length=3000, verbose_name="statement")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hearing",
                                to="conduct.case",
                                verbose_name="case of conduct",
                            ),
                        ),
                        (
                            "evidence",
                            models.ManyToManyField(
                                related_name="+", to="core.storedfile", verbose_name="evidence"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "statement of an accused party",
                        "verbose_name_plural": "statements of accused parties",
                    },
                ),
                migrations.CreateModel(
                    name="Measure",
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
                                    ("hide", "Hidden from the directory"),
                                    ("suspend", "Suspended"),
                                ],
                                max_length=7,
                                verbose_name="kind",
                            ),
                        ),
                        ("reason", models.TextField(max_length=600, verbose_name="reason")),
                        ("begun_at", models.DateTimeField(verbose_name="begun at")),
                        ("until", models.DateTimeField(verbose_name="until")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "ended_why",
                            models.CharField(
                                blank=True, max_length=600, verbose_name="why it ended"
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measures",
                                to="conduct.case",
                                verbose_name="case of conduct",
                            ),
                        ),
                        (
                            "suspension",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.suspension",
                                verbose_name="suspension",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "measure against a party",
                        "verbose_name_plural": "measures against parties",
                    },
                ),
                migrations.CreateModel(
                    name="Report",
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
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                        ("text", models.TextField(max_length=2000, verbose_name="what happened")),
                        ("happened_on", models.DateField(verbose_name="happened on")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="conduct.case",
                                verbose_name="case of conduct",
                            ),
                        ),
                        (
                            "evidence",
                            models.ManyToManyField(
                                related_name="+", to="core.storedfile", verbose_name="evidence"
                            ),
                        ),
                        (
                            "reporter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reported by",
                            ),
                        ),
                        (
                            "reporter_party",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="for the party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "report of conduct",
                        "verbose_name_plural": "reports of conduct",
                    },
                ),
                migrations.CreateModel(
                    name="Rule",
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
                        ("code", models.SlugField(max_length=40, verbose_name="code")),
                        ("title_zh", models.CharField(max_length=80, verbose_name="Chinese title")),
                        ("title_en", models.CharField(max_length=80, verbose_name="English title")),
                        ("text_zh", models.TextField(max_length=1000, verbose_name="Chinese text")),
                        ("text_en", models.TextField(max_length=1000, verbose_name="English text")),
                        (
                            "severity",
                            models.CharField(
                                choices=[
                                    ("minor", "Minor"),
                                    ("moderate", "Moderate"),
                                    ("severe", "Severe"),
                                ],
                                max_length=8,
                                verbose_name="severity",
                            ),
                        ),
                        ("points", models.PositiveSmallIntegerField(verbose_name="points")),
                        (
                            "lapse_days",
                            models.PositiveSmallIntegerField(
                                help_text="Counted from the day it is confirmed.",
                                verbose_name="days until it lapses",
                            ),
                        ),
                        (
                            "gate",
                            models.CharField(
                                blank=True,
                                choices=[("severe", "Severe violation")],
                                max_length=8,
                                verbose_name="gate in the evaluation",
                            ),
                        ),
                        (
                            "party_kinds",
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
                                help_text="Kinds of party, with commas: merchant, provider, agency, creator.",
                                size=None,
                                verbose_name="for whom",
                            ),
                        ),
                        (
                            "hearing_days",
                            models.PositiveSmallIntegerField(
                                default=7, verbose_name="working days to be heard"
                            ),
                        ),
                        (
                            "appeal_days",
                            models.PositiveSmallIntegerField(
                                default=10, verbose_name="working days to appeal"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="first day")),
                        (
                            "ends_on",
                            models.DateField(blank=True, null=True, verbose_name="last day"),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                    ],
                    options={
                        "verbose_name": "rule of conduct",
                        "verbose_name_plural": "rules of conduct",
                        "ordering": ("position", "code", "-starts_on"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lapse_days__gte", 1), ("points__gte", 1), ("points__lte", 100)
                                ),
                                name="conduct_rule_weighs",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("appeal_days__gte", 1), ("hearing_days__gte", 1)
                                ),
                                name="conduct_rule_gives_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("gate", ""), ("severity", "severe"), _connector="OR"
                                ),
                                name="conduct_rule_gate_is_for_the_severe",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("party_kinds", []), _negated=True),
                                name="conduct_rule_is_for_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="conduct_rule_ends_after_it_began",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("code", "="),
                                    (
                                        portal.conduct.models.book.InForce("starts_on", "ends_on"),
                                        "&&",
                                    ),
                                ],
                                name="conduct_rule_one_at_a_time",
                                violation_error_message="Another row of this rule is in force on one of these days.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Appeal",
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
                            "text",
                            models.TextField(
                                max_length=3000, verbose_name="what is wrong with the decision"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "evidence",
                            models.ManyToManyField(
                                related_name="+", to="core.storedfile", verbose_name="evidence"
                            ),
                        ),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appeal",
                                to="conduct.case",
                                verbose_name="case of conduct",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "appeal in a case of conduct",
                        "verbose_name_plural": "appeals in cases of conduct",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="conduct_appeal_has_words",
                            )
                        ],
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddField(
                    model_name="case",
                    name="rule",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="conduct.rule",
                        verbose_name="rule of conduct",
                    ),
                ),
                migrations.AddIndex(
                    model_name="correctiveaction",
                    index=models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["due_on"],
                        name="corrective_action_by_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="correctiveaction",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("text", ""), _negated=True),
                        ),
                        name="corrective_action_says_what",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="correctiveaction",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("is_on_time__isnull", False),
                                ("status__in", ["done", "not_done"]),
                            ),
                            models.Q(
                                models.Q(("status__in", ["done", "not_done"]), _negated=True),
                                ("closed_at__isnull", True),
                                ("is_on_time__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="corrective_action_closed_is_judged",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="correctiveaction",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["handed_in", "done"]), _negated=True),
                            ("handed_in_at__isnull", False),
                            _connector="OR",
                        ),
                        name="corrective_action_done_was_handed_in",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="correctiveaction",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "not_done"), _negated=True),
                            ("is_on_time", False),
                            _connector="OR",
                        ),
                        name="corrective_action_not_done_is_not_on_time",
                    ),
                ),
                migrations.AddIndex(
                    model_name="actionstep",
                    index=models.Index(fields=["action", "id"], name="conduct_step_of_action"),
                ),
                migrations.AddConstraint(
                    model_name="decision",
                    constraint=models.UniqueConstraint(
                        fields=("case", "stage"), name="conduct_decision_once_a_stage"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="decision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outcome__in", ["confirmed", "dismissed"]), ("stage", "first")
                            ),
                            models.Q(
                                ("outcome__in", ["upheld", "overturned"]), ("stage", "appeal")
                            ),
                            _connector="OR",
                        ),
                        name="conduct_decision_answers_its_stage",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="decision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first_by__isnull", True), ("stage", "first")),
                            models.Q(
                                ("by__isnull", False),
                                ("stage", "appeal"),
                                models.Q(
                                    ("first_by__isnull", True),
                                    models.Q(("by", models.F("first_by")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="conduct_appeal_by_a_second_person",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="decision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="conduct_decision_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hearing",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="conduct_hearing_has_words",
                    ),
                ),
                migrations.AddIndex(
                    model_name="measure",
                    index=models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["until"],
                        name="conduct_measure_by_end",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="measure",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("case", "kind"),
                        name="conduct_measure_one_of_a_kind",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="measure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("begun_at"))),
                        name="conduct_measure_ends_after_it_began",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="measure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="conduct_measure_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="measure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "suspend"), ("suspension__isnull", False)),
                            models.Q(("kind", "hide"), ("suspension__isnull", True)),
                            _connector="OR",
                        ),
                        name="conduct_measure_suspends_by_a_suspension",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="measure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_why", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                models.Q(("ended_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="conduct_measure_ended_says_why",
                    ),
                ),
                migrations.AddIndex(
                    model_name="report",
                    index=models.Index(
                        fields=["reporter", "-id"], name="conduct_report_of_reporter"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="report",
                    constraint=models.UniqueConstraint(
                        fields=("case", "reporter"), name="conduct_report_once_of_a_person"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="report",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="conduct_report_says_what",
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        condition=models.Q(("due_on__isnull", False)),
                        fields=["status", "due_on"],
                        name="conduct_case_queue",
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(fields=["party", "-id"], name="conduct_case_of_party"),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        condition=models.Q(("final_at__isnull", False)),
                        fields=["lapses_on", "party"],
                        name="conduct_case_in_force",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("notified_at__isnull", True),
                            models.Q(("charge", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="conduct_case_told_says_what",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["reported", "dismissed"]),
                            ("notified_at__isnull", False),
                            _connector="OR",
                        ),
                        name="conduct_case_told_before_it_goes_on",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("due_on__isnull", True),
                                ("status__in", ["dismissed", "lapsed", "overturned"]),
                            ),
                            models.Q(
                                models.Q(
                                    ("status__in", ["dismissed", "lapsed", "overturned"]),
                                    _negated=True,
                                ),
                                ("due_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="conduct_case_due_while_it_runs",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False),
                                ("status__in", ["dismissed", "lapsed", "overturned"]),
                            ),
                            models.Q(
                                models.Q(
                                    ("status__in", ["dismissed", "lapsed", "overturned"]),
                                    _negated=True,
                                ),
                                ("ended_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="conduct_case_ended_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("lapses_on__isnull", False),
                                ("points__isnull", False),
                                (
                                    "status__in",
                                    ["appealed", "confirmed", "final", "lapsed", "overturned"],
                                ),
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "status__in",
                                        ["appealed", "confirmed", "final", "lapsed", "overturned"],
                                    ),
                                    _negated=True,
                                ),
                                ("confirmed_at__isnull", True),
                                ("gate", ""),
                                ("lapses_on__isnull", True),
                                ("points__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="conduct_case_confirmed_weighs",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("final_at__isnull", False), ("status__in", ["final", "lapsed"])
                            ),
                            models.Q(
                                models.Q(("status__in", ["final", "lapsed"]), _negated=True),
                                ("final_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="conduct_case_in_force_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("final_at__isnull", True),
                            models.Q(
                                ("confirmed_at__gte", models.F("notified_at")),
                                ("final_at__gte", models.F("confirmed_at")),
                            ),
                            _connector="OR",
                        ),
                        name="conduct_case_heard_before_in_force",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status__in", ["heard", "notified", "reported"])),
                        fields=("party", "rule", "place_kind", "place_key"),
                        name="conduct_case_one_undecided",
                    ),
                ),
            ]
        ),
    ]
