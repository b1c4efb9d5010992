"""Rows that were there before fulfil the new constraints; loans given up earlier get the day on which that was done."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations

LOST_ON = """
UPDATE distribution_loan AS loan SET lost_on = (entry.at AT TIME ZONE 'Asia/Shanghai')::date
  FROM distribution_stockentry AS entry
 WHERE loan.state = 'lost' AND loan.lost_on IS NULL
   AND entry.verb = 'report_loss' AND entry.reference = 'distribution.loan:' || loan.id
"""


class Migration(migrations.Migration):
    dependencies = [("distribution", "0005_loans_to_full_depth")]

    operations = [
        migrations.RunSQL(LOST_ON, migrations.RunSQL.noop),
        ValidateConstraint("issue", "issue_anonymous_has_no_name"),
        ValidateConstraint("loan", "loan_undone_has_reason"),
        ValidateConstraint("loan", "loan_anonymous_has_no_name"),
        ValidateConstraint("reservation", "reservation_anonymous_has_no_name"),
    ]
