from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("needs", "0007_negotiation")]

    operations = [
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('submitted_at', None), models.Q(('version__gte', 1), models.Q(('offered_by', ''), _negated=True)), _connector='OR'), name='proposal_submitted_has_version'),
        ),
    ]
