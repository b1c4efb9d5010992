"""The index by which a college finds the parcels that pass through it, built beside the work that goes on."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("distribution", "0003_full_depth")]

    operations = [
        AddIndexConcurrently(
            model_name="shipment", index=models.Index(fields=["via", "state"], name="shipment_through")
        )
    ]
