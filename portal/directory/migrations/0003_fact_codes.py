from django.db import migrations

CODES = {"1": "own_live", "2": "matrix", "3": "campaigns", "4": "top"}


def renamed(names: dict[str, str]) -> str:
    """What was asked for by FACT part, in the addresses that are kept."""
    query = "query"
    for old, new in names.items():
        query = f"regexp_replace({query}, '(^|&)fact={old}(?=&|$)', '\\1fact={new}')"
    return f"UPDATE directory_savedsearch SET query = {query} WHERE query ~ '(^|&)fact=';"


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_saved_searches")]

    operations = [
        migrations.RunSQL(renamed(CODES), renamed({code: old for old, code in CODES.items()}))
    ]
