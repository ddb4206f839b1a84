from pathlib import Path

import nox

nox.needs_version = ">=2025.11"
nox.options.default_venv_backend = "venv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["lint", "typing", "architecture", "tests", "browser", "docs"]

LOCKS = {
    "demo": ["--extra=cli", "--group=build"],
    "dev": ["--extra=all", "--group=dev", "--constraints=requirements/demo.lock"],
    "min": [
        "--extra=all",
        "--group=build",
        "--group=tests",
        "--resolution=lowest-direct",
    ],
}


def install(session: nox.Session, lock: str) -> None:
    """Install what *lock* pins, and the checkout itself beside it."""
    session.install("--no-deps", "--require-hashes", "--requirement", f"requirements/{lock}.lock")
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")


@nox.session
def demo(session: nox.Session) -> None:
    """Start the cabinet with demo data; arguments go to `elkk demo`."""
    install(session, "demo")
    session.run("elkk", "demo", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run all tests but the browser's, and measure their branch coverage."""
    install(session, "dev")
    pytest = ["pytest", "-n", "2", "-m", "not browser", *session.posargs]
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", *pytest)
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")


@nox.session
def tests_min(session: nox.Session) -> None:
    """Run the same tests on the lowest versions that pyproject.toml allows."""
    install(session, "min")
    session.run("pytest", "-n", "2", "-m", "not browser", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check the style and the layout of the code with ruff."""
    install(session, "dev")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def typing(session: nox.Session) -> None:
    """Check the types with mypy."""
    install(session, "dev")
    session.run("mypy")


@nox.session
def architecture(session: nox.Session) -> None:
    """Check who may import whom, and that each of these rules bites."""
    install(session, "dev")
    session.run("lint-imports", "--no-cache", "--no-logo")
    session.run("pytest", "-n", "2", "tests/architecture", *session.posargs)


@nox.session
def browser(session: nox.Session) -> None:
    """Use the cabinet in a real Chromium, which is installed if there is none."""
    install(session, "dev")
    session.run("python", "-m", "tests.browser.chromium")
    session.run("pytest", "-n", "2", "-m", "browser", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Run the benchmarks, or the one that is named, with its options: -- billing_run 100000."""
    install(session, "dev")
    programs = [[path.stem] for path in sorted(Path("benchmarks").glob("*.py"))]
    for name, *options in [session.posargs] if session.posargs else programs:
        session.run("python", "-m", f"benchmarks.{name}", *options)


@nox.session
def tour(session: nox.Session) -> None:
    """Take the pictures of docs/tour.md anew, from the demo."""
    install(session, "dev")
    session.run("python", "-m", "tests.browser.chromium")
    session.run("python", "-m", "tests.browser.tour", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site of the documentation; any warning is an error."""
    install(session, "dev")
    session.run("mkdocs", "build", "--strict", *session.posargs)


@nox.session
def audit(session: nox.Session) -> None:
    """Look for known vulnerabilities in what the cabinet runs on."""
    install(session, "dev")
    locked = ["--require-hashes", "--disable-pip", "--requirement", "requirements/demo.lock"]
    # Strict: what could not be looked up counts as found.
    session.run("pip-audit", "--strict", *locked, *session.posargs)


@nox.session
def lock(session: nox.Session) -> None:
    """Renew requirements/*.lock; -- --upgrade takes newer versions."""
    session.install("uv")
    for name, choice in LOCKS.items():
        session.run(
            "uv",
            "pip",
            "compile",
            "pyproject.toml",
            *choice,
            "--universal",
            "--python-version=3.11",
            "--generate-hashes",
            "--custom-compile-command=make lock",
            "--quiet",
            f"--output-file=requirements/{name}.lock",
            *session.posargs,
        )
