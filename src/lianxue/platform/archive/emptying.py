"""Empty a database without dropping it."""

# Removes what earlier migrations made; objects of extensions stay with their extension.
EMPTY = """
DO $$
DECLARE thing record;
BEGIN
    FOR thing IN SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
        AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('e', 'i', 'a'))
        ORDER BY c.relkind = 'S'
    LOOP
        IF EXISTS (SELECT FROM pg_class WHERE relname = thing.relname AND relnamespace = 'public'::regnamespace) THEN
            EXECUTE (SELECT format('DROP %s %I.%I CASCADE', CASE relkind WHEN 'v' THEN 'VIEW'
                WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, 'public', relname)
                FROM pg_class WHERE relname = thing.relname AND relnamespace = 'public'::regnamespace);
        END IF;
    END LOOP;
    FOR thing IN SELECT p.oid::regprocedure AS name FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', thing.name);
    END LOOP;
    FOR thing IN SELECT t.oid::regtype AS name FROM pg_type t WHERE t.typnamespace = 'public'::regnamespace
        AND t.typtype IN ('e', 'd', 'c') AND NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind <> 'c')
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('DROP TYPE IF EXISTS %s CASCADE', thing.name);
    END LOOP;
END $$;
"""
