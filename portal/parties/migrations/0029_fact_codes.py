import django.contrib.postgres.fields
from django.db import migrations, models

CODES = {"1": "own_live", "2": "matrix", "3": "campaigns", "4": "top"}
PLACES = {code: place for place, code in CODES.items()}


def changed(column: str, names: dict[str, str]) -> str:
    for old, new in names.items():
        column = f"array_replace({column}, '{old}', '{new}')"
    return column


# The table is written anew under another type: no row is updated, so no offer has changed.
CODED = f"""
ALTER TABLE parties_providerprofile ALTER COLUMN fact_parts TYPE varchar(12)[]
    USING {changed("fact_parts::varchar(12)[]", CODES)};
"""
NUMBERED = f"""
ALTER TABLE parties_providerprofile ALTER COLUMN fact_parts TYPE smallint[]
    USING {changed("fact_parts", PLACES)}::smallint[];
"""
LABELS = ["Own live rooms", "Creator matrix", "Campaigns", "Top creators"]


class Migration(migrations.Migration):
    dependencies = [("parties", "0028_settled_roles")]

    operations = [
        migrations.RemoveConstraint("providerprofile", "profile_fact_parts"),
        migrations.RunSQL(
            CODED,
            NUMBERED,
            state_operations=[
                migrations.AlterField(
                    "providerprofile",
                    "fact_parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=list(zip(CODES.values(), LABELS, strict=True)), max_length=12
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="parts of the business it serves",
                    ),
                )
            ],
        ),
        migrations.AddConstraint(
            "providerprofile",
            models.CheckConstraint(
                condition=models.Q(fact_parts__contained_by=list(CODES.values())),
                name="profile_fact_parts",
            ),
        ),
    ]
