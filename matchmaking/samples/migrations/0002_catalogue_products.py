import django.db.models.deletion
from django.db import migrations, models

# What was named by its number in the order file is found by it.
FIND = """
UPDATE samples_sample named SET goods_id = product.id
FROM catalogue_product product, cooperation_cooperation cooperation
WHERE named.product_key <> '' AND product.upstream_id = named.product_key
  AND product.merchant_id = cooperation.merchant_id AND cooperation.id = named.cooperation_id;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_guards"),
        ("samples", "0001_base"),
    ]

    operations = [
        migrations.AddField(
            model_name="sample",
            name="goods",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="samples",
                to="catalogue.product",
                verbose_name="product",
            ),
        ),
        migrations.RunSQL(FIND, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="sample", name="product_key"),
        migrations.AlterField(
            model_name="sample",
            name="product",
            field=models.CharField(max_length=80, verbose_name="product, as it was called"),
        ),
    ]
