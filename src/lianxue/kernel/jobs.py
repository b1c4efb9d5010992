"""Jobs: work that outlives the request, kept in the same database as the change that asked for it."""

from procrastinate.contrib.django import app

task = app.task


def run_waiting_jobs() -> None:
    """Run every job that is due now with a real worker, then return. For tests and one-off commands."""
    worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    worker_app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
