"""Find the Chromium for the browser journeys. As a script: print its path, or fail when there is none."""

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@functools.cache
def chromium_path() -> str | None:
    """Return a Chromium that starts: named by CHROMIUM, on PATH, or installed by Playwright."""
    return next((path for path in _candidates() if path and _starts(path)), None)


def launch_arguments() -> list[str]:
    """Return what Chromium needs: it refuses its sandbox as root, and containers have a small /dev/shm."""
    return ["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def _candidates() -> Iterator[str | None]:
    named = os.environ.get("CHROMIUM")
    if named:
        yield named
        return
    yield from (shutil.which(name) for name in NAMES)
    yield _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def _starts(path: str) -> bool:
    try:
        outcome = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return outcome.returncode == 0


if __name__ == "__main__":
    browser = chromium_path()
    print(browser or "no Chromium found")
    sys.exit(browser is None)
