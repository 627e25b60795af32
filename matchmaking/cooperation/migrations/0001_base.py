import django.core.validators
import django.db.models.deletion
import portal.core.database
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("cooperation", "0001_initial"),
        ("cooperation", "0002_terms"),
        ("cooperation", "0003_ladder"),
        ("cooperation", "0004_life"),
        ("cooperation", "0005_names_of_states"),
        ("cooperation", "0006_agreement_templates"),
    ]

    initial = True

    dependencies = [
        ("core", "0003_base"),
        ("parties", "0002_base"),
    ]

    operations = [
        portal.core.database.Together(
            operations=[
                migrations.CreateModel(
                    name="Cooperation",
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
                            "merchant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cooperations_bought",
                                to="parties.party",
                                verbose_name="merchant",
                            ),
                        ),
                        (
                            "provider",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cooperations_sold",
                                to="parties.party",
                                verbose_name="provider",
                            ),
                        ),
                        (
                            "door",
                            models.CharField(
                                choices=[("need", "Service need")],
                                max_length=12,
                                verbose_name="door",
                            ),
                        ),
                        ("door_ref", models.BigIntegerField(verbose_name="door's record")),
                        ("title", models.CharField(max_length=80, verbose_name="title")),
                        ("scope", models.TextField(verbose_name="scope")),
                        (
                            "city",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.city",
                                verbose_name="city of the work",
                            ),
                        ),
                        (
                            "accepts_remote",
                            models.BooleanField(default=True, verbose_name="remote work is fine"),
                        ),
                        ("team", models.CharField(blank=True, max_length=200, verbose_name="team")),
                        (
                            "gmv_target_fen",
                            models.BigIntegerField(
                                blank=True, null=True, verbose_name="GMV target"
                            ),
                        ),
                        (
                            "monthly_fee_fen",
                            models.BigIntegerField(verbose_name="fixed fee a month"),
                        ),
                        (
                            "share_bp",
                            models.PositiveIntegerField(verbose_name="share of settled net GMV"),
                        ),
                        (
                            "ladder",
                            models.JSONField(blank=True, default=list, verbose_name="ladder"),
                        ),
                        ("starts_on", models.DateField(verbose_name="starts on")),
                        ("ends_on", models.DateField(verbose_name="ends before")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("accepted", "Agreed"),
                                    ("active", "Running"),
                                    ("paused", "Paused"),
                                    ("ended", "Ended"),
                                    ("terminated", "Terminated"),
                                ],
                                default="accepted",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("agreed_at", models.DateTimeField(verbose_name="agreed at")),
                        (
                            "version",
                            models.PositiveSmallIntegerField(default=1, verbose_name="version"),
                        ),
                        (
                            "notice_days",
                            models.PositiveSmallIntegerField(
                                default=30, verbose_name="days of notice"
                            ),
                        ),
                        (
                            "service_level",
                            models.TextField(blank=True, verbose_name="service level"),
                        ),
                        (
                            "payment_day",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="fee is paid until this day of the month"
                            ),
                        ),
                        ("began_at", models.DateTimeField(null=True, verbose_name="began at")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "services",
                            models.ManyToManyField(
                                to="parties.servicetype", verbose_name="services"
                            ),
                        ),
                        (
                            "categories",
                            models.ManyToManyField(
                                to="parties.category", verbose_name="categories"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "cooperation",
                        "verbose_name_plural": "cooperations",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("status", "accepted")),
                                fields=["starts_on"],
                                name="cooperation_to_begin",
                            ),
                            models.Index(
                                condition=models.Q(("status__in", ["active", "paused"])),
                                fields=["ends_on"],
                                name="cooperation_to_end",
                            ),
                            models.Index(
                                fields=["merchant", "-id"], name="cooperation_of_merchant"
                            ),
                            models.Index(
                                fields=["provider", "-id"], name="cooperation_of_provider"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("door", "door_ref"), name="cooperation_once_per_door"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                                name="cooperation_term",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merchant", models.F("provider")), _negated=True
                                ),
                                name="cooperation_two_sides",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("monthly_fee_fen__gte", 0),
                                    ("share_bp__gte", 0),
                                    ("share_bp__lte", 10000),
                                    models.Q(
                                        ("monthly_fee_fen__gt", 0),
                                        ("share_bp__gt", 0),
                                        _connector="OR",
                                    ),
                                ),
                                name="cooperation_price",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("began_at", None),
                                        ("ended_at", None),
                                        ("status", "accepted"),
                                    ),
                                    models.Q(
                                        ("began_at__isnull", False),
                                        ("ended_at", None),
                                        ("status__in", ["active", "paused"]),
                                    ),
                                    models.Q(
                                        ("began_at__isnull", False),
                                        ("ended_at__isnull", False),
                                        ("status", "ended"),
                                    ),
                                    models.Q(("ended_at__isnull", False), ("status", "terminated")),
                                    _connector="OR",
                                ),
                                name="cooperation_status_has_its_times",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("payment_day", None),
                                    ("payment_day__range", (1, 28)),
                                    _connector="OR",
                                ),
                                name="cooperation_payment_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("version__gte", 1)), name="cooperation_version"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Obligation",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        (
                            "cooperation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="obligations",
                                to="cooperation.cooperation",
                            ),
                        ),
                        (
                            "owed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="owed by",
                            ),
                        ),
                        ("title", models.CharField(max_length=80, verbose_name="title")),
                        (
                            "detail",
                            models.TextField(blank=True, max_length=1000, verbose_name="detail"),
                        ),
                        ("due_on", models.DateField(verbose_name="due on")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("asked", "Waiting to be taken on"),
                                    ("open", "To be done"),
                                    ("done", "Done, to be confirmed"),
                                    ("confirmed", "Confirmed"),
                                    ("declined", "Declined"),
                                    ("waived", "Waived"),
                                ],
                                default="open",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("done_at", models.DateTimeField(null=True, verbose_name="done at")),
                        (
                            "done_note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what was done"
                            ),
                        ),
                        (
                            "evidence",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                                verbose_name="evidence",
                            ),
                        ),
                        (
                            "returned_note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="why it came back"
                            ),
                        ),
                        ("settled_at", models.DateTimeField(null=True, verbose_name="settled at")),
                    ],
                    options={
                        "verbose_name": "obligation",
                        "verbose_name_plural": "obligations",
                        "indexes": [
                            models.Index(
                                fields=["cooperation", "due_on"], name="obligation_of_cooperation"
                            ),
                            models.Index(
                                condition=models.Q(("status__in", ["asked", "open", "done"])),
                                fields=["due_on"],
                                name="obligation_unsettled",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("done_at", None),
                                        ("settled_at", None),
                                        ("status__in", ["asked", "open"]),
                                    ),
                                    models.Q(
                                        ("done_at__isnull", False),
                                        ("settled_at", None),
                                        ("status", "done"),
                                    ),
                                    models.Q(
                                        ("done_at__isnull", False),
                                        ("settled_at__isnull", False),
                                        ("status", "confirmed"),
                                    ),
                                    models.Q(
                                        ("done_at", None),
                                        ("settled_at__isnull", False),
                                        ("status__in", ["declined", "waived"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="obligation_status_has_its_times",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ObligationReminder",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "obligation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminders",
                                to="cooperation.obligation",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("soon", "Due soon"),
                                    ("today", "Due today"),
                                    ("late", "Late"),
                                    ("still_late", "Late for a week"),
                                    ("confirm", "Waiting to be confirmed"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("day", models.DateField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("obligation", "kind"), name="obligation_reminder_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Review",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        (
                            "cooperation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="cooperation.cooperation",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews_given",
                                to="parties.party",
                                verbose_name="by",
                            ),
                        ),
                        (
                            "about",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews_received",
                                to="parties.party",
                                verbose_name="about",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("result", models.PositiveSmallIntegerField(verbose_name="result")),
                        (
                            "communication",
                            models.PositiveSmallIntegerField(verbose_name="communication"),
                        ),
                        (
                            "reliability",
                            models.PositiveSmallIntegerField(verbose_name="reliability"),
                        ),
                        (
                            "text",
                            models.TextField(blank=True, max_length=600, verbose_name="in words"),
                        ),
                        (
                            "text_held",
                            models.BooleanField(default=False, verbose_name="held for a look"),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "published_at",
                            models.DateTimeField(null=True, verbose_name="shown since"),
                        ),
                        (
                            "answer",
                            models.TextField(blank=True, max_length=600, verbose_name="answer"),
                        ),
                        (
                            "answer_held",
                            models.BooleanField(
                                default=False, verbose_name="answer held for a look"
                            ),
                        ),
                        (
                            "answered_at",
                            models.DateTimeField(null=True, verbose_name="answered at"),
                        ),
                    ],
                    options={
                        "verbose_name": "review",
                        "verbose_name_plural": "reviews",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("published_at__isnull", False)),
                                fields=["about", "-published_at"],
                                name="review_of_party",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("cooperation", "by"), name="review_once_a_side"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("by", models.F("about")), _negated=True),
                                name="review_of_the_other",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("communication__range", (1, 5)),
                                    ("reliability__range", (1, 5)),
                                    ("result__range", (1, 5)),
                                ),
                                name="review_in_stars",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", ""), ("answered_at", None)),
                                    models.Q(
                                        models.Q(("answer", ""), _negated=True),
                                        ("answered_at__isnull", False),
                                        ("published_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="review_answered_once_shown",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pause",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        (
                            "cooperation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="cooperation.cooperation",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="by",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "withdrawn_at",
                            models.DateTimeField(null=True, verbose_name="taken back at"),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="reason")),
                        ("until", models.DateField(verbose_name="until")),
                    ],
                    options={
                        "verbose_name": "pause",
                        "verbose_name_plural": "pauses",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=("cooperation",),
                                name="pause_one_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="pause_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Ending",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        (
                            "cooperation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="cooperation.cooperation",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="by",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "withdrawn_at",
                            models.DateTimeField(null=True, verbose_name="taken back at"),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("results", "The results fell short"),
                                    ("cost", "The cost is too high"),
                                    ("duties", "Obligations were not kept"),
                                    ("plans", "Our plans have changed"),
                                    ("other", "Something else"),
                                ],
                                max_length=8,
                                verbose_name="reason",
                            ),
                        ),
                        ("note", models.CharField(max_length=300, verbose_name="in words")),
                        ("effective_on", models.DateField(verbose_name="ends on")),
                    ],
                    options={
                        "verbose_name": "ending",
                        "verbose_name_plural": "endings",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=("cooperation",),
                                name="ending_one_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("note", ""), _negated=True),
                                name="ending_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Completion",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        (
                            "cooperation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="cooperation.cooperation",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="by",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "withdrawn_at",
                            models.DateTimeField(null=True, verbose_name="taken back at"),
                        ),
                    ],
                    options={
                        "verbose_name": "completion",
                        "verbose_name_plural": "completions",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=("cooperation", "party"),
                                name="completion_once_a_side",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Amendment",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        (
                            "cooperation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="cooperation.cooperation",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="by",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "withdrawn_at",
                            models.DateTimeField(null=True, verbose_name="taken back at"),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="why")),
                        ("old_ends_on", models.DateField()),
                        ("new_ends_on", models.DateField(verbose_name="ends before")),
                        ("old_scope", models.TextField()),
                        ("new_scope", models.TextField(verbose_name="scope")),
                        ("old_service_level", models.TextField(blank=True)),
                        (
                            "new_service_level",
                            models.TextField(blank=True, verbose_name="service level"),
                        ),
                        ("old_notice_days", models.PositiveSmallIntegerField(default=30)),
                        (
                            "new_notice_days",
                            models.PositiveSmallIntegerField(
                                default=30, verbose_name="days of notice"
                            ),
                        ),
                        ("old_payment_day", models.PositiveSmallIntegerField(null=True)),
                        (
                            "new_payment_day",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="fee is paid until this day of the month"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "Waiting for the other side"),
                                    ("accepted", "Accepted"),
                                    ("declined", "Declined"),
                                    ("withdrawn", "Taken back"),
                                    ("expired", "No answer in time"),
                                ],
                                default="open",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        ("expires_at", models.DateTimeField(verbose_name="answer due")),
                        (
                            "answered_at",
                            models.DateTimeField(null=True, verbose_name="answered at"),
                        ),
                    ],
                    options={
                        "verbose_name": "amendment",
                        "verbose_name_plural": "amendments",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("status", "open")),
                                fields=["expires_at"],
                                name="amendment_to_answer",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status", "open")),
                                fields=("cooperation",),
                                name="amendment_one_at_a_time",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "accepted")),
                                fields=("cooperation", "number"),
                                name="amendment_one_a_version",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("old_ends_on", models.F("new_ends_on")), _negated=True
                                    ),
                                    models.Q(("old_scope", models.F("new_scope")), _negated=True),
                                    models.Q(
                                        ("old_service_level", models.F("new_service_level")),
                                        _negated=True,
                                    ),
                                    models.Q(
                                        ("old_notice_days", models.F("new_notice_days")),
                                        _negated=True,
                                    ),
                                    models.Q(
                                        ("new_payment_day__isnull", False),
                                        ("old_payment_day__isnull", False),
                                        models.Q(
                                            ("old_payment_day", models.F("new_payment_day")),
                                            _negated=True,
                                        ),
                                    ),
                                    models.Q(
                                        ("new_payment_day__isnull", False),
                                        ("old_payment_day", None),
                                    ),
                                    models.Q(
                                        ("new_payment_day", None),
                                        ("old_payment_day__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="amendment_changes_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_at", None), ("status", "open")),
                                    models.Q(
                                        models.Q(("status", "open"), _negated=True),
                                        ("answered_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="amendment_answered_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementTemplate",
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
                            "party",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreement_templates",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                        ("name", models.CharField(max_length=40, verbose_name="name")),
                        (
                            "scope",
                            models.TextField(blank=True, max_length=2000, verbose_name="scope"),
                        ),
                        (
                            "service_level",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="service level"
                            ),
                        ),
                        (
                            "notice_days",
                            models.PositiveSmallIntegerField(
                                default=30,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(180),
                                ],
                                verbose_name="days of notice",
                            ),
                        ),
                        (
                            "payment_day",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(28),
                                ],
                                verbose_name="fee is paid until this day of the month",
                            ),
                        ),
                        (
                            "duties",
                            models.JSONField(blank=True, default=list, verbose_name="obligations"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("is_shown", models.BooleanField(default=True, verbose_name="shown")),
                        (
                            "changed_at",
                            models.DateTimeField(editable=False, verbose_name="changed at"),
                        ),
                    ],
                    options={
                        "verbose_name": "agreement template",
                        "verbose_name_plural": "agreement templates",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("party", "name"),
                                name="agreement_template_name",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="agreement_template_named",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("notice_days__range", (1, 180))),
                                name="agreement_template_notice",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("payment_day", None),
                                    ("payment_day__range", (1, 28)),
                                    _connector="OR",
                                ),
                                name="agreement_template_payment_day",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
