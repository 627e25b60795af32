"""The rows of those who were listed before the directory was. On a new database there is nobody."""

from django.db import migrations

from portal.parties.listing import city_tiers, listing_values


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    Party, Listing, CityYear = (
        apps.get_model("parties", name) for name in ("Party", "Listing", "CityYear")
    )
    listed = Party.objects.using(alias).filter(status="listed")
    if not listed.exists():
        return
    tiers = city_tiers(CityYear.objects.using(alias))
    keys = list(listed.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), 500):
        batch = listed.filter(pk__in=keys[start : start + 500])
        rows = [Listing(**values) for values in listing_values(batch, tiers)]
        Listing.objects.using(alias).bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("parties", "0002_listing")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
