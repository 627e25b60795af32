"""Plans changed by hand, answers to the organiser, agendas for calendars, follow-ups."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('fairs', '0002_outcomes'),
    ]

    operations = [
        migrations.AddField(
            model_name='meetingplan',
            name='version',
            field=models.PositiveIntegerField(default=1, verbose_name='version'),
        ),
        migrations.AddField(
            model_name='signup',
            name='answer',
            field=models.CharField(blank=True, max_length=300, verbose_name='answer to the organiser'),
        ),
        migrations.AddField(
            model_name='signup',
            name='feed',
            field=models.PositiveIntegerField(default=0, verbose_name="number of the agenda's address"),
        ),
        migrations.AddField(
            model_name='signup',
            name='feed_last',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('days', models.PositiveSmallIntegerField(verbose_name='days after the fair')),
                ('agreed', models.PositiveIntegerField(verbose_name='cooperations agreed')),
                ('lines', models.PositiveIntegerField(verbose_name='order lines')),
                ('net_fen', models.BigIntegerField(verbose_name='settled net GMV')),
                ('open_fen', models.BigIntegerField(verbose_name='may still settle')),
                ('made_at', models.DateTimeField(verbose_name='made at')),
                ('fair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='fairs.fair')),
            ],
            options={
                'verbose_name': 'follow-up of a fair',
                'verbose_name_plural': 'follow-ups of fairs',
                'constraints': [models.UniqueConstraint(fields=('fair', 'days'), name='follow_up_once')],
            },
        ),
    ]
