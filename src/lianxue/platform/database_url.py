"""DATABASE_URL: one line that says which PostgreSQL to use."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

SCHEMES = frozenset({"postgres", "postgresql"})


class BadDatabaseUrl(ValueError):
    """The text is not the address of a PostgreSQL database."""


@dataclass(frozen=True, kw_only=True)
class DatabaseAddress:
    """The parts of a PostgreSQL address; `host` may be the directory of a Unix socket."""

    name: str
    user: str = ""
    password: str = ""
    host: str = ""
    port: str = ""
    options: dict[str, str] = field(default_factory=dict)

    def url(self) -> str:
        """Return the address as one line that `parse` reads back."""
        who = quote(self.user, safe="")
        if self.password:
            who += ":" + quote(self.password, safe="")
        query = dict(self.options)
        place = self.host
        if self.host.startswith("/"):
            query["host"] = self.host
            place = ""
        elif ":" in self.host:
            place = f"[{self.host}]"
        if self.port:
            place += f":{self.port}"
        tail = f"?{urlencode(query)}" if query else ""
        return f"postgresql://{who + '@' if who else ''}{place}/{quote(self.name, safe='')}{tail}"

    def named(self, name: str) -> "DatabaseAddress":
        """Return the address of another database on the same server."""
        return DatabaseAddress(
            name=name,
            user=self.user,
            password=self.password,
            host=self.host,
            port=self.port,
            options=self.options,
        )

    def to_libpq(self) -> dict[str, str]:
        """Return the environment variables by which PostgreSQL's own programs find this database."""
        known = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT"}
        known |= {"sslkey": "PGSSLKEY", "connect_timeout": "PGCONNECT_TIMEOUT", "options": "PGOPTIONS"}
        values = {
            "PGDATABASE": self.name,
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
            "PGHOST": self.host,
            "PGPORT": self.port,
        }
        values |= {known[key]: value for key, value in self.options.items() if key in known}
        return {key: value for key, value in values.items() if value}


def parse(text: str) -> DatabaseAddress:
    """Read a `postgresql://user:password@host:port/name?option=value` line.

    Raises BadDatabaseUrl, whose message never repeats the password.
    """
    try:
        parts = urlsplit(text)
        port = str(parts.port or "")
    except ValueError as error:
        raise BadDatabaseUrl(f"DATABASE_URL cannot be read: {error}.") from None
    if parts.scheme not in SCHEMES:
        raise BadDatabaseUrl("DATABASE_URL must begin with postgresql:// (PostgreSQL 15 or newer is needed).")
    options = dict(parse_qsl(parts.query))
    name = options.pop("dbname", "") or unquote(parts.path.lstrip("/"))
    if not name:
        raise BadDatabaseUrl("DATABASE_URL names no database: postgresql://user:password@host:5432/NAME")
    return DatabaseAddress(
        name=name,
        user=options.pop("user", "") or unquote(parts.username or ""),
        password=options.pop("password", "") or unquote(parts.password or ""),
        host=options.pop("host", "") or unquote(parts.hostname or ""),
        port=options.pop("port", "") or port,
        options=options,
    )
