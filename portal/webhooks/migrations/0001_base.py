import uuid

import django.contrib.postgres.fields
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
                    name="Event",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("type", models.CharField(max_length=60, verbose_name="type")),
                        ("data", models.JSONField(verbose_name="data")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "webhook event",
                        "verbose_name_plural": "webhook events",
                    },
                ),
                migrations.CreateModel(
                    name="Webhook",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("url", models.CharField(max_length=500, verbose_name="address")),
                        (
                            "events",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                size=None,
                                verbose_name="events",
                            ),
                        ),
                        ("secret_sealed", models.BinaryField()),
                        ("old_secret_sealed", models.BinaryField(null=True)),
                        (
                            "old_secret_until",
                            models.DateTimeField(null=True, verbose_name="old secret works until"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("busy_until", models.DateTimeField(null=True)),
                        (
                            "failing_since",
                            models.DateTimeField(null=True, verbose_name="failing since"),
                        ),
                        (
                            "delivered_at",
                            models.DateTimeField(null=True, verbose_name="last delivered"),
                        ),
                        ("paused_at", models.DateTimeField(null=True, verbose_name="paused at")),
                        (
                            "pause",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("hand", "Paused by hand"),
                                    ("failing", "Paused after days of failures"),
                                    ("gone", "Paused: the receiver answered that it is gone"),
                                ],
                                max_length=8,
                                verbose_name="why paused",
                            ),
                        ),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "webhook",
                        "verbose_name_plural": "webhooks",
                        "permissions": [("pause_webhook", "Can pause webhooks of parties")],
                    },
                ),
                migrations.CreateModel(
                    name="WebhookDelivery",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "Under way"),
                                    ("delivered", "Delivered"),
                                    ("failed", "Given up"),
                                ],
                                default="pending",
                                max_length=9,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "tries",
                            models.PositiveSmallIntegerField(default=0, verbose_name="tries"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("next_at", models.DateTimeField(null=True, verbose_name="next try")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deliveries",
                                to="webhooks.event",
                            ),
                        ),
                        (
                            "replays",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                to="webhooks.webhookdelivery",
                            ),
                        ),
                        (
                            "webhook",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="webhooks.webhook",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "webhook delivery",
                        "verbose_name_plural": "webhook deliveries",
                    },
                ),
                migrations.CreateModel(
                    name="Attempt",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.PositiveSmallIntegerField(verbose_name="try")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "status",
                            models.PositiveSmallIntegerField(null=True, verbose_name="answer"),
                        ),
                        (
                            "answer",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="body of the answer"
                            ),
                        ),
                        (
                            "problem",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="why there was no answer"
                            ),
                        ),
                        (
                            "milliseconds",
                            models.PositiveIntegerField(default=0, verbose_name="milliseconds"),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attempts",
                                to="webhooks.webhookdelivery",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "webhook attempt",
                        "verbose_name_plural": "webhook attempts",
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddIndex(
                    model_name="event",
                    index=models.Index(fields=["at"], name="webhook_event_by_time"),
                ),
                migrations.AddIndex(
                    model_name="webhook",
                    index=models.Index(
                        condition=models.Q(("ended_at", None), ("paused_at", None)),
                        fields=["party"],
                        name="webhook_live_of_party",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="webhook",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("events__len__gt", 0)), name="webhook_of_something"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="webhook",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("pause", ""), ("paused_at", None)),
                            models.Q(
                                ("paused_at__isnull", False), models.Q(("pause", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="webhook_paused_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="webhook",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("old_secret_sealed", None), ("old_secret_until", None)),
                            models.Q(
                                ("old_secret_sealed__isnull", False),
                                ("old_secret_until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="webhook_old_secret_ends",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="webhook",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None),
                            ("ended_at__gte", models.F("created_at")),
                            _connector="OR",
                        ),
                        name="webhook_ends_later",
                    ),
                ),
                migrations.AddIndex(
                    model_name="webhookdelivery",
                    index=models.Index(
                        condition=models.Q(("state", "pending")),
                        fields=["next_at"],
                        name="webhook_delivery_due",
                    ),
                ),
                migrations.AddIndex(
                    model_name="webhookdelivery",
                    index=models.Index(
                        fields=["webhook", "-created_at"], name="webhook_delivery_newest"
                    ),
                ),
                migrations.AddIndex(
                    model_name="webhookdelivery",
                    index=models.Index(fields=["created_at"], name="webhook_delivery_by_time"),
                ),
                migrations.AddConstraint(
                    model_name="webhookdelivery",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("replays", None)),
                        fields=("webhook", "event"),
                        name="webhook_delivery_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="webhookdelivery",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at", None), ("next_at__isnull", False), ("state", "pending")
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("next_at", None),
                                ("state__in", ["delivered", "failed"]),
                            ),
                            _connector="OR",
                        ),
                        name="webhook_delivery_ends_or_goes_on",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="attempt",
                    constraint=models.UniqueConstraint(
                        fields=("delivery", "number"), name="webhook_attempt_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="attempt",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", None), models.Q(("problem", ""), _negated=True)),
                            models.Q(("problem", ""), ("status__isnull", False)),
                            _connector="OR",
                        ),
                        name="webhook_attempt_answer_or_problem",
                    ),
                ),
            ]
        ),
    ]
