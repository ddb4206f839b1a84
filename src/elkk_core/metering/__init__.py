"""Meters, their registers and readings."""

# Use cases
from elkk_core.metering.use_cases.import_meters import ImportMeters, SuppliedMeter
from elkk_core.metering.use_cases.import_readings import ImportReadings, SuppliedReading
from elkk_core.metering.use_cases.submit_readings import SubmitReadings, SubmittedReadings

# Ports
from elkk_core.metering.ports import MeteredAccounts, MeteringUnitOfWork, Meters, Readings

# Policies
from elkk_core.metering.policies import (
    RolloverPolicy,
    by_time,
    effective,
    reading_before,
    reading_of,
)

# Model
from elkk_core.metering.model import (
    DigitCapacity,
    Meter,
    MeteredAccount,
    Reading,
    ReadingSource,
    meter_number,
    read_ratio,
    read_zones,
)

# Errors
from elkk_core.metering.errors import (
    CapacityMalformed,
    MeterFixed,
    MeterNotFound,
    RatioNotPositive,
    ReadingAlreadyRecorded,
    ReadingBelowPrevious,
    ReadingInTheFuture,
    ReadingNotANumber,
    ReadingOutOfOrder,
    ReadingTooLong,
    ReadingTooPrecise,
    RolloverNotConfirmed,
    SourceUnknown,
    SubmissionClosed,
    ZoneNotMetered,
    ZonesMalformed,
)

__all__ = [
    "CapacityMalformed",
    "DigitCapacity",
    "ImportMeters",
    "ImportReadings",
    "Meter",
    "MeterFixed",
    "MeterNotFound",
    "MeteredAccount",
    "MeteredAccounts",
    "MeteringUnitOfWork",
    "Meters",
    "RatioNotPositive",
    "Reading",
    "ReadingAlreadyRecorded",
    "ReadingBelowPrevious",
    "ReadingInTheFuture",
    "ReadingNotANumber",
    "ReadingOutOfOrder",
    "ReadingSource",
    "ReadingTooLong",
    "ReadingTooPrecise",
    "Readings",
    "RolloverNotConfirmed",
    "RolloverPolicy",
    "SourceUnknown",
    "SubmissionClosed",
    "SubmitReadings",
    "SubmittedReadings",
    "SuppliedMeter",
    "SuppliedReading",
    "ZoneNotMetered",
    "ZonesMalformed",
    "by_time",
    "effective",
    "meter_number",
    "read_ratio",
    "read_zones",
    "reading_before",
    "reading_of",
]
