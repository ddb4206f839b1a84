"""What words on the command line can be."""

from enum import StrEnum
from typing import Any, TypeVar

import click

from elkk_core.shared import Month, NotAMonth

ChoiceT = TypeVar("ChoiceT", bound=StrEnum)


class MonthParameter(click.ParamType[Month]):
    """A month such as 2026-11."""

    name = "month"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Month:
        """Return the month that *value* means; a wrong command line if it means none."""
        try:
            return Month.parse(str(value))
        except NotAMonth:
            self.fail(f"{value!r} is not a month such as 2026-11", param, ctx)


class OneOf(click.Choice[ChoiceT]):
    """A member of an enumeration by its value."""

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:
        """Return the word by which a member is asked for."""
        return super().normalize_choice(str(choice), ctx)
