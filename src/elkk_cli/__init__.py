"""The command line of the operator."""

import sys
from importlib.util import find_spec

_NEEDED = ("click", "rich", "sqlalchemy", "flask", "typst")


def run() -> None:
    """Run the command ``elkk``; without the libraries of the extra ``cli`` say how to get them."""
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        sys.exit(f"elkk needs {', '.join(missing)}: pip install 'elkk[cli]'")
    from elkk_cli.main import main  # noqa: PLC0415 - it imports what may be missing

    main()


__all__ = ["run"]
