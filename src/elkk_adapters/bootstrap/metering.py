"""The room of meters, readings and norms."""

from elkk_adapters.application import Metering
from elkk_adapters.bootstrap.tools import Tools
from elkk_core import metering


def metering_room(tools: Tools) -> Metering:
    """Return the use cases and queries of meters, readings and norms."""
    return Metering(
        import_meters=metering.ImportMeters(
            unit_of_work=tools.unit_of_work, identifiers=tools.identifiers
        ),
        import_norms=metering.ImportNorms(unit_of_work=tools.unit_of_work),
        show_norms=metering.ShowNorms(reading=tools.reading),
        import_readings=metering.ImportReadings(
            unit_of_work=tools.unit_of_work,
            clock=tools.clock,
            identifiers=tools.identifiers,
            policy=tools.settings.rollover,
        ),
        import_gaps=metering.ImportGaps(unit_of_work=tools.unit_of_work),
        submit_readings=metering.SubmitReadings(
            unit_of_work=tools.unit_of_work,
            clock=tools.clock,
            identifiers=tools.identifiers,
            policy=tools.settings.rollover,
        ),
        correct_readings=metering.CorrectReadings(
            unit_of_work=tools.unit_of_work,
            clock=tools.clock,
            identifiers=tools.identifiers,
            policy=tools.settings.rollover,
        ),
        open_submission_ticket=metering.OpenSubmissionTicket(
            reading=tools.reading, tickets=tools.tickets, clock=tools.clock
        ),
        own_data=metering.ShowOwnReadings(sent_readings=tools.database.sent_readings),
    )
