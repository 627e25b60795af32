import django.db.models.deletion
from django.db import migrations, models

# What was named by its number in the order file is found by it.
FIND = """
UPDATE content_contentorder named SET goods_id = product.id
FROM catalogue_product product
WHERE named.product_key <> '' AND product.upstream_id = named.product_key
  AND product.merchant_id = named.merchant_id;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_guards"),
        ("content", "0002_shown_at"),
    ]

    operations = [
        migrations.AddField(
            model_name="contentorder",
            name="goods",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalogue.product",
                verbose_name="product",
            ),
        ),
        migrations.RunSQL(FIND, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="contentorder", name="product_key"),
        migrations.AlterField(
            model_name="contentorder",
            name="product",
            field=models.CharField(max_length=80, verbose_name="product, as it was called"),
        ),
    ]
