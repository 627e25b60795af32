import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("parties", "0002_base"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="SavedSearch",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("merchant", "Merchant"),
                                    ("provider", "Service provider"),
                                    ("agency", "MCN agency"),
                                    ("creator", "Creator"),
                                ],
                                max_length=10,
                                verbose_name="directory",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        ("query", models.CharField(blank=True, max_length=2000)),
                        (
                            "is_told",
                            models.BooleanField(default=True, verbose_name="tell me of new ones"),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("seen_at", models.DateTimeField()),
                        ("told_at", models.DateTimeField()),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="parties.party",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "saved search",
                        "verbose_name_plural": "saved searches",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("is_told", True)),
                                fields=["kind", "query"],
                                name="search_to_tell",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person", "party", "kind", "query"),
                                name="search_saved_once",
                            ),
                            models.UniqueConstraint(
                                fields=("person", "party", "name"), name="search_named_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="search_has_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ShortlistEntry",
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
                        ("added_at", models.DateTimeField()),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="shortlist",
                                to="parties.party",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="parties.party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "shortlist entry",
                        "verbose_name_plural": "shortlist entries",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "party"), name="shortlisted_once"
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
