"""Meters, their registers and readings."""

# Use cases
from elkk_core.metering.use_cases.import_meters import ImportMeters, SuppliedMeter
from elkk_core.metering.use_cases.import_readings import ImportReadings, SuppliedReading
from elkk_core.metering.use_cases.submit_readings import SubmitReadings, SubmittedReadings

# Ports
from elkk_core.metering.ports import MeteredAccounts, MeteringUnitOfWork, Meters, Readings

# Policies
from elkk_core.metering.policies import (
    ESTIMATES_UNTIL_RESTORED,
    ESTIMATES_BY_CAUSE,
    ESTIMATES_CLASSIC,
    ESTIMATE_POLICIES,
    Estimate,
    EstimateBasis,
    EstimateCause,
    EstimatePolicy,
    EstimateReason,
    EstimateRule,
    RolloverPolicy,
    by_time,
    effective,
    reading_before,
    reading_of,
)

# Model
from elkk_core.metering.model import (
    Consumption,
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
    NormUnknown,
    PersonsUnknown,
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
    "ESTIMATES_BY_CAUSE",
    "ESTIMATES_CLASSIC",
    "ESTIMATES_UNTIL_RESTORED",
    "ESTIMATE_POLICIES",
    "CapacityMalformed",
    "Consumption",
    "DigitCapacity",
    "Estimate",
    "EstimateBasis",
    "EstimateCause",
    "EstimatePolicy",
    "EstimateReason",
    "EstimateRule",
    "ImportMeters",
    "ImportReadings",
    "Meter",
    "MeterFixed",
    "MeterNotFound",
    "MeteredAccount",
    "MeteredAccounts",
    "MeteringUnitOfWork",
    "Meters",
    "NormUnknown",
    "PersonsUnknown",
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
