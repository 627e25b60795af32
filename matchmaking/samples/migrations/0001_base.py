import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cooperation", "0001_base"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Sample",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("product", models.CharField(max_length=80, verbose_name="product")),
                        (
                            "product_key",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="product's number"
                            ),
                        ),
                        (
                            "quantity",
                            models.PositiveSmallIntegerField(default=1, verbose_name="pieces"),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        ("address", models.BinaryField(null=True, verbose_name="address")),
                        (
                            "masked",
                            models.CharField(max_length=120, verbose_name="address, masked"),
                        ),
                        (
                            "post_days",
                            models.PositiveSmallIntegerField(verbose_name="shown within (days)"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("requested", "Asked for"),
                                    ("approved", "To be sent"),
                                    ("shipped", "On its way"),
                                    ("received", "Received"),
                                    ("due", "Post is due"),
                                    ("posted", "Posted"),
                                    ("overdue", "Post is overdue"),
                                    ("waived", "No post is owed"),
                                    ("declined", "Declined"),
                                    ("withdrawn", "Taken back"),
                                    ("expired", "No answer in time"),
                                    ("lost", "Lost on its way"),
                                ],
                                default="requested",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        ("requested_at", models.DateTimeField(verbose_name="asked at")),
                        ("answer_by", models.DateTimeField(verbose_name="answer due")),
                        (
                            "approved_at",
                            models.DateTimeField(null=True, verbose_name="approved at"),
                        ),
                        ("ship_by", models.DateField(null=True, verbose_name="to be sent by")),
                        (
                            "carrier",
                            models.CharField(blank=True, max_length=40, verbose_name="carrier"),
                        ),
                        (
                            "tracking",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="tracking number"
                            ),
                        ),
                        ("shipped_at", models.DateTimeField(null=True, verbose_name="sent at")),
                        (
                            "received_at",
                            models.DateTimeField(null=True, verbose_name="received at"),
                        ),
                        ("due_on", models.DateField(null=True, verbose_name="to be shown by")),
                        (
                            "post_url",
                            models.CharField(blank=True, max_length=300, verbose_name="post"),
                        ),
                        ("posted_at", models.DateTimeField(null=True, verbose_name="posted at")),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=300, verbose_name="reason"),
                        ),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "cooperation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="samples",
                                to="cooperation.cooperation",
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sample",
                        "verbose_name_plural": "samples",
                        "indexes": [
                            models.Index(
                                fields=["cooperation", "-requested_at"],
                                name="sample_of_cooperation",
                            ),
                            models.Index(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        [
                                            "approved",
                                            "due",
                                            "overdue",
                                            "received",
                                            "requested",
                                            "shipped",
                                        ],
                                    )
                                ),
                                fields=["status", "answer_by"],
                                name="sample_open",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("quantity__range", (1, 999))),
                                name="sample_quantity",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("post_days__range", (1, 90))),
                                name="sample_post_days",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("approved_at", None),
                                        ("status__in", ["requested", "expired"]),
                                    ),
                                    ("status__in", ["declined", "withdrawn"]),
                                    models.Q(
                                        ("approved_at__isnull", False),
                                        ("ship_by__isnull", False),
                                        ("shipped_at", None),
                                        ("status", "approved"),
                                    ),
                                    models.Q(
                                        ("received_at", None),
                                        ("shipped_at__isnull", False),
                                        ("status__in", ["shipped", "lost"]),
                                    ),
                                    models.Q(
                                        ("due_on__isnull", False),
                                        ("posted_at", None),
                                        ("received_at__isnull", False),
                                        ("status__in", ["received", "due", "overdue", "waived"]),
                                    ),
                                    models.Q(
                                        ("posted_at__isnull", False),
                                        ("received_at__isnull", False),
                                        ("status", "posted"),
                                        models.Q(("post_url", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="sample_status_has_its_facts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("shipped_at", None),
                                    models.Q(
                                        models.Q(("carrier", ""), _negated=True),
                                        models.Q(("tracking", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="sample_shipped_by_carrier",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status__in", ["requested", "approved", "shipped"]),
                                        _negated=True,
                                    ),
                                    ("address__isnull", False),
                                    _connector="OR",
                                ),
                                name="sample_address_while_needed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at", None),
                                        (
                                            "status__in",
                                            [
                                                "approved",
                                                "due",
                                                "overdue",
                                                "received",
                                                "requested",
                                                "shipped",
                                            ],
                                        ),
                                    ),
                                    models.Q(
                                        models.Q(
                                            (
                                                "status__in",
                                                [
                                                    "approved",
                                                    "due",
                                                    "overdue",
                                                    "received",
                                                    "requested",
                                                    "shipped",
                                                ],
                                            ),
                                            _negated=True,
                                        ),
                                        ("ended_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="sample_ended_has_time",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
