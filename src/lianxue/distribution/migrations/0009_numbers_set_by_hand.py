"""A number set by hand belongs to the allocation and the demand line; nobody has set one yet."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("distribution", "0008_claims_declined_and_sent_back")]

    operations = [migrations.DeleteModel("AllocationOverride")]
