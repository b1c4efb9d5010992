import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Division",
            fields=[
                (
                    "code",
                    models.CharField(max_length=12, primary_key=True, serialize=False, verbose_name="code"),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("level", models.PositiveSmallIntegerField(verbose_name="level")),
                ("kind", models.CharField(blank=True, max_length=20, verbose_name="kind of division")),
                ("is_functional_zone", models.BooleanField(default=False, verbose_name="functional zone")),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="orgs.division",
                    ),
                ),
            ],
            options={
                "verbose_name": "division",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("guidance_office", "Guidance office"),
                            ("community_college", "Community college"),
                            ("elder_university", "Elder university"),
                            ("elder_group_office", "Elder-group office"),
                            ("community_school", "Community school"),
                            ("elder_branch", "Elder-university branch"),
                            ("care_learning_point", "Care-learning point"),
                            ("education_authority", "Education authority"),
                            ("supplier", "Supplier"),
                            ("other", "Other"),
                        ],
                        max_length=30,
                        verbose_name="kind of organisation",
                    ),
                ),
                (
                    "uscc",
                    models.CharField(blank=True, max_length=18, verbose_name="unified social credit code"),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                ("telephone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                ("is_sample", models.BooleanField(default=False, verbose_name="sample")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="latitude")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="longitude")),
                (
                    "division",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="orgs.division",
                        verbose_name="division",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="ChainNode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "chain",
                    models.CharField(
                        choices=[
                            ("distribution", "Distribution tiers"),
                            ("community_education", "Community-education system"),
                            ("elder_education", "Elder-university system"),
                            ("care_learning", "Care-learning system"),
                            ("supply", "Supply"),
                        ],
                        max_length=30,
                        verbose_name="chain",
                    ),
                ),
                ("depth", models.PositiveSmallIntegerField()),
                ("path", models.CharField(max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "superior",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places_below",
                        to="orgs.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["chain", "path"],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("tier_admin", "Administrator"),
                            ("desk_clerk", "Desk volunteer"),
                            ("resource_reviewer", "Resource reviewer"),
                            ("supplier_clerk", "Supplier clerk"),
                            ("auditor", "Auditor"),
                            ("system_operator", "System operator"),
                        ],
                        max_length=30,
                        verbose_name="role",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                ("ended_reason", models.CharField(blank=True, max_length=200, verbose_name="why it ended")),
                (
                    "appointed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="orgs.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "post",
                "ordering": ["organisation_id", "role", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("uscc", ""), _negated=True),
                fields=("uscc",),
                name="one_organisation_a_credit_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                    models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                    _connector="OR",
                ),
                name="latitude_with_longitude",
            ),
        ),
        migrations.AddIndex(
            model_name="chainnode",
            index=models.Index(
                fields=["chain", "path"],
                name="chain_subtree",
                opclasses=["varchar_ops", "varchar_pattern_ops"],
            ),
        ),
        migrations.AddIndex(
            model_name="chainnode",
            index=models.Index(fields=["chain", "superior"], name="chain_directly_below"),
        ),
        migrations.AddConstraint(
            model_name="chainnode",
            constraint=models.UniqueConstraint(
                fields=("chain", "organisation"), name="one_place_in_each_chain"
            ),
        ),
        migrations.AddConstraint(
            model_name="chainnode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("depth", 1), ("superior__isnull", True)),
                    models.Q(("depth__gt", 1), ("superior__isnull", False)),
                    _connector="OR",
                ),
                name="only_the_top_has_no_superior",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on__isnull", True)),
                fields=("person", "organisation", "role"),
                name="one_open_post_of_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="post_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__isnull", True), ("ends_on__isnull", False), _connector="OR"),
                name="ended_post_has_last_day",
            ),
        ),
    ]
