"""The processes of the PostgreSQL that a simulation writes into, as Linux's /proc shows them."""

from pathlib import Path

from django.db import connection

PROC = Path("/proc")


def postmaster() -> int | None:
    """Return the process of the database server when it runs on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    words = words_of_stat(PROC / str(backend))
    return int(words[1]) if words else None


def server_processes(server: int | None) -> list[Path]:
    """Return where the processes of a server are to be looked at, its own first."""
    if server is None:
        return []
    try:
        children = (PROC / str(server) / "task" / str(server) / "children").read_text().split()
    except OSError:
        return []
    return [PROC / str(pid) for pid in (server, *children)]


def words_of_stat(process: Path) -> list[str]:
    """Return what /proc tells of a process after its name; nothing when it is gone."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
