"""Unit tests touch nothing outside: any socket is an error."""

import pytest


@pytest.fixture(autouse=True)
def closed_sockets(socket_disabled: None) -> None:
    """Refuse to open a socket in any unit test."""
