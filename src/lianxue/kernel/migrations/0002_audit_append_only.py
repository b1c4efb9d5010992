"""The audit trail can only grow: the database itself refuses to change, remove or empty it."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION kernel_audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_entry_append_only
    BEFORE UPDATE OR DELETE ON kernel_auditentry
    FOR EACH ROW EXECUTE FUNCTION kernel_audit_append_only();
CREATE TRIGGER audit_entry_never_emptied
    BEFORE TRUNCATE ON kernel_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_audit_append_only();
"""

UNDO = """
DROP TRIGGER audit_entry_never_emptied ON kernel_auditentry;
DROP TRIGGER audit_entry_append_only ON kernel_auditentry;
DROP FUNCTION kernel_audit_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [migrations.RunSQL(APPEND_ONLY, UNDO)]
