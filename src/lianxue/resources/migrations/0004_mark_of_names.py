"""The catalogue's mark changes with the names that stand beside an entry too: what is written of them is kept by it."""

from django.db import migrations

TRIGGERS = """
CREATE TRIGGER category_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON resources_category
    FOR EACH STATEMENT EXECUTE FUNCTION resources_renew_mark();
CREATE TRIGGER provider_changed AFTER UPDATE OF name, division_id ON orgs_organisation
    FOR EACH STATEMENT EXECUTE FUNCTION resources_renew_mark();
CREATE TRIGGER district_changed AFTER UPDATE OF name ON orgs_division
    FOR EACH STATEMENT EXECUTE FUNCTION resources_renew_mark();
"""

UNDO = """
DROP TRIGGER category_changed ON resources_category;
DROP TRIGGER provider_changed ON orgs_organisation;
DROP TRIGGER district_changed ON orgs_division;
"""


class Migration(migrations.Migration):
    dependencies = [("resources", "0003_catalogue_mark"), ("orgs", "0003_chains_of_authority")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", ""),
        migrations.RunSQL(TRIGGERS, UNDO),
    ]
