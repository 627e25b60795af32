from django.db import migrations, models

# What the papers named by numbers of the order file, as far as the catalogue knows it.
FIND = """
INSERT INTO cooperation_cooperation_products (cooperation_id, product_id)
SELECT cooperation.id, product.id
FROM cooperation_cooperation cooperation
JOIN revenue_agreement paper ON paper.id = cooperation.agreement_id
JOIN catalogue_product product
  ON product.merchant_id = cooperation.merchant_id AND product.upstream_id = ANY (paper.products)
WHERE product.upstream_id <> '';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_guards"),
        ("cooperation", "0003_payments"),
    ]

    operations = [
        migrations.AddField(
            model_name="cooperation",
            name="products",
            field=models.ManyToManyField(
                blank=True,
                related_name="cooperations",
                to="catalogue.product",
                verbose_name="products",
            ),
        ),
        migrations.RunSQL(FIND, migrations.RunSQL.noop),
    ]
