"""The address the web server listens on."""

import errno
import socket
import urllib.error
import urllib.request
from dataclasses import dataclass

from lianxue.platform.trouble import Trouble

PAGES_BROKEN = "the pages do not load"  # as lianxue.platform.health says it
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
HIGHEST_PORT = 65_535


@dataclass(frozen=True)
class Site:
    """Host and port of the running site."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """Return the address for a browser on this machine."""
        host = EVERY_ADDRESS.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    def check_free(self) -> None:
        """Raise Trouble when the port cannot be listened on."""
        if not 0 < self.port <= HIGHEST_PORT:
            raise Trouble(f"{self.port} is not a port number. Ports go from 1 to {HIGHEST_PORT}.")
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                raise Trouble(self._reason(error)) from None

    def _reason(self, error: OSError) -> str:
        if error.errno == errno.EADDRINUSE:
            return (
                f"Port {self.port} is taken by another program (perhaps Lianxue is running already). "
                f"Stop it or choose another port, for example PORT={self.port + 1}."
            )
        if error.errno in {errno.EACCES, errno.EPERM}:
            return (
                f"Port {self.port} may only be used by root. Choose a port above 1023, for example PORT=8000."
            )
        return f"Cannot listen on {self.host} port {self.port}: {error.strerror or error}."

    def is_ready(self) -> bool:
        """Say whether the site answers and its database is migrated. Raises Trouble when it never will."""
        directly = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with directly.open(f"{self.url}readyz", timeout=3):
                return True
        except urllib.error.HTTPError as refusal:
            if PAGES_BROKEN in refusal.read().decode(errors="replace"):
                raise Trouble("The pages of the site do not load; see the messages above.") from None
            return False
        except (OSError, urllib.error.URLError):
            return False
