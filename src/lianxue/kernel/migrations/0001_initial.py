from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="time")),
                ("person_id", models.BigIntegerField(null=True)),
                ("person_label", models.CharField(max_length=100, verbose_name="person")),
                ("organisation_id", models.BigIntegerField(null=True)),
                (
                    "organisation_label",
                    models.CharField(blank=True, max_length=200, verbose_name="organisation"),
                ),
                ("remote_address", models.GenericIPAddressField(null=True, verbose_name="from address")),
                ("verb", models.CharField(max_length=80, verbose_name="act")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("done", "Done"), ("refused", "Refused")],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("subject_type", models.CharField(blank=True, max_length=80)),
                ("subject_id", models.CharField(blank=True, max_length=40)),
                ("subject_label", models.CharField(blank=True, max_length=200, verbose_name="about")),
                ("before", models.JSONField(null=True, verbose_name="before")),
                ("after", models.JSONField(null=True, verbose_name="after")),
                ("note", models.TextField(blank=True, verbose_name="note")),
            ],
            options={
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(fields=["-at", "-id"], name="audit_newest"),
                    models.Index(fields=["subject_type", "subject_id"], name="audit_subject"),
                    models.Index(fields=["person_id", "-at"], name="audit_person"),
                    models.Index(fields=["organisation_id", "-at"], name="audit_organisation"),
                    models.Index(fields=["verb", "-at"], name="audit_verb"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DoneRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("verb", models.CharField(max_length=80)),
                ("person_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
                ("result_type", models.CharField(blank=True, max_length=80)),
                ("result_id", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "indexes": [models.Index(fields=["at"], name="done_request_at")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "verb", "person_id"), name="done_request_once", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(max_length=120, upload_to="", verbose_name="file")),
                ("original_name", models.CharField(max_length=150, verbose_name="file name")),
                ("media_type", models.CharField(max_length=100, verbose_name="media type")),
                ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("width", models.PositiveIntegerField(null=True, verbose_name="width")),
                ("height", models.PositiveIntegerField(null=True, verbose_name="height")),
                ("created_at", models.DateTimeField(verbose_name="sent in at")),
                ("created_by_id", models.BigIntegerField(null=True, verbose_name="sent in by")),
            ],
            options={
                "verbose_name": "stored file",
                "verbose_name_plural": "stored files",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("height__isnull", True), ("width__isnull", True)),
                            models.Q(("height__gt", 0), ("width__gt", 0)),
                            _connector="OR",
                        ),
                        name="stored_file_width_with_height",
                    )
                ],
            },
        ),
    ]
