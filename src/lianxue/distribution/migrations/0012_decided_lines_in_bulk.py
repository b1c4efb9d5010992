"""Millions of lines and lots are written at once: what they point to is checked by the statement (see the next one)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("distribution", "0011_sheets_of_decided_allocations"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="allocationline",
            name="one_answer_a_demand_line",
        ),
        migrations.RemoveField(
            model_name="allocationline",
            name="working",
        ),
        migrations.AlterField(
            model_name="allocationline",
            name="allocation",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="distribution.allocation",
            ),
        ),
        migrations.AlterField(
            model_name="allocationline",
            name="demand_line",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="allocation_lines",
                to="distribution.demandline",
            ),
        ),
        migrations.AlterField(
            model_name="shipmentline",
            name="allocation_line",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="shipment_lines",
                to="distribution.allocationline",
            ),
        ),
        migrations.AlterField(
            model_name="shipmentline",
            name="shipment",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="distribution.shipment",
            ),
        ),
        migrations.AlterField(
            model_name="shipmentline",
            name="title",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="shipment_lines",
                to="distribution.roundtitle",
            ),
        ),
        migrations.AddConstraint(
            model_name="allocationline",
            constraint=models.UniqueConstraint(fields=("demand_line",), name="one_answer_to_a_demand_line"),
        ),
    ]
