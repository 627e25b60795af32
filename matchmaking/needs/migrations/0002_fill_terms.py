"""Cooperations from before they kept their terms take them from the need and the proposal."""

from django.db import migrations


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    Proposal = apps.get_model("needs", "Proposal")
    accepted = Proposal.objects.using(alias).filter(cooperation__isnull=False)
    for proposal in accepted.select_related("need", "cooperation").iterator(chunk_size=500):
        cooperation, need = proposal.cooperation, proposal.need
        for name in ("city_id", "accepts_remote", "gmv_target_fen"):
            setattr(cooperation, name, getattr(need, name))
        cooperation.team = proposal.team
        cooperation.save()
        cooperation.services.set(need.services.all())
        cooperation.categories.set(need.categories.all())


class Migration(migrations.Migration):
    dependencies = [("needs", "0001_initial"), ("cooperation", "0002_terms")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
