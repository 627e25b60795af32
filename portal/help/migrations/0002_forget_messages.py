from django.db import migrations

from portal.core.database import forgettable


class Migration(migrations.Migration):
    dependencies = [("help", "0001_tickets")]

    operations = [forgettable("help_message", "text")]
