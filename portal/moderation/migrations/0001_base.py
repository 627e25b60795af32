import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Word",
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
                        ("text", models.CharField(max_length=40, verbose_name="word")),
                        ("folded", models.CharField(editable=False, max_length=80, unique=True)),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("advertising", "Absolute advertising claim"),
                                    ("contact", "Contact in a public text"),
                                    ("goods", "Goods that may not be sold"),
                                    ("fraud", "Faked trade"),
                                    ("other", "Other"),
                                ],
                                max_length=12,
                                verbose_name="category",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("banned", "Refused at once"),
                                    ("review", "A person looks at it"),
                                    ("allowed", "Exception: never a hit"),
                                ],
                                max_length=8,
                                verbose_name="level",
                            ),
                        ),
                        (
                            "changed_at",
                            models.DateTimeField(editable=False, verbose_name="changed at"),
                        ),
                    ],
                    options={
                        "verbose_name": "listed word",
                        "verbose_name_plural": "listed words",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("folded", ""), _negated=True),
                                name="word_is_something",
                            )
                        ],
                    },
                ),
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
                            "kind",
                            models.CharField(
                                choices=[("text", "Text"), ("image", "Picture")],
                                max_length=5,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "object_type",
                            models.CharField(max_length=64, verbose_name="object type"),
                        ),
                        ("object_id", models.CharField(max_length=64, verbose_name="object")),
                        ("field", models.CharField(max_length=40, verbose_name="field")),
                        ("digest", models.CharField(max_length=64)),
                        (
                            "excerpt",
                            models.CharField(blank=True, max_length=200, verbose_name="excerpt"),
                        ),
                        (
                            "words",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                default=list,
                                size=None,
                                verbose_name="words",
                            ),
                        ),
                        ("file_id", models.UUIDField(null=True, verbose_name="picture")),
                        ("url", models.CharField(max_length=200, verbose_name="page")),
                        ("party_id", models.BigIntegerField(null=True, verbose_name="party")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Waiting"),
                                    ("passed", "Passed"),
                                    ("refused", "Refused"),
                                    ("appealed", "Appealed"),
                                    ("upheld", "Refusal upheld"),
                                    ("reversed", "Refusal reversed"),
                                    ("dropped", "Changed by its author"),
                                ],
                                default="open",
                                max_length=8,
                                verbose_name="state",
                            ),
                        ),
                        ("opened_at", models.DateTimeField(verbose_name="opened at")),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=300, verbose_name="reason"),
                        ),
                        (
                            "appealed_at",
                            models.DateTimeField(null=True, verbose_name="appealed at"),
                        ),
                        (
                            "appeal",
                            models.CharField(blank=True, max_length=600, verbose_name="appeal"),
                        ),
                        (
                            "second_at",
                            models.DateTimeField(null=True, verbose_name="appeal decided at"),
                        ),
                        (
                            "second_reason",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                verbose_name="reason of the appeal's answer",
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="written by",
                            ),
                        ),
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
                            "second_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="appeal decided by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "moderation case",
                        "verbose_name_plural": "moderation cases",
                        "permissions": [("decide_case", "Can pass or refuse texts and pictures")],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["open", "appealed"])),
                                fields=["opened_at"],
                                name="case_queue",
                            ),
                            models.Index(fields=["party_id", "-id"], name="case_of_party"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("object_type", "object_id", "field", "digest"),
                                name="case_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "state__in",
                                            ["refused", "appealed", "upheld", "reversed"],
                                        ),
                                        _negated=True,
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="case_refusal_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["appealed", "upheld", "reversed"]),
                                        _negated=True,
                                    ),
                                    models.Q(
                                        ("appealed_at__isnull", False),
                                        models.Q(("appeal", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="case_appeal_has_words",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["upheld", "reversed"]), _negated=True),
                                    models.Q(
                                        ("second_at__isnull", False),
                                        ("second_by__isnull", False),
                                        models.Q(("second_reason", ""), _negated=True),
                                        models.Q(
                                            ("second_by", models.F("decided_by")), _negated=True
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="case_appeal_second_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("file_id__isnull", False), ("kind", "image")),
                                    models.Q(("file_id__isnull", True), ("kind", "text")),
                                    _connector="OR",
                                ),
                                name="case_picture_has_file",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
