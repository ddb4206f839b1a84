"""The command line of the operator."""

from elkk_cli.main import main

__all__ = ["main"]
