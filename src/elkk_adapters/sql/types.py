"""How values of the core are stored, exactly, on SQLite and on PostgreSQL alike."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, get_args

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from elkk_adapters.sql.documents import CONTENT, DERIVATION, NOTICE, STANDING
from elkk_core.billing.model import (
    AccountStanding,
    BenefitDerivation,
    PenaltyDerivation,
    VolumeDerivation,
)
from elkk_core.identity.model import Email, Phone
from elkk_core.metering.policies import PersonsBand
from elkk_core.notices.model import Notice
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month
from elkk_core.shared.traits import Traits
from elkk_core.shared.zones import ZONE_SCHEMES, Zone
from elkk_core.support.model import Content

_MONTHS_FACTOR = 100
_INFINITY = Decimal("Infinity")

TEXT: sa.types.TypeEngine[str] = sa.Text().with_variant(
    postgresql.TEXT(collation="C"), "postgresql"
)
"""A text that sorts by code points on every database, whatever the locale of the server."""

SEQUENCE = sa.BigInteger().with_variant(sqlite.INTEGER(), "sqlite")
"""A number that the database counts up by itself; SQLite does so for INTEGER alone."""


def one_of(kind: type[StrEnum], *, rule: str) -> sa.Enum:
    """Return the type of a column that holds a member of *kind*, as text under a check *rule*."""
    return sa.Enum(
        kind,
        name=rule,
        native_enum=False,
        create_constraint=True,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware moment, kept in UTC; SQLite itself knows no time zones."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return what the driver stores.

        Raises:
            ValueError: If the moment does not know its time zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"the moment must know its time zone: {value!r}"
            raise ValueError(message)
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return the moment that the driver read."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Moments(sa.types.TypeDecorator[tuple[datetime, ...]]):
    """Several moments in one column, as a JSON list."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(
        self, value: tuple[datetime, ...] | None, dialect: sa.Dialect
    ) -> list[str] | None:
        """Return the list to store."""
        del dialect
        return None if value is None else [moment.astimezone(UTC).isoformat() for moment in value]

    def process_result_value(
        self, value: list[str] | None, dialect: sa.Dialect
    ) -> tuple[datetime, ...] | None:
        """Return the moments of a stored list."""
        del dialect
        return None if value is None else tuple(datetime.fromisoformat(text) for text in value)


class TextList(sa.types.TypeDecorator[tuple[str, ...]]):
    """Several texts in one column, as a JSON list."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(
        self, value: tuple[str, ...] | None, dialect: sa.Dialect
    ) -> list[str] | None:
        """Return the list to store."""
        del dialect
        return None if value is None else [*value]

    def process_result_value(
        self, value: list[str] | None, dialect: sa.Dialect
    ) -> tuple[str, ...] | None:
        """Return the texts of a stored list."""
        del dialect
        return None if value is None else tuple(value)


class Exact(sa.types.TypeDecorator[Decimal]):
    """A decimal number with all its digits; SQLite would make a float of a number, so it is text there."""

    impl = sa.Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """Return the type of the column."""
        kind: sa.types.TypeEngine[Any] = sa.Text() if dialect.name == "sqlite" else sa.Numeric()
        return dialect.type_descriptor(kind)

    def process_bind_param(
        self, value: Decimal | None, dialect: sa.Dialect
    ) -> Decimal | str | None:
        """Return what the driver stores."""
        return str(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(
        self, value: Decimal | str | None, dialect: sa.Dialect
    ) -> Decimal | None:
        """Return the number that the driver read."""
        del dialect
        return None if value is None else Decimal(value)


class UpperBound(Exact):
    """The bound of a range, infinity where there is none: a part of a key is never empty."""

    cache_ok = True

    def process_bind_param(
        self, value: Decimal | None, dialect: sa.Dialect
    ) -> Decimal | str | None:
        """Return what the driver stores."""
        return super().process_bind_param(_INFINITY if value is None else value, dialect)

    def process_result_value(
        self, value: Decimal | str | None, dialect: sa.Dialect
    ) -> Decimal | None:
        """Return the bound that the driver read, None for infinity."""
        bound = super().process_result_value(value, dialect)
        return None if bound == _INFINITY else bound


class _Written(sa.types.TypeDecorator[Any]):
    """A value that is stored as a plain one of another type, and made of it again.

    Whether it may be empty is the column's matter.
    """

    cache_ok = True

    kind: type[Any] | tuple[type[Any], ...]
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return what the driver stores.

        Raises:
            TypeError: If *value* is of another class than the column's.
        """
        del dialect
        if value is None:
            return None
        kinds = self.kind if isinstance(self.kind, tuple) else (self.kind,)
        if type(value) not in kinds:
            names = " or ".join(kind.__name__ for kind in kinds)
            message = f"the column holds {names}, not {type(value).__name__}"
            raise TypeError(message)
        return type(self).write(value)

    def process_result_value(self, value: Any | None, dialect: sa.Dialect) -> Any | None:
        """Return the value that the driver read."""
        del dialect
        return None if value is None else type(self).read(value)


class Kopecks(_Written):
    """Money as a whole number of kopecks."""

    impl = sa.BigInteger
    cache_ok = True
    kind = Money
    write = staticmethod(lambda money: money.kopecks)

    @staticmethod
    def read(value: int | Decimal) -> Money:
        """Return the money; PostgreSQL gives the sum of whole numbers as a decimal one."""
        return Money(int(value))


class YearMonth(_Written):
    """A month as the number 202611, so that later months are greater."""

    impl = sa.Integer
    cache_ok = True
    kind = Month
    write = staticmethod(lambda month: month.year * _MONTHS_FACTOR + month.number)
    read = staticmethod(lambda number: Month(*divmod(number, _MONTHS_FACTOR)))


class PhoneNumber(_Written):
    """A phone in the form of E.164."""

    impl = TEXT
    cache_ok = True
    kind = Phone
    write = staticmethod(lambda phone: phone.number)
    read = staticmethod(Phone)


class EmailAddress(_Written):
    """An e-mail address."""

    impl = TEXT
    cache_ok = True
    kind = Email
    write = staticmethod(lambda email: email.address)
    read = staticmethod(Email)


class TraitList(_Written):
    """Traits as people write them, in the order of their names, so that equal ones are one text."""

    impl = TEXT
    cache_ok = True
    kind = Traits
    write = staticmethod(str)
    read = staticmethod(Traits.parse)


class PersonsRange(_Written):
    """A band of persons as people write it: «3», «2-4», «5+»."""

    impl = TEXT
    cache_ok = True
    kind = PersonsBand
    write = staticmethod(str)
    read = staticmethod(PersonsBand.parse)


class ZoneCount(_Written):
    """The zones of a meter by their number: one, two or three."""

    impl = sa.SmallInteger
    cache_ok = True
    kind = tuple
    write = staticmethod(len)

    @staticmethod
    def read(value: int) -> tuple[Zone, ...]:
        """Return the zones of a meter that has so many."""
        return ZONE_SCHEMES[value]


class DerivationText(_Written):
    """Where an amount comes from; see ``documents``."""

    impl = TEXT
    cache_ok = True
    kind = (VolumeDerivation, BenefitDerivation, PenaltyDerivation)
    write = staticmethod(DERIVATION.write)
    read = staticmethod(DERIVATION.read)


class StandingText(_Written):
    """Where an account stands after a bill; see ``documents``."""

    impl = TEXT
    cache_ok = True
    kind = AccountStanding
    write = staticmethod(STANDING.write)
    read = staticmethod(STANDING.read)


class NoticeText(_Written):
    """What a household is told; see ``documents``."""

    impl = TEXT
    cache_ok = True
    kind = get_args(Notice)
    write = staticmethod(NOTICE.write)
    read = staticmethod(NOTICE.read)


class ContentText(_Written):
    """What a supplier publishes; see ``documents``."""

    impl = TEXT
    cache_ok = True
    kind = Content
    write = staticmethod(CONTENT.write)
    read = staticmethod(CONTENT.read)
