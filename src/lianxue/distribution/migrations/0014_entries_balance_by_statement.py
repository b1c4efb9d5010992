"""Every statement that writes legs writes whole movements: checked once for all of them, not once for each leg.

The check for each leg at the commit summed its entry again and again: an entry of fifty legs was read fifty times.
"""

from django.db import migrations

BY_STATEMENT = """
DROP TRIGGER stock_entry_balances ON distribution_stockleg;
DROP FUNCTION distribution_entry_balances();

-- Entries were balanced before the statement, so they are after it when what it adds is.
CREATE FUNCTION distribution_added_legs_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    unbalanced bigint;
BEGIN
    SELECT entry_id INTO unbalanced FROM added GROUP BY entry_id, title_id HAVING sum(quantity) <> 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the legs of stock entry % do not sum to zero', unbalanced USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER stock_added_legs_balance
    AFTER INSERT ON distribution_stockleg REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION distribution_added_legs_balance();
"""

BY_LEG = """
DROP TRIGGER stock_added_legs_balance ON distribution_stockleg;
DROP FUNCTION distribution_added_legs_balance();

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


class Migration(migrations.Migration):
    dependencies = [("distribution", "0013_bulk_rows_point_to_what_exists")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", ""),
        migrations.RunSQL(BY_STATEMENT, BY_LEG),
    ]
