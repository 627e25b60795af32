import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_base"),
        ("help", "0001_base"),
        ("parties", "0002_base"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Round",
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
                        ("title", models.CharField(max_length=60, verbose_name="title")),
                        (
                            "brief",
                            models.TextField(max_length=3000, verbose_name="what it is about"),
                        ),
                        ("opens_at", models.DateTimeField(verbose_name="opens at")),
                        ("closes_at", models.DateTimeField(verbose_name="closes at")),
                        (
                            "least_share",
                            models.PositiveSmallIntegerField(
                                verbose_name="least share of these categories (%)"
                            ),
                        ),
                        (
                            "price_most_fen",
                            models.BigIntegerField(
                                null=True, verbose_name="monthly fee from, at most"
                            ),
                        ),
                        ("places", models.PositiveIntegerField(null=True, verbose_name="places")),
                        (
                            "questions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200),
                                default=list,
                                size=None,
                                verbose_name="questions",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("published", "Published"),
                                    ("closed", "Closed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="draft",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "status_note",
                            models.CharField(blank=True, max_length=300, verbose_name="why"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        (
                            "published_at",
                            models.DateTimeField(null=True, verbose_name="published at"),
                        ),
                        (
                            "categories",
                            models.ManyToManyField(
                                blank=True, to="parties.category", verbose_name="categories sought"
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="led by",
                            ),
                        ),
                        (
                            "services",
                            models.ManyToManyField(
                                blank=True, to="parties.servicetype", verbose_name="services sought"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "recruitment round",
                        "verbose_name_plural": "recruitment rounds",
                        "permissions": [
                            ("manage_round", "Can open rounds and answer applications")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Application",
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
                            "pitch",
                            models.TextField(max_length=2000, verbose_name="why this provider"),
                        ),
                        (
                            "answers",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=600),
                                default=list,
                                size=None,
                                verbose_name="answers",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("submitted", "Handed in"),
                                    ("talking", "In talk"),
                                    ("accepted", "Accepted"),
                                    ("refused", "Refused"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="submitted",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=300, verbose_name="reason"),
                        ),
                        ("submitted_at", models.DateTimeField(verbose_name="handed in at")),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "papers",
                            models.ManyToManyField(to="core.storedfile", verbose_name="papers"),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recruitment_applications",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                        (
                            "supporter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="looked after by",
                            ),
                        ),
                        (
                            "ticket",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="application",
                                to="help.ticket",
                                verbose_name="conversation",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="recruitment.round",
                                verbose_name="round",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "application to a round",
                        "verbose_name_plural": "applications to rounds",
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddConstraint(
                    model_name="round",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                        name="round_window_has_length",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="round",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("least_share__range", (0, 100))),
                        name="round_share_in_percent",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="round",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["published", "closed"]), _negated=True),
                            models.Q(("lead__isnull", False), ("published_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="round_published_is_led",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="round",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "cancelled"), _negated=True),
                            models.Q(("status_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="round_cancelled_says_why",
                    ),
                ),
                migrations.AddIndex(
                    model_name="application",
                    index=models.Index(
                        condition=models.Q(("status__in", ["submitted", "talking"])),
                        fields=["submitted_at"],
                        name="application_queue",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=models.UniqueConstraint(
                        fields=("round", "party"), name="application_once_a_round"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "refused"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="application_refused_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False),
                                ("status__in", ["accepted", "refused"]),
                            ),
                            models.Q(
                                models.Q(("status__in", ["accepted", "refused"]), _negated=True),
                                ("decided_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="application_decision_has_time",
                    ),
                ),
            ]
        ),
    ]
