"""``elkk calc``: the rules of the core, one at a time, for programs and for the curious."""

# Each module adds its calculators to the group.
from elkk_cli.commands.calc import (
    charges,
    control_digits,
    payment_codes,
    penalties,
    volumes,
)
from elkk_cli.commands.calc.asking import calc, qr

__all__ = ["calc", "charges", "control_digits", "payment_codes", "penalties", "qr", "volumes"]
