"""Validators for attrs fields that several contexts need."""

from datetime import datetime
from decimal import Decimal

import attrs


def exact_int(_instance: object, attribute: "attrs.Attribute[int]", value: int) -> None:
    """Refuse anything but an int; a bool is not a number of anything.

    Raises:
        TypeError: If *value* is not exactly an int.
    """
    if type(value) is not int:
        message = f"{attribute.name} must be an int, not {type(value).__name__}: {value!r}"
        raise TypeError(message)


def exact_decimal(_instance: object, attribute: "attrs.Attribute[Decimal]", value: Decimal) -> None:
    """Refuse anything but a finite Decimal; a float has lost its digits already.

    Raises:
        TypeError: If *value* is not a Decimal.
        ValueError: If it is infinite or not a number.
    """
    if type(value) is not Decimal:
        message = f"{attribute.name} must be a Decimal, not {type(value).__name__}: {value!r}"
        raise TypeError(message)
    if not value.is_finite():
        message = f"{attribute.name} must be finite: {value!r}"
        raise ValueError(message)


def aware(_instance: object, attribute: "attrs.Attribute[datetime]", value: datetime) -> None:
    """Refuse a moment without a time zone.

    Raises:
        ValueError: If *value* has no UTC offset.
    """
    if value.tzinfo is None or value.utcoffset() is None:
        message = f"{attribute.name} must know its time zone: {value!r}"
        raise ValueError(message)


def not_blank(_instance: object, attribute: "attrs.Attribute[str]", value: str) -> None:
    """Refuse a text that shows nothing, or that begins or ends with a blank.

    Raises:
        ValueError: If *value* is empty or not stripped.
    """
    if not value or value != value.strip():
        message = f"{attribute.name} must be a text without blanks around it: {value!r}"
        raise ValueError(message)
