"""A mark that changes with every change of the catalogue, so that facets need not be counted anew for every page."""

from django.db import migrations, models

TRIGGER = """
INSERT INTO resources_cataloguemark (mark) VALUES (gen_random_uuid());
CREATE FUNCTION resources_renew_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE resources_cataloguemark SET mark = gen_random_uuid();
    RETURN NULL;
END
$$;
CREATE TRIGGER catalogue_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON resources_catalogueentry
    FOR EACH STATEMENT EXECUTE FUNCTION resources_renew_mark();
"""

UNDO = """
DROP TRIGGER catalogue_changed ON resources_catalogueentry;
DROP FUNCTION resources_renew_mark();
"""


class Migration(migrations.Migration):
    dependencies = [("resources", "0002_append_only")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", ""),
        migrations.CreateModel(
            name="CatalogueMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mark", models.UUIDField()),
            ],
            options={
                "verbose_name": "state of the catalogue",
                "verbose_name_plural": "state of the catalogue",
            },
        ),
        migrations.RunSQL(TRIGGER, UNDO),
    ]
