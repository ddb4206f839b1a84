"""What a benchmark tells: a table for the documentation, or JSON."""

import json
from collections.abc import Mapping

from benchmarks.kit.machine import describe_machine

Figures = Mapping[str, object]
"""Figures by name with their units; a sequence is for JSON alone."""


def tell(about: Figures, columns: Mapping[str, Figures], *, as_json: bool) -> None:
    """Print what a benchmark was of, and its figures in one column or several."""
    if as_json:
        whole = {"machine": describe_machine(), **about, "figures": columns}
        print(json.dumps(whole, indent=2, ensure_ascii=False))
        return
    print(describe_machine(), *(f"{name}: {value}" for name, value in about.items()), sep="\n")
    print()
    _print_row("", *columns)
    _print_row("---", *("---:" for _ in columns))
    names = dict.fromkeys(name for figures in columns.values() for name in figures)
    for name in names:
        cells = [figures.get(name, "") for figures in columns.values()]
        if not any(isinstance(cell, list) for cell in cells):
            _print_row(name, *map(_figure, cells))


def _print_row(*cells: str) -> None:
    print(f"| {' | '.join(cells)} |")


def _figure(value: object) -> str:
    """Return a figure as people read it, its thousands apart."""
    return f"{value:,}".replace(",", " ") if isinstance(value, int | float) else str(value)
