"""The ledger can only grow, and every entry balances: the database itself sees to both."""

from django.db import migrations

APPEND_ONLY_TABLES = (
    "distribution_stockentry",
    "distribution_stockleg",
    "distribution_lineadjustment",
)

FUNCTIONS = """
CREATE FUNCTION distribution_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;

-- Runs once for each new leg when the transaction commits; the sums are over the whole entry, so that legs written
-- in several statements are judged together.
-- Thousands of legs may come in one transaction, long before the table is analysed. The planner then thinks it empty
-- and would read it whole for each of them: no sequential scan, and OFFSET 0 so that it takes no index but the entry's.
CREATE FUNCTION distribution_entry_balances() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM (SELECT title_id, quantity FROM distribution_stockleg WHERE entry_id = NEW.entry_id OFFSET 0) leg
         GROUP BY title_id HAVING sum(quantity) <> 0
    ) THEN
        RAISE EXCEPTION 'the legs of stock entry % do not sum to zero', NEW.entry_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER stock_entry_balances
    AFTER INSERT ON distribution_stockleg
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION distribution_entry_balances();
"""

UNDO_FUNCTIONS = """
DROP TRIGGER stock_entry_balances ON distribution_stockleg;
DROP FUNCTION distribution_entry_balances();
DROP FUNCTION distribution_append_only();
"""


def _guard(table: str) -> str:
    return f"""
CREATE TRIGGER {table}_append_only
    BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION distribution_append_only();
CREATE TRIGGER {table}_never_emptied
    BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION distribution_append_only();
"""


def _unguard(table: str) -> str:
    return f"""
DROP TRIGGER {table}_never_emptied ON {table};
DROP TRIGGER {table}_append_only ON {table};
"""


class Migration(migrations.Migration):
    dependencies = [("distribution", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTIONS, UNDO_FUNCTIONS),
        *(migrations.RunSQL(_guard(table), _unguard(table)) for table in APPEND_ONLY_TABLES),
    ]
