"""A party may claim a seat for each of several people."""

from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):
    dependencies = [("parties", "0010_stars"), ("seats", "0003_asked")]

    operations = [
        Together(
            [
                migrations.RemoveConstraint(model_name="claim", name="seat_claim_key_once"),
                migrations.RemoveConstraint(model_name="claim", name="seat_claim_one_open"),
                migrations.AddField(
                    model_name="claim",
                    name="subject",
                    field=models.CharField(
                        blank=True, default="", max_length=40, verbose_name="for whom"
                    ),
                ),
            ]
        ),
        Together(
            [
                migrations.AddConstraint(
                    model_name="claim",
                    constraint=models.UniqueConstraint(
                        fields=("occasion", "party", "subject", "key"), name="seat_claim_key_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="claim",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "absent",
                                    "asked",
                                    "confirmed",
                                    "held",
                                    "offered",
                                    "present",
                                    "submitted",
                                    "waiting",
                                ],
                            )
                        ),
                        fields=("occasion", "party", "subject"),
                        name="seat_claim_one_open",
                    ),
                ),
            ]
        ),
    ]
