"""What the database itself refuses: offers that change, and a product offered by somebody else."""

from django.db import migrations

from portal.core.database import append_only

OWN_PRODUCT = """
CREATE FUNCTION application_is_of_its_merchant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM catalogue_product p
        WHERE p.id = NEW.product_id AND p.merchant_id = NEW.merchant_id
    ) THEN
        RAISE EXCEPTION 'application: the product is not this merchant''s'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER application_is_of_its_merchant BEFORE INSERT ON recruiting_application
    FOR EACH ROW EXECUTE FUNCTION application_is_of_its_merchant();
"""
ANY_PRODUCT = """
DROP TRIGGER application_is_of_its_merchant ON recruiting_application;
DROP FUNCTION application_is_of_its_merchant();
"""


class Migration(migrations.Migration):
    dependencies = [("recruiting", "0001_base")]

    operations = [
        append_only("recruiting_offer"),
        migrations.RunSQL(OWN_PRODUCT, ANY_PRODUCT),
    ]
