import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0001_base'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('title_zh', models.CharField(max_length=80, verbose_name='Chinese title')),
                ('title_en', models.CharField(max_length=120, verbose_name='English title')),
                ('text_zh', models.TextField(blank=True, max_length=1000, verbose_name='Chinese text')),
                ('text_en', models.TextField(blank=True, max_length=2000, verbose_name='English text')),
                ('weight', models.CharField(choices=[('info', 'Good to know'), ('warn', 'Something changes'), ('urgent', 'Read it now')], max_length=6, verbose_name='weight')),
                ('audience', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('merchant', 'Merchants'), ('provider', 'Service providers'), ('agency', 'Agencies'), ('creator', 'Creators'), ('staff', 'Platform staff')], max_length=8), blank=True, default=list, size=None, verbose_name='for whom')),
                ('starts_at', models.DateTimeField(verbose_name='from')),
                ('ends_at', models.DateTimeField(verbose_name='until')),
                ('url', models.CharField(blank=True, max_length=200, verbose_name='link')),
                ('created_at', models.DateTimeField(verbose_name='created at')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'announcement',
                'verbose_name_plural': 'announcements',
                'ordering': ('-starts_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='AnnouncementDismissal',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('announcement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dismissals', to='notices.announcement')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'announcement put away',
                'verbose_name_plural': 'announcements put away',
            },
        ),
        migrations.AddIndex(
            model_name='announcement',
            index=models.Index(fields=['ends_at'], name='announcement_by_end'),
        ),
        migrations.AddConstraint(
            model_name='announcement',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gte', models.F('starts_at'))), name='announcement_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='announcement',
            constraint=models.CheckConstraint(condition=models.Q(('url', ''), ('url__regex', '^(/([^/\\\\]|$)|https://)'), _connector='OR'), name='announcement_leads_somewhere_safe'),
        ),
        migrations.AddConstraint(
            model_name='announcementdismissal',
            constraint=models.UniqueConstraint(fields=('user', 'announcement'), name='announcement_put_away_once'),
        ),
    ]
