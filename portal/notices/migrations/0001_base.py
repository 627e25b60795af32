import uuid

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
                    name="ChatBot",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("wecom", "WeCom group robot"),
                                    ("feishu", "Feishu custom robot"),
                                    ("dingtalk", "DingTalk custom robot"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        ("party_id", models.BigIntegerField(null=True, verbose_name="party")),
                        ("host", models.CharField(max_length=120, verbose_name="host")),
                        ("url_sealed", models.BinaryField()),
                        ("secret_sealed", models.BinaryField(null=True)),
                        (
                            "topics",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="topics",
                            ),
                        ),
                        ("language", models.CharField(max_length=8, verbose_name="language")),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("sent_at", models.DateTimeField(null=True, verbose_name="last sent")),
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
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="chat_bots",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "chat bot",
                        "verbose_name_plural": "chat bots",
                        "permissions": [("end_chatbot", "Can end chat bots of people and parties")],
                    },
                ),
                migrations.CreateModel(
                    name="Digest",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("day", models.DateField(verbose_name="day")),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "digest",
                        "verbose_name_plural": "digests",
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("party_id", models.BigIntegerField(null=True)),
                        ("event", models.CharField(max_length=60)),
                        ("key", models.CharField(max_length=120)),
                        ("sentence", models.CharField(max_length=300)),
                        ("params", models.JSONField(default=dict)),
                        ("url", models.CharField(max_length=200)),
                        ("created_at", models.DateTimeField()),
                        ("read_at", models.DateTimeField(null=True)),
                        ("awaits_digest", models.BooleanField(default=False)),
                        (
                            "digest",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="notices",
                                to="notices.digest",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "notice",
                        "verbose_name_plural": "notices",
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("mail", "Mail"),
                                    ("sms", "Text message"),
                                    ("bot", "Chat bot"),
                                ],
                                max_length=4,
                                verbose_name="channel",
                            ),
                        ),
                        ("once", models.CharField(max_length=140, unique=True)),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("sent", "Sent"),
                                    ("read", "Read on the site before"),
                                    ("unreachable", "No address for it"),
                                    ("failed", "Given up"),
                                ],
                                max_length=12,
                                verbose_name="outcome",
                            ),
                        ),
                        (
                            "problem",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="what went wrong"
                            ),
                        ),
                        (
                            "bot",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                to="notices.chatbot",
                                verbose_name="chat bot",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "digest",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                to="notices.digest",
                                verbose_name="digest",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                to="notices.notice",
                                verbose_name="notice",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "message sent",
                        "verbose_name_plural": "messages sent",
                    },
                ),
                migrations.CreateModel(
                    name="NoticeChoice",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("topic", models.CharField(max_length=40, verbose_name="topic")),
                        (
                            "mail",
                            models.CharField(
                                choices=[
                                    ("now", "At once"),
                                    ("digest", "Once a day"),
                                    ("off", "No mail"),
                                ],
                                max_length=6,
                                verbose_name="mail",
                            ),
                        ),
                        ("sms", models.BooleanField(default=False, verbose_name="text message")),
                        ("bot", models.BooleanField(default=True, verbose_name="chat bot")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "choice of notices",
                        "verbose_name_plural": "choices of notices",
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddIndex(
                    model_name="chatbot",
                    index=models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["party_id"],
                        name="bot_of_party",
                    ),
                ),
                migrations.AddIndex(
                    model_name="chatbot",
                    index=models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["user"],
                        name="bot_of_person",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="chatbot",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("party_id", None), ("user__isnull", False)),
                            models.Q(("party_id__isnull", False), ("user", None)),
                            _connector="OR",
                        ),
                        name="chat_bot_of_a_person_or_a_party",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="chatbot",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("party_id", None), ("topics__len__gt", 0), _connector="OR"
                        ),
                        name="chat_bot_of_a_party_has_topics",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="digest",
                    constraint=models.UniqueConstraint(
                        fields=("user", "day"), name="digest_once_a_day"
                    ),
                ),
                migrations.AddIndex(
                    model_name="notice",
                    index=models.Index(
                        fields=["user", "-created_at", "-id"], name="notice_inbox_by_time"
                    ),
                ),
                migrations.AddIndex(
                    model_name="notice",
                    index=models.Index(
                        condition=models.Q(("read_at__isnull", True)),
                        fields=["user"],
                        name="notice_unread",
                    ),
                ),
                migrations.AddIndex(
                    model_name="notice",
                    index=models.Index(
                        condition=models.Q(("awaits_digest", True)),
                        fields=["user"],
                        name="notice_gathering",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="notice",
                    constraint=models.UniqueConstraint(fields=("user", "key"), name="notice_once"),
                ),
                migrations.AddConstraint(
                    model_name="notice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("awaits_digest", False), ("digest", None), _connector="OR"
                        ),
                        name="notice_in_one_digest",
                    ),
                ),
                migrations.AddIndex(
                    model_name="delivery",
                    index=models.Index(fields=["user", "-id"], name="delivery_of_person"),
                ),
                migrations.AddIndex(
                    model_name="delivery",
                    index=models.Index(fields=["bot", "-id"], name="delivery_of_bot"),
                ),
                migrations.AddIndex(
                    model_name="delivery",
                    index=models.Index(fields=["created_at"], name="delivery_by_time"),
                ),
                migrations.AddConstraint(
                    model_name="delivery",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("user__isnull", False), ("bot__isnull", False), _connector="OR"
                        ),
                        name="delivery_to_somebody",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="delivery",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("outcome", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="delivery_ended_has_outcome",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="delivery",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "failed"), _negated=True),
                            models.Q(("problem", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="delivery_failed_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="delivery",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("notice", None), ("digest", None), _connector="OR"),
                        name="delivery_about_one_thing",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="noticechoice",
                    constraint=models.UniqueConstraint(
                        fields=("user", "topic"), name="notice_choice_once"
                    ),
                ),
            ]
        ),
    ]
