import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cooperation", "0001_base"),
        ("core", "0002_base"),
        ("parties", "0002_base"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="ContentOrder",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("title", models.CharField(max_length=80, verbose_name="title")),
                        ("brief", models.TextField(max_length=3000, verbose_name="brief")),
                        ("product", models.CharField(max_length=80, verbose_name="product")),
                        (
                            "product_key",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="product's number"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("shop", "The shop on Douyin"),
                                    ("taobao", "Taobao and Tmall"),
                                    ("jd", "JD"),
                                    ("suning", "Suning"),
                                    ("vipshop", "Vipshop"),
                                    ("kaola", "Kaola"),
                                    ("yanxuan", "NetEase Yanxuan"),
                                    ("ymatou", "Ymatou"),
                                    ("mini_program", "Mini-program"),
                                ],
                                max_length=12,
                                verbose_name="sold from",
                            ),
                        ),
                        (
                            "carrier",
                            models.CharField(
                                choices=[("live", "Live room"), ("video", "Video")],
                                max_length=6,
                                verbose_name="shown in",
                            ),
                        ),
                        ("wanted_on", models.DateField(verbose_name="wanted on")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("asked", "Waiting for a quote"),
                                    ("quoted", "Quoted"),
                                    ("accepted", "In production"),
                                    ("produced", "Waiting for approval"),
                                    ("revising", "Being revised"),
                                    ("approved", "Approved, to be paid"),
                                    ("paid", "Paid, to be confirmed"),
                                    ("closed", "Closed"),
                                    ("declined", "Declined"),
                                    ("withdrawn", "Taken back"),
                                    ("expired", "No answer in time"),
                                ],
                                default="asked",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="asked at")),
                        ("due_at", models.DateTimeField(verbose_name="deadline")),
                        ("fee_fen", models.BigIntegerField(null=True, verbose_name="fee")),
                        (
                            "share_bp",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="share of orders"
                            ),
                        ),
                        (
                            "revisions",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="revisions included"
                            ),
                        ),
                        (
                            "quote_note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="with the quote"
                            ),
                        ),
                        ("quoted_at", models.DateTimeField(null=True, verbose_name="quoted at")),
                        (
                            "draft_url",
                            models.CharField(blank=True, max_length=300, verbose_name="the piece"),
                        ),
                        (
                            "revised",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="times revised"
                            ),
                        ),
                        (
                            "revise_note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what is to change"
                            ),
                        ),
                        (
                            "approved_at",
                            models.DateTimeField(null=True, verbose_name="approved at"),
                        ),
                        ("paid_on", models.DateField(null=True, verbose_name="paid on")),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=300, verbose_name="reason"),
                        ),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "cooperation",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="content_order",
                                to="cooperation.cooperation",
                            ),
                        ),
                        (
                            "maker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="content_made",
                                to="parties.party",
                                verbose_name="creator or agency",
                            ),
                        ),
                        (
                            "merchant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="content_ordered",
                                to="parties.party",
                                verbose_name="merchant",
                            ),
                        ),
                        (
                            "proof",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                                verbose_name="proof of payment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "content order",
                        "verbose_name_plural": "content orders",
                        "indexes": [
                            models.Index(
                                fields=["merchant", "-asked_at"], name="content_order_of_merchant"
                            ),
                            models.Index(
                                fields=["maker", "-asked_at"], name="content_order_of_maker"
                            ),
                            models.Index(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        [
                                            "accepted",
                                            "approved",
                                            "asked",
                                            "paid",
                                            "produced",
                                            "quoted",
                                            "revising",
                                        ],
                                    )
                                ),
                                fields=["due_at"],
                                name="content_order_due",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("merchant", models.F("maker")), _negated=True),
                                name="content_order_two_sides",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("fee_fen", None), ("quoted_at", None), ("share_bp", None)
                                    ),
                                    models.Q(
                                        ("fee_fen__gte", 0),
                                        ("quoted_at__isnull", False),
                                        ("share_bp__lte", 10000),
                                        models.Q(
                                            ("fee_fen__gt", 0), ("share_bp__gt", 0), _connector="OR"
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="content_order_quoted_is_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("cooperation", None),
                                        (
                                            "status__in",
                                            ["asked", "quoted", "declined", "withdrawn", "expired"],
                                        ),
                                    ),
                                    models.Q(
                                        ("cooperation__isnull", False),
                                        ("quoted_at__isnull", False),
                                        (
                                            "status__in",
                                            [
                                                "accepted",
                                                "produced",
                                                "revising",
                                                "approved",
                                                "paid",
                                                "closed",
                                            ],
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="content_order_agreed_is_a_cooperation",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status__in", ["produced", "approved", "paid", "closed"]),
                                        _negated=True,
                                    ),
                                    models.Q(("draft_url", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="content_order_shown_before_approved",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at", None),
                                        (
                                            "status__in",
                                            [
                                                "accepted",
                                                "approved",
                                                "asked",
                                                "paid",
                                                "produced",
                                                "quoted",
                                                "revising",
                                            ],
                                        ),
                                    ),
                                    models.Q(
                                        models.Q(
                                            (
                                                "status__in",
                                                [
                                                    "accepted",
                                                    "approved",
                                                    "asked",
                                                    "paid",
                                                    "produced",
                                                    "quoted",
                                                    "revising",
                                                ],
                                            ),
                                            _negated=True,
                                        ),
                                        ("ended_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="content_order_ended_has_time",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
