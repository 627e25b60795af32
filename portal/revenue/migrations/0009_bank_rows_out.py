from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('revenue', '0008_channel_turnover'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='bankrow',
            name='bank_row_moves',
        ),
        migrations.AddIndex(
            model_name='bankrow',
            index=models.Index(fields=['booked_on'], name='bank_row_by_day'),
        ),
        migrations.AddConstraint(
            model_name='bankrow',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen', 0), _negated=True), name='bank_row_moves'),
        ),
    ]
