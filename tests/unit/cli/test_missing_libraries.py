"""The command without the libraries that it needs."""

import sys

import pytest

import elkk_cli


def test_command_without_its_libraries_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever installed the core alone is told the one command that mends it."""
    monkeypatch.setattr(elkk_cli, "find_spec", lambda name: None if name == "click" else sys)

    with pytest.raises(SystemExit) as refused:
        elkk_cli.run()

    assert "elkk needs click: pip install 'elkk[cli]'" == refused.value.code
