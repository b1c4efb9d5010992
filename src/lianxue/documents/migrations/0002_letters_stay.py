"""A letter that was issued stays as it is: the database itself refuses to change or remove it, or its withdrawal."""

from django.db import migrations

STAY = """
CREATE FUNCTION documents_letters_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'letters are never changed: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER letter_stays BEFORE UPDATE OR DELETE ON documents_letter
    FOR EACH ROW EXECUTE FUNCTION documents_letters_stay();
CREATE TRIGGER letters_never_emptied BEFORE TRUNCATE ON documents_letter
    FOR EACH STATEMENT EXECUTE FUNCTION documents_letters_stay();
CREATE TRIGGER withdrawal_stays BEFORE UPDATE OR DELETE ON documents_letterwithdrawal
    FOR EACH ROW EXECUTE FUNCTION documents_letters_stay();
CREATE TRIGGER withdrawals_never_emptied BEFORE TRUNCATE ON documents_letterwithdrawal
    FOR EACH STATEMENT EXECUTE FUNCTION documents_letters_stay();
"""

UNDO = """
DROP TRIGGER withdrawals_never_emptied ON documents_letterwithdrawal;
DROP TRIGGER withdrawal_stays ON documents_letterwithdrawal;
DROP TRIGGER letters_never_emptied ON documents_letter;
DROP TRIGGER letter_stays ON documents_letter;
DROP FUNCTION documents_letters_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [migrations.RunSQL(STAY, UNDO)]
