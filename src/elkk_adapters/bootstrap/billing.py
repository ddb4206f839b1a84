"""The room of rules, bills and the audit."""

from elkk_adapters.application import Billing
from elkk_adapters.bootstrap.tools import Tools
from elkk_core import billing


def billing_room(tools: Tools) -> Billing:
    """Return the use cases and queries of rules, bills and the audit."""
    return Billing(
        replace_law_table=billing.ReplaceLawTable(unit_of_work=tools.unit_of_work),
        show_law_table=billing.ShowLawTable(reading=tools.reading),
        choose_rule=billing.ChooseRule(unit_of_work=tools.unit_of_work),
        import_estimate_rules=billing.ImportEstimateRules(unit_of_work=tools.unit_of_work),
        show_rules=billing.ShowRules(reading=tools.reading),
        import_benefits=billing.ImportBenefits(unit_of_work=tools.unit_of_work),
        import_bills=billing.ImportBills(
            unit_of_work=tools.unit_of_work, clock=tools.clock, identifiers=tools.identifiers
        ),
        import_payments=billing.ImportPayments(
            unit_of_work=tools.unit_of_work, clock=tools.clock, identifiers=tools.identifiers
        ),
        plan_billing=billing.PlanBilling(unit_of_work=tools.reading, clock=tools.clock),
        run_billing=billing.RunBilling(
            unit_of_work=tools.unit_of_work,
            clock=tools.clock,
            identifiers=tools.identifiers,
            rollover=tools.settings.rollover,
            batch_size=tools.database.bills_at_once,
        ),
        billing_runs=tools.billing_runs if tools.database.takes_many_writers else None,
        find_billing_problems=billing.FindBillingProblems(
            unit_of_work=tools.unit_of_work,
            clock=tools.clock,
            identifiers=tools.identifiers,
            rollover=tools.settings.rollover,
        ),
        correct_invoice=billing.CorrectInvoice(
            unit_of_work=tools.unit_of_work,
            clock=tools.clock,
            identifiers=tools.identifiers,
            rollover=tools.settings.rollover,
        ),
        preview_readings=billing.PreviewReadings(
            reading=tools.reading,
            cabinet=tools.database.cabinet,
            clock=tools.clock,
            rollover=tools.settings.rollover,
        ),
        print_invoice=billing.PrintInvoice(cabinet=tools.database.cabinet, printer=tools.printer),
        print_invoices=billing.PrintInvoices(
            invoices=tools.database.invoices, printer=tools.printer
        ),
        export_account=billing.ExportAccount(
            unit_of_work=tools.unit_of_work,
            cabinet=tools.database.cabinet,
            printer=tools.printer,
            clock=tools.clock,
            policy=tools.settings.exports,
        ),
        cabinet=tools.database.cabinet,
        show_statistics=billing.ShowStatistics(cabinet=tools.database.cabinet, clock=tools.clock),
        forecast_bills=billing.ForecastBills(
            reading=tools.reading, cabinet=tools.database.cabinet, clock=tools.clock
        ),
        invoices=tools.database.invoices,
        audit_books=billing.AuditBooks(auditor=tools.database.auditor),
        examine_accounts=billing.ExamineAccounts(auditor=tools.database.auditor),
        auditor=tools.database.auditor,
        billed_months=tools.database.billed_months,
    )
