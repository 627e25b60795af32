import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("needs", "0001_base"),
        ("parties", "0002_base"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="ConfidentialBrief",
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
                            models.TextField(max_length=3000, verbose_name="confidential part"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("written_at", models.DateTimeField(verbose_name="written at")),
                        (
                            "need",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="confidential",
                                to="needs.need",
                                verbose_name="need",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "confidential part of a brief",
                        "verbose_name_plural": "confidential parts of briefs",
                    },
                ),
                migrations.CreateModel(
                    name="Disclosure",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("version", models.PositiveIntegerField(verbose_name="version read first")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "brief",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disclosures",
                                to="choosing.confidentialbrief",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disclosures",
                                to="parties.party",
                                verbose_name="bidder",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="agreed by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "non-disclosure promise",
                        "verbose_name_plural": "non-disclosure promises",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("brief", "party"), name="disclosure_once_a_party"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Opinion",
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
                            "plan",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="plan",
                            ),
                        ),
                        (
                            "price",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="price",
                            ),
                        ),
                        (
                            "team",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="team",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(blank=True, max_length=300, verbose_name="in words"),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="colleague",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opinions",
                                to="needs.proposal",
                                verbose_name="proposal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "colleague's opinion",
                        "verbose_name_plural": "colleagues' opinions",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("proposal", "person"), name="opinion_once_a_person"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("plan__range", (1, 5)),
                                    ("price__range", (1, 5)),
                                    ("team__range", (1, 5)),
                                ),
                                name="opinion_in_stars",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
