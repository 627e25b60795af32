import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_base"),
        ("needs", "0001_base"),
        ("parties", "0002_base"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Introduction",
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
                        ("subject", models.CharField(max_length=60, verbose_name="subject")),
                        ("brief", models.TextField(max_length=3000, verbose_name="brief")),
                        ("budget_fen", models.BigIntegerField(verbose_name="budget in all")),
                        ("wanted_by", models.DateField(verbose_name="answer wanted by")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("asked", "Waits to be taken"),
                                    ("taken", "The platform prepares it"),
                                    ("offered", "Put to the creator"),
                                    ("agreed", "The creator agreed"),
                                    ("signed", "Contract signed"),
                                    ("succeeded", "Carried out"),
                                    ("failed", "Came to nothing"),
                                    ("declined", "The creator declined"),
                                    ("refused", "Refused by the platform"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="asked",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=300, verbose_name="reason"),
                        ),
                        (
                            "outcome",
                            models.CharField(blank=True, max_length=300, verbose_name="outcome"),
                        ),
                        (
                            "gmv_fen",
                            models.BigIntegerField(
                                null=True, verbose_name="GMV both sides reported"
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="asked at")),
                        ("changed_at", models.DateTimeField(verbose_name="changed at")),
                        (
                            "offered_at",
                            models.DateTimeField(null=True, verbose_name="put to the creator at"),
                        ),
                        (
                            "answered_at",
                            models.DateTimeField(null=True, verbose_name="answered at"),
                        ),
                        ("signed_on", models.DateField(null=True, verbose_name="signed on")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "asker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="introductions_asked",
                                to="parties.party",
                                verbose_name="asked by",
                            ),
                        ),
                        (
                            "broker",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="brokered by",
                            ),
                        ),
                        (
                            "contract",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                                verbose_name="contract",
                            ),
                        ),
                        (
                            "creator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="introductions_to",
                                to="parties.party",
                                verbose_name="creator",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "introduction",
                        "verbose_name_plural": "introductions",
                        "indexes": [
                            models.Index(fields=["asker", "-id"], name="introduction_of_asker"),
                            models.Index(fields=["creator", "-id"], name="introduction_of_creator"),
                            models.Index(
                                condition=models.Q(
                                    ("status__in", ["asked", "taken", "agreed", "signed"])
                                ),
                                fields=["changed_at"],
                                name="introduction_queue",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        ["asked", "taken", "offered", "agreed", "signed"],
                                    )
                                ),
                                fields=("asker", "creator"),
                                name="introduction_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("asker", models.F("creator")), _negated=True),
                                name="introduction_two_sides",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("budget_fen__gt", 0)),
                                name="introduction_budget",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["asked", "refused", "withdrawn"]),
                                    ("broker__isnull", False),
                                    _connector="OR",
                                ),
                                name="introduction_taken_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("offered_at", None), ("status__in", ["asked", "taken"])
                                    ),
                                    ("status__in", ["refused", "withdrawn"]),
                                    models.Q(
                                        ("offered_at__isnull", False),
                                        (
                                            "status__in",
                                            [
                                                "offered",
                                                "agreed",
                                                "signed",
                                                "succeeded",
                                                "failed",
                                                "declined",
                                            ],
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="introduction_offered_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("contract__isnull", False),
                                        ("signed_on__isnull", False),
                                        ("status__in", ["signed", "succeeded"]),
                                    ),
                                    ("status", "failed"),
                                    models.Q(
                                        models.Q(
                                            ("status__in", ["signed", "succeeded"]), _negated=True
                                        ),
                                        ("contract", None),
                                        ("signed_on", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="introduction_contract_when_signed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        (
                                            "status__in",
                                            [
                                                "succeeded",
                                                "failed",
                                                "declined",
                                                "refused",
                                                "withdrawn",
                                            ],
                                        ),
                                    ),
                                    models.Q(
                                        ("ended_at", None),
                                        (
                                            "status__in",
                                            ["asked", "taken", "offered", "agreed", "signed"],
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="introduction_ended_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status__in", ["refused", "declined", "failed"]),
                                        _negated=True,
                                    ),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="introduction_end_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("gmv_fen", None),
                                    models.Q(("gmv_fen__gte", 0), ("status", "succeeded")),
                                    _connector="OR",
                                ),
                                name="introduction_gmv_of_success",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Nudge",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("nobody", "Nobody invited, nobody answered"),
                                    ("unanswered", "Invitations without an answer"),
                                    ("undecided", "Proposals without a decision"),
                                ],
                                max_length=10,
                                verbose_name="stage",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="day")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reminded by",
                            ),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nudges",
                                to="needs.need",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reminder",
                        "verbose_name_plural": "reminders",
                        "constraints": [
                            models.UniqueConstraint(fields=("need", "day"), name="nudge_once_a_day")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Representation",
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
                        ("since", models.DateTimeField(verbose_name="since")),
                        ("until", models.DateTimeField(null=True, verbose_name="until")),
                        ("note", models.CharField(max_length=200, verbose_name="agreed how")),
                        (
                            "creator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="creator",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "represented creator",
                        "verbose_name_plural": "represented creators",
                        "permissions": [
                            ("broker_introduction", "Can broker introductions"),
                            ("nudge_need", "Can remind merchants of needs that stand still"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("creator",),
                                name="representation_once_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None),
                                    ("until__gt", models.F("since")),
                                    _connector="OR",
                                ),
                                name="representation_term",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
