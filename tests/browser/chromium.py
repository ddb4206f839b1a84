"""Find the Chromium that the browser tests drive; run as a program, install it if there is none.

Looked for in this order: what ELKK_CHROMIUM names, a Chromium or Chrome of the system, Playwright's
own. Installed is Debian's, by root on a Debian; Playwright's own elsewhere.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

COMMANDS = ("chromium", "chromium-browser", "google-chrome")


def executable() -> str | None:
    """Return the path of the browser to start; None if there is none."""
    named = os.environ.get("ELKK_CHROMIUM")
    if named:
        return named
    installed = next(filter(None, map(shutil.which, COMMANDS)), None)
    if installed:
        return installed
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install() -> None:
    """Install a Chromium, with the fonts that Debian's does not bring.

    Raises:
        CalledProcessError: If the installation fails.
    """
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
        packages = ["chromium", "fonts-liberation"]
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
            check=True,
            env=quiet,
        )
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    if executable() is None:
        install()
    sys.stdout.write(f"The browser tests drive {executable()}.\n")
