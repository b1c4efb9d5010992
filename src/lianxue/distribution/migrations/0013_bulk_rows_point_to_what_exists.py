"""Rows that are written by the million are checked by the statement, not one by one: what they point to exists.

An ordinary foreign key looks up the other row for every row written; five of them take longer than all the rest of
deciding an allocation. These triggers ask the same question once for all rows of a statement, and once again when
something is deleted to which they may point. What a row points to is never changed.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION distribution_rows_exist() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    place integer := 0;
    missing bigint;
BEGIN
    WHILE place < TG_NARGS LOOP
        EXECUTE format(
            'SELECT count(*) FROM added WHERE added.%1$I IS NOT NULL'
            ' AND NOT EXISTS (SELECT 1 FROM %2$I AS other WHERE other.id = added.%1$I)',
            TG_ARGV[place], TG_ARGV[place + 1]
        ) INTO missing;
        IF missing > 0 THEN
            RAISE EXCEPTION '% rows of % point to nothing in %', missing, TG_TABLE_NAME, TG_ARGV[place + 1]
                USING ERRCODE = 'foreign_key_violation';
        END IF;
        place := place + 2;
    END LOOP;
    RETURN NULL;
END
$$;

CREATE FUNCTION distribution_rows_still_needed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    needed boolean;
BEGIN
    EXECUTE format(
        'SELECT EXISTS (SELECT 1 FROM gone JOIN %1$I AS other ON other.%2$I = gone.id)', TG_ARGV[0], TG_ARGV[1]
    ) INTO needed;
    IF needed THEN
        RAISE EXCEPTION 'rows of % are still pointed to by %', TG_TABLE_NAME, TG_ARGV[0]
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION distribution_points_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what a row of % points to is never changed', TG_TABLE_NAME
        USING ERRCODE = 'foreign_key_violation';
END
$$;
"""

UNDO_FUNCTIONS = """
DROP FUNCTION distribution_points_for_good();
DROP FUNCTION distribution_rows_still_needed();
DROP FUNCTION distribution_rows_exist();
"""

POINTERS = {
    "distribution_allocationline": {
        "allocation_id": "distribution_allocation",
        "demand_line_id": "distribution_demandline",
    },
    "distribution_shipmentline": {
        "shipment_id": "distribution_shipment",
        "title_id": "distribution_roundtitle",
        "allocation_line_id": "distribution_allocationline",
    },
}


def _guard(table: str) -> str:
    columns = POINTERS[table]
    pairs = ", ".join(f"'{column}', '{other}'" for column, other in columns.items())
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    arguments = f"EXECUTE FUNCTION distribution_rows_exist({pairs})"
    kept = ", ".join(columns)
    statements = [
        f"CREATE TRIGGER rows_exist AFTER INSERT ON {table} REFERENCING NEW TABLE AS added FOR EACH STATEMENT {arguments};",
        f"CREATE TRIGGER points_for_good BEFORE UPDATE OF {kept} ON {table} FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION distribution_points_for_good();",
    ]
    statements += [
        f"CREATE TRIGGER still_needed_by_{column} AFTER DELETE ON {other} REFERENCING OLD TABLE AS gone"
        f" FOR EACH STATEMENT EXECUTE FUNCTION distribution_rows_still_needed('{table}', '{column}');"
        for column, other in columns.items()
    ]
    return "\n".join(statements)


def _unguard(table: str) -> str:
    statements = [
        f"DROP TRIGGER still_needed_by_{column} ON {other};" for column, other in POINTERS[table].items()
    ]
    return "\n".join(
        [*statements, f"DROP TRIGGER points_for_good ON {table};", f"DROP TRIGGER rows_exist ON {table};"]
    )


class Migration(migrations.Migration):
    dependencies = [("distribution", "0012_decided_lines_in_bulk")]

    operations = [
        migrations.RunSQL(FUNCTIONS, UNDO_FUNCTIONS),
        *(migrations.RunSQL(_guard(table), _unguard(table)) for table in POINTERS),
    ]
