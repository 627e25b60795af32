import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0002_announcements'),
    ]

    operations = [
        migrations.AlterField(
            model_name='announcement',
            name='audience',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('merchant', 'Merchants'), ('provider', 'Service providers'), ('agency', 'Agencies'), ('creator', 'Creators'), ('staff', 'Platform staff')], max_length=8), blank=True, default=list, size=None, verbose_name='audience of it'),
        ),
        migrations.AlterField(
            model_name='announcement',
            name='ends_at',
            field=models.DateTimeField(verbose_name='shown until'),
        ),
        migrations.AlterField(
            model_name='announcement',
            name='starts_at',
            field=models.DateTimeField(verbose_name='shown from'),
        ),
        migrations.AlterField(
            model_name='announcement',
            name='url',
            field=models.CharField(blank=True, max_length=200, verbose_name='leads to'),
        ),
        migrations.AlterField(
            model_name='announcement',
            name='weight',
            field=models.CharField(choices=[('info', 'Good to know'), ('warn', 'Something changes'), ('urgent', 'Read it now')], max_length=6, verbose_name='how loud'),
        ),
    ]
