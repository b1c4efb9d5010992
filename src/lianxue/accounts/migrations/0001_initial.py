from django.db import migrations, models

import lianxue.kernel.sealing


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=60, unique=True, verbose_name="account name")),
                ("full_name", models.CharField(max_length=60, verbose_name="full name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "phone",
                    lianxue.kernel.sealing.SealedTextField(blank=True, default="", verbose_name="telephone"),
                ),
                (
                    "phone_index",
                    models.CharField(blank=True, db_index=True, default="", editable=False, max_length=64),
                ),
                (
                    "citizen_id",
                    lianxue.kernel.sealing.SealedTextField(
                        blank=True, default="", verbose_name="identity number"
                    ),
                ),
                ("citizen_id_index", models.CharField(editable=False, max_length=64, null=True, unique=True)),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("must_change_password", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(verbose_name="registered on")),
                (
                    "language",
                    models.CharField(
                        choices=[("zh-hans", "简体中文"), ("en", "English")],
                        default="zh-hans",
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                (
                    "text_size",
                    models.CharField(
                        choices=[
                            ("normal", "Standard text"),
                            ("large", "Large text"),
                            ("larger", "Larger text"),
                            ("largest", "Largest text"),
                        ],
                        default="normal",
                        max_length=10,
                        verbose_name="text size",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("username", ""), _negated=True), name="person_has_account_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SignInLock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_index", models.CharField(max_length=64, unique=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_at", models.DateTimeField()),
                ("locked_until", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["last_at"], name="sign_in_lock_last")],
            },
        ),
    ]
