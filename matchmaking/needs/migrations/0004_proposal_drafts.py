"""Answers that are kept while they are typed."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('needs', '0003_service_level'),
        ('parties', '0003_guards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ProposalDraft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('values', models.JSONField(verbose_name='as typed')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('kept_at', models.DateTimeField(verbose_name='kept at')),
                ('kept_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='kept by')),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='needs.need', verbose_name='need')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='parties.party', verbose_name='bidder')),
            ],
            options={
                'verbose_name': 'unfinished proposal',
                'verbose_name_plural': 'unfinished proposals',
                'indexes': [models.Index(fields=['party', '-kept_at'], name='proposal_draft_of_party'), models.Index(fields=['kept_at'], name='proposal_draft_by_age')],
                'constraints': [models.UniqueConstraint(fields=('party', 'need'), name='proposal_draft_once'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='proposal_draft_version')],
            },
        ),
    ]
