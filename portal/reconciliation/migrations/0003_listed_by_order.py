from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reconciliation', '0002_guards'),
    ]

    operations = [
        migrations.AlterField(
            model_name='difference',
            name='status',
            field=models.CharField(choices=[('open', 'Unresolved'), ('resolved', 'Resolved'), ('gone', 'Gone')], default='open', max_length=8, verbose_name='status'),
        ),
        migrations.AddIndex(
            model_name='listedevent',
            index=models.Index(fields=['order', 'line'], name='listed_event_by_order'),
        ),
    ]
