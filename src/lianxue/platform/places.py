"""Where an installation keeps what it makes: everything lies below one `var` directory."""

import os
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1]
TYPEFACES = [
    "noto-serif-sc/400Regular",
    "noto-serif-sc/700Bold",
    "noto-sans-sc/400Regular",
    "noto-sans-sc/700Bold",
]


def _home() -> Path:
    """Return the project directory, or the directory named by LIANXUE_HOME."""
    named = os.environ.get("LIANXUE_HOME")
    if named:
        return Path(named).expanduser().resolve()
    checkout = SOURCE.parents[1]
    return checkout if (checkout / "pyproject.toml").is_file() else Path.cwd()


@dataclass(frozen=True, kw_only=True)
class Places:
    """The directories of one installation."""

    home: Path

    @property
    def var(self) -> Path:
        return self.home / "var"

    @property
    def definitions(self) -> Path:
        """The office's own definitions of programmes, beside those that come with the platform."""
        return self.home / "definitions"

    @property
    def files(self) -> Path:
        """Pictures and documents that people have handed in."""
        return self.var / "files"

    @property
    def keys(self) -> Path:
        """The signing and sealing keys, readable by the owner only."""
        return self.var / "secrets"

    @property
    def static(self) -> Path:
        """Style sheets, scripts and fonts under their hashed names."""
        return self.var / "static"

    @property
    def typefaces(self) -> Path:
        """The typefaces that npm brought; LIANXUE_TYPEFACES names another place with the same folders."""
        named = os.environ.get("LIANXUE_TYPEFACES")
        return Path(named) if named else SOURCE.parents[1] / "node_modules" / "@expo-google-fonts"

    @property
    def postgres(self) -> Path:
        return self.var / "postgres"


def places() -> Places:
    """Return the places of this installation as the environment names them now."""
    return Places(home=_home())
