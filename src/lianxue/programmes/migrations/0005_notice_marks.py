"""Two people write one change notice: each answer counts its changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0004_award_of_a_row")]

    operations = [
        migrations.AddField(
            "changenotice", "marks", models.JSONField(blank=True, db_default={}, default=dict)
        )
    ]
