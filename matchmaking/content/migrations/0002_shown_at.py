from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0001_base")]

    operations = [
        migrations.AddField(
            "contentorder",
            "shown_at",
            models.DateTimeField(null=True, verbose_name="first shown at"),
        )
    ]
