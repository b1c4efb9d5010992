"""Looks whether what a site has acknowledged is there: in its own table, in the ledger and in the audit trail, once."""

from tests.faults.inside import answer, installation


def main() -> None:
    with installation() as acknowledged:
        from procrastinate.contrib.django.models import ProcrastinateJob

        from lianxue.distribution.models import Loan, Receipt, StockEntry
        from lianxue.distribution.queries.ledger import check_ledger
        from lianxue.kernel.models import AuditEntry

        missing, doubled = [], []

        def look(what: str, ids: list[int], verb: str, label: str, subjects: list[int] | None = None) -> None:
            """Each row has one entry in the ledger and one line in the trail."""
            if len(ids) != 1:
                (missing if not ids else doubled).append([what, "row"])
                return
            references = [f"{label}:{pk}" for pk in ids]
            entries = StockEntry.objects.filter(verb=verb, reference__in=references).count()
            subject_type = "distribution.shipment" if subjects else label
            lines = AuditEntry.objects.filter(
                verb=f"distribution.{verb}",
                outcome="done",
                subject_type=subject_type,
                subject_id__in=[str(pk) for pk in subjects or ids],
            ).count()
            for name, found in (("ledger", entries), ("trail", lines)):
                if found != 1:
                    (missing if not found else doubled).append([what, name])

        for name in acknowledged["lent"]:
            ids = list(Loan.objects.filter(borrower_name=name).values_list("pk", flat=True))
            look(f"lent to {name}", ids, "lend", "distribution.loan")
        for pk in acknowledged["returned"]:
            ids = list(Loan.objects.filter(pk=pk, state="returned").values_list("pk", flat=True))
            look(f"returned {pk}", ids, "return_loan", "distribution.loan")
        for pk in acknowledged["received"]:
            ids = list(Receipt.objects.filter(shipment_id=pk).values_list("pk", flat=True))
            look(f"received {pk}", ids, "receive", "distribution.receipt", [pk])
        waiting = ProcrastinateJob.objects.filter(status__in=("todo", "doing"), scheduled_at__isnull=True)
        answer(
            missing=missing,
            doubled=doubled,
            balanced=check_ledger().is_sound,
            unasked_loans=Loan.objects.exclude(borrower_name__in=acknowledged["lent"]).count(),
            refusals_in_the_trail=AuditEntry.objects.filter(
                verb="distribution.lend", outcome="refused"
            ).count(),
            jobs_left=waiting.count(),
            jobs_failed=ProcrastinateJob.objects.filter(status="failed").count(),
        )


if __name__ == "__main__":
    main()
