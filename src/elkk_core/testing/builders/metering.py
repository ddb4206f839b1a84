"""A valid meter, reading, gap and norm."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from attrs import evolve

from elkk_core.metering import (
    DigitCapacity,
    EstimateCause,
    Meter,
    MeteringGap,
    Norm,
    PersonsBand,
    Reading,
    ReadingSource,
    SubmissionTicket,
)
from elkk_core.shared import (
    ReadingId,
    Traits,
    Zone,
)
from elkk_core.testing.builders.household import (
    ACCOUNT_ID,
    JANUARY,
    METER_ID,
    MORNING,
    SUPPLIER_ID,
    USER_ID,
)


def a_meter(**changes: Any) -> Meter:
    """Return the manual's meter: one zone, five digits, no transformer."""
    return evolve(
        Meter(
            meter_id=METER_ID,
            account_id=ACCOUNT_ID,
            number="011070123456",
            zones=(Zone.ALL_DAY,),
            capacity=DigitCapacity(integers=5),
            installed_on=date(2006, 11, 15),
            verification_due=date(2022, 11, 15),
        ),
        **changes,
    )


def a_reading(**changes: Any) -> Reading:
    """Return the manual's reading of ``a_meter()``, taken on 13 January 2020."""
    return evolve(
        Reading(
            reading_id=ReadingId(UUID(int=0xA5)),
            meter_id=METER_ID,
            zone=Zone.ALL_DAY,
            value=Decimal(14323),
            taken_on=date(2020, 1, 13),
            month=JANUARY,
            source=ReadingSource.SUPPLIER,
            recorded_at=MORNING,
        ),
        **changes,
    )


def a_gap(**changes: Any) -> MeteringGap:
    """Return a failure of ``a_meter()`` on 20 January 2020 that goes on."""
    return evolve(
        MeteringGap(meter_id=METER_ID, cause=EstimateCause.METER_FAILED, since=date(2020, 1, 20)),
        **changes,
    )


def a_norm(**changes: Any) -> Norm:
    """Return the norm of Volgograd for two persons in two rooms without an electric stove."""
    return evolve(
        Norm(
            supplier_id=SUPPLIER_ID,
            effective_from=date(2016, 7, 1),
            traits=Traits.parse("rooms=2; stove=other"),
            persons=PersonsBand(2, 2),
            kwh=Decimal(68),
        ),
        **changes,
    )


def a_ticket(**changes: Any) -> SubmissionTicket:
    """Return a ticket of the user for the account, good through the window of January."""
    return evolve(
        SubmissionTicket(user_id=USER_ID, account_id=ACCOUNT_ID, good_through=date(2020, 1, 25)),
        **changes,
    )
