"""Find a Chrome or Chromium for the browser tests, or install one, and print its path.

The path goes to standard output and everything else to standard error, so that the Makefile can hand it on to the tests
as KURSKATALOG_BROWSER. When that variable is set already, it names the browser and nothing else is tried.
Exit codes: 0 a browser was found and answers, 1 there is none and none could be installed.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

VARIABLE = "KURSKATALOG_BROWSER"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_PROGRAMS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
)


def say(text: str) -> None:
    """Print a line for people."""
    print(f"find_browser: {text}", file=sys.stderr, flush=True)


def run(command: list[str]) -> bool:
    """Run a command that asks nothing and say whether it went well; what it printed is shown only when it did not."""
    say("running: " + " ".join(command))
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        print("\n".join(done.stdout.splitlines()[-20:]), file=sys.stderr)
        say(f"that failed with exit code {done.returncode}")
    return done.returncode == 0


def answers(program: str) -> bool:
    """Whether the program is a browser that starts (Ubuntu's `chromium-browser` may only name a snap)."""
    try:
        done = subprocess.run(
            [program, "--version"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and "chrom" in done.stdout.lower()


def installed() -> Iterator[str]:
    """Every place where a browser usually lies on Linux and macOS, then Playwright's own folder."""
    yield from filter(None, map(shutil.which, PROGRAMS))
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            yield from (str(folder / program) for program in MAC_PROGRAMS)
    yield from playwright_browser()


def playwright_browser() -> Iterator[str]:
    """Where Playwright keeps, or would keep, a Chromium of its own."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        return
    try:
        with sync_playwright() as playwright:
            yield playwright.chromium.executable_path
    except Error as error:
        say(f"Playwright does not start: {error}")


def find() -> str | None:
    """Return the first browser that answers, or None."""
    return next((program for program in installed() if answers(program)), None)


def root_prefix() -> list[str] | None:
    """What to put before a command to run it as root: nothing, sudo without a password, or None when neither works."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    if shutil.which("sudo") and subprocess.run([*sudo, "true"], capture_output=True, check=False).returncode == 0:
        return sudo
    return None


def install_with_apt() -> bool:
    """Install the system's Chromium on Debian and its kin, when we may."""
    if not shutil.which("apt-get"):
        return False
    prefix = root_prefix()
    if prefix is None:
        say("apt-get needs root, and there is no sudo without a password: not tried")
        return False
    apt_get = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    run([*apt_get, "update"])  # one unreachable source fails it, and the package may be had all the same
    return run([*apt_get, "install", "-y", "chromium"])


def install_with_playwright() -> bool:
    """Let Playwright download its own Chromium into the user's cache folder."""
    return run([sys.executable, "-m", "playwright", "install", "chromium"])


def main() -> int:
    """Print the path of a browser that answers."""
    if named := os.environ.get(VARIABLE):
        if answers(named):
            print(named)
            return 0
        say(f"{VARIABLE} names '{named}', which is not a Chrome or Chromium that starts")
        return 1
    program = find()
    if program is None:
        say("no Chrome or Chromium is installed; the browser tests need one: installing it (this may take minutes)")
        for install in (install_with_apt, install_with_playwright):
            if install() and (program := find()):
                break
    if program is None:
        say(f"no browser could be installed. Install Chrome or Chromium, or set {VARIABLE} to the path of one.")
        return 1
    print(program)
    return 0


if __name__ == "__main__":
    sys.exit(main())
