"""What an office published of a year is never changed or taken away; a change is a new revision (S1-52)."""

from django.db import migrations

FREEZE = """
CREATE FUNCTION workforce_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER workforce_indicatorset_append_only
    BEFORE UPDATE OR DELETE ON workforce_indicatorset
    FOR EACH ROW EXECUTE FUNCTION workforce_append_only();
CREATE TRIGGER workforce_indicatorset_never_emptied
    BEFORE TRUNCATE ON workforce_indicatorset
    FOR EACH STATEMENT EXECUTE FUNCTION workforce_append_only();
"""
THAW = """
DROP TRIGGER workforce_indicatorset_never_emptied ON workforce_indicatorset;
DROP TRIGGER workforce_indicatorset_append_only ON workforce_indicatorset;
DROP FUNCTION workforce_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("workforce", "0002_appraisal")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
