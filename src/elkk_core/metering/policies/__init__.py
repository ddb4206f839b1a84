"""Rules of readings and of what stands in for them, with numbers that a supplier may set."""

from elkk_core.metering.policies.estimates import (
    ESTIMATES_UNTIL_RESTORED,
    ESTIMATES_BY_CAUSE,
    ESTIMATES_CLASSIC,
    ESTIMATE_POLICIES,
    Estimate,
    EstimateBasis,
    EstimatePolicy,
    EstimateReason,
    EstimateRule,
)
from elkk_core.metering.policies.norms import Norm, NormTable, PersonsBand
from elkk_core.metering.policies.readings import (
    RolloverPolicy,
    by_time,
    effective,
    months_measured_by,
    reading_before,
    reading_of,
    uncorrected,
)
from elkk_core.metering.policies.submissions import (
    SubmittedReadings,
    check_open,
    find_meter,
    read_values,
)

__all__ = [
    "ESTIMATES_BY_CAUSE",
    "ESTIMATES_CLASSIC",
    "ESTIMATES_UNTIL_RESTORED",
    "ESTIMATE_POLICIES",
    "Estimate",
    "EstimateBasis",
    "EstimatePolicy",
    "EstimateReason",
    "EstimateRule",
    "Norm",
    "NormTable",
    "PersonsBand",
    "RolloverPolicy",
    "SubmittedReadings",
    "by_time",
    "check_open",
    "effective",
    "find_meter",
    "months_measured_by",
    "read_values",
    "reading_before",
    "reading_of",
    "uncorrected",
]
