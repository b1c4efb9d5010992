"""The server's settings, written afresh at each start so that a new release can change them."""

from pathlib import Path

FILE = "lianxue.conf"

# A machine with two cores and some gigabytes that it shares with the web server. Statements and the values in
# them stay out of the log: they hold personal data.
COMMON = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "shared_buffers": "'256MB'",
    "effective_cache_size": "'1GB'",
    "work_mem": "'16MB'",
    "maintenance_work_mem": "'128MB'",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",  # both cores have requests to answer; containers have little /dev/shm
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "idle_in_transaction_session_timeout": "'10min'",
}
DURABLE = {
    "fsync": "on",
    "wal_compression": "on",
    "max_wal_size": "'2GB'",
    "checkpoint_timeout": "'15min'",
    "checkpoint_completion_target": "0.9",
    "autovacuum_vacuum_scale_factor": "0.05",
    "autovacuum_analyze_scale_factor": "0.02",
    "logging_collector": "on",
    "log_filename": "'postgresql-%a.log'",
    "log_rotation_age": "'1d'",
    "log_truncate_on_rotation": "on",
    "log_file_mode": "0600",
}
# For tests and other data that is thrown away.
FLEETING = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "'4GB'",
    "autovacuum": "off",
}


def write(data: Path, *, socket: Path, log: Path, durable: bool) -> None:
    """Write our settings below the data directory, where postgresql.conf includes them."""
    values = COMMON | (DURABLE if durable else FLEETING)
    values |= {"unix_socket_directories": _quoted(socket), "log_directory": _quoted(log)}
    lines = [
        "# Written at each start of the server. Your own settings belong in postgresql.conf, below the include."
    ]
    lines += [f"{name} = {value}" for name, value in values.items()]
    (data / FILE).write_text("\n".join(lines) + "\n")


def include_ours(data: Path) -> None:
    """Make a new cluster's postgresql.conf read our file."""
    with (data / "postgresql.conf").open("a") as file:
        file.write(f"\ninclude_if_exists = '{FILE}'\n")


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
