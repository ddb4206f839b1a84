"""Every contract bites: an adapter that is broken on purpose fails the test that is about it."""

# ruff: noqa: ANN401, SLF001 - To break an adapter is intimate work, and its parts are of any type.

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from attrs import evolve, frozen
from hypothesis import Phase, settings
from tests.unit.testing.test_machines import memory

from elkk_core.accounts import BillFigure, Mailing
from elkk_core.billing import (
    AccountStanding,
    EarlierBill,
    InvoiceSource,
    Law,
    RecordedReading,
    RuleBook,
)
from elkk_core.identity import AuthenticatorSetup, Email, Phone
from elkk_core.metering import Meter, NormTable, ReadingSource
from elkk_core.payments import RegisteredOrder
from elkk_core.shared import Money, StaleState, Traits
from elkk_core.support import Correspondent, ServedAccount
from elkk_core.tariffs import TariffBook
from elkk_core.testing import contracts, doubles
from elkk_core.testing.builders import (
    JANUARY,
    USER_ID,
    a_bank_answer,
    a_phone_change,
    a_reading,
    a_rule,
    a_ticket,
    an_account,
    an_invoice,
)
from elkk_core.testing.machines import (
    HouseholdMachine,
    LinkingMachine,
    MeterMachine,
    PaymentMachine,
    play,
)
from elkk_core.testing.memory import (
    MemoryStore,
    MemoryUnitOfWork,
    accounts,
    auditing,
    billable,
    billed_months,
    billing,
    identity,
    law,
    metering,
    notices,
    payments,
    queries,
    rules,
    support,
    tables,
    tariffs,
)

Broken = Callable[..., Any]


@frozen
class Break:
    """A part of an adapter, what it is replaced by, and the test that has to notice."""

    test: str
    owner: object
    part: str
    broken: object
    arguments: tuple[object, ...] = ()


def _numbered(breaks: list[Break]) -> list[str]:
    return [f"{number}-{each.test}-{each.part}" for number, each in enumerate(breaks, start=1)]


# How adapters are broken


def _nothing(*_: object, **__: object) -> None:
    """Do nothing, whatever was asked."""


def _without_keywords(method: Broken) -> Broken:
    return lambda self, *asked, **_: method(self, *asked)


def _constantly(value: object) -> Broken:
    return lambda *_, **__: value


def _commits_at_the_end(uow: MemoryUnitOfWork, *_: object) -> None:
    uow.commit()


def _tells_at_the_end(uow: MemoryUnitOfWork, *_: object) -> None:
    uow._committed.events = (*uow._committed.events, *uow._outbox)


def _commits_on_an_error(uow: MemoryUnitOfWork, kind: object, *_: object) -> None:
    if kind is not None:
        uow.commit()


def _enters_again(uow: Any) -> Any:
    uow._seen = uow._committed.tables
    uow._tables = uow._seen.copy()
    return uow


def _commits_without_looking(committed: tables.Committed, **what: Any) -> None:
    committed.tables = what["changed"]
    committed.events = (*committed.events, *what["events"])


def _keeps_version(table: dict[Any, Any], key: Any, row: Any, *, what: str) -> None:
    tables.insert({}, key, row, what=what)
    table[key] = row


def _ignores_version(table: dict[Any, Any], key: Any, row: Any, **_: str) -> None:
    table[key] = evolve(row, version=table[key].version + 1 if key in table else 1)


def _overwrites(table: dict[Any, Any], key: Any, row: Any, **_: str) -> None:
    table[key] = row


def _without_ranges(table: dict[Any, Any], key: Any, row: Any, **_: str) -> None:
    table[key[:-1]] = row


def _keeping(method: Broken, **changes: object) -> Broken:
    """Return *method*, which keeps something else than what it is given."""
    return lambda self, rows: method(self, [evolve(row, **changes) for row in rows])


def _adds_rows(self: Any, table: Any, rows: Iterable[Any]) -> None:
    self._tables.law[table] = (*self._tables.law.get(table, ()), *rows)


def _keeps_events(row: Any, outbox: list[Any]) -> Any:
    outbox.extend(row.events)
    return row


def _loses_events(row: Any, _: object) -> Any:
    return evolve(row, events=())


def _all(name: str) -> Broken:
    """Return a look-up that finds every row, whoever asks."""

    def found(self: Any, *_: object, **__: object) -> tuple[Any, ...]:
        return tuple(getattr(self._tables, name).values())

    return found


def _by_key(name: str, key: str) -> Broken:
    """Return a look-up by key that finds every row."""

    def found(self: Any, *_: object, **__: object) -> dict[Any, Any]:
        return {getattr(row, key): row for row in getattr(self._tables, name).values()}

    return found


def _backwards(method: Broken) -> Broken:
    def turned(*args: Any, **named: Any) -> tuple[Any, ...]:
        return tuple(reversed(method(*args, **named)))

    return turned


def _of_anybody(method: Broken) -> Broken:
    """Return *method*, which tells of all users whoever asks."""

    def told(reader: Any, _user_id: object) -> tuple[Any, ...]:
        users = reader._committed.tables.users
        return tuple(chain.from_iterable(method(reader, user_id) for user_id in users))

    return told


def _altered(method: Broken, **changes: object) -> Broken:
    """Return *method*, whose result has lost something on the way."""

    def altered(*args: Any, **named: Any) -> Any:
        found = method(*args, **named)
        if isinstance(found, tuple):
            return tuple(evolve(row, **changes) for row in found)
        return evolve(found, **changes)

    return altered


def _each_altered(method: Broken, **changes: object) -> Broken:
    """Return *method*, each of whose results has lost something on the way."""

    def altered(*args: Any, **named: Any) -> Iterator[Any]:
        return (evolve(row, **changes) for row in method(*args, **named))

    return altered


def _with(method: Broken, **asked: object) -> Broken:
    """Return *method*, which does not listen to what is asked."""
    return lambda *args, **named: method(*args, **{**named, **asked})


_EVER = datetime(1, 1, 1, tzinfo=UTC)


def _emptied(method: Broken) -> Broken:
    """Return *method* of a repository, asked of empty tables."""

    def asked(self: Any, *args: Any, **named: Any) -> Any:
        return method(type(self)(tables.Tables()), *args, **named)

    return asked


def _anybody(method: Broken) -> Broken:
    """Return a query that forgets to look at the links."""

    def asked(self: Any, what: Any, **named: Any) -> Any:
        everybody = self._committed.tables.copy()
        for (_, account_id), link in list(everybody.links.items()):
            everybody.links[named["user_id"], account_id] = link
        return method(type(self)(SimpleNamespace(tables=everybody)), what, **named)

    return asked


def _without_end(method: Broken) -> Broken:
    """Return a query that forgets where what it is asked for ends."""

    def asked(self: Any, *what: Any, through: object = None, **named: Any) -> Any:  # noqa: ARG001 - That is the mistake.
        return method(self, *what, **named)

    return asked


def _linked_by_anybody(self: Any, account_id: Any, **_: object) -> Any:
    return self._metered(self._tables.accounts[account_id])


def _confirmed_or_not(self: Any, email: Email) -> Any:
    return next((u for u in self._tables.users.values() if u.email == email), None)


def _remembers_for_ever(method: Broken) -> Broken:
    def add(self: Any, key: str, *, until: datetime, now: datetime) -> None:
        method(self, key, until=until + timedelta(days=1000), now=now)

    return add


def _takes_from_outside(counter: list[int]) -> Broken:
    def take(_: object, __: object, ___: object, count: int) -> int:
        counter[0] += count
        return counter[0] - count + 1

    return take


def _takes_for_everybody(self: Any, _: object, __: object, count: int) -> int:
    key: Any = "all"
    taken: int = self._tables.invoice_numbers.get(key, 0)
    self._tables.invoice_numbers[key] = taken + count
    return taken + 1


def _sums_of_known(method: Broken) -> Broken:
    def balances(self: Any, some: Iterable[Any], **named: Any) -> dict[Any, Any]:
        found = method(self, some, **named)
        return {key: amount for key, amount in found.items() if amount != Money.zero()}

    return balances


def _a_day_later(method: Broken) -> Broken:
    def balances(self: Any, some: Any, *, before: Any) -> Any:
        return method(self, some, before=before + timedelta(days=1))

    return balances


def _to_the_end_of_time(method: Broken) -> Broken:
    def balances(self: Any, some: Any, **_: object) -> Any:
        return method(self, some, before=date.max)

    return balances


def _a_month_later(method: Broken) -> Broken:
    def since(self: Any, account_id: Any, month: Any) -> Any:
        return method(self, account_id, month.next)

    return since


def _corrected_bills_too(self: Any) -> Iterator[Any]:
    """Yield the bills in whose place others stand, as if they did not."""
    for account in self.accounts:
        before = None
        for bill in self._bills(account.account_id):
            yield account, before, bill
            before = bill


def _from_the_beginning(moved: Broken) -> Broken:
    """Return a sum of entries that forgets where it should begin."""
    return lambda self, account, _, bill, **named: moved(self, account, None, bill, **named)


def _first(table: dict[Any, Any]) -> Any:
    return next(iter(table.values()))


def _of_first_revisions(method: Broken) -> Broken:
    """Return *method*, which knows of no corrected bill."""
    return lambda *args: tuple(bill for bill in method(*args) if not bill.revision)


def _without_penalty(method: Broken) -> Broken:
    return lambda self, bill: evolve(method(self, bill), closing=bill.closing - bill.penalty)


def _with_all_bills(self: Any, invoice_id: Any) -> Any:
    bill = self._tables.invoices[invoice_id]
    account = self._tables.accounts[bill.account_id]
    return self._billable(account, bill.month, self._bills(account))


_METER = billable.MemoryBillableAccounts._meter
_PAYMENTS = billable.MemoryBillableAccounts._payments
_UNBILLED = billable.MemoryBillableAccounts._unbilled
_EARLIER = EarlierBill(month=JANUARY, charged=Money(1))

STORE = [
    # Transactions
    Break("test_transaction_keeps_what_was_committed", MemoryUnitOfWork, "commit", _nothing),
    Break(
        "test_transaction_sees_its_own_changes",
        identity.MemoryUsers,
        "find_by_phone",
        _constantly(None),
    ),
    Break(
        "test_transaction_forgets_what_was_not_committed",
        MemoryUnitOfWork,
        "__exit__",
        _commits_at_the_end,
    ),
    Break(
        "test_transaction_forgets_everything_on_an_error",
        MemoryUnitOfWork,
        "__exit__",
        _commits_on_an_error,
    ),
    Break(
        "test_transaction_forgets_changes_of_known_rows_too",
        MemoryUnitOfWork,
        "__exit__",
        _commits_at_the_end,
    ),
    Break("test_transaction_is_used_once", MemoryUnitOfWork, "__enter__", _enters_again),
    Break("test_transaction_counts_saved_states", identity, "update", _keeps_version),
    Break("test_transaction_refuses_a_stale_state", identity, "update", _ignores_version),
    Break(
        "test_transaction_refuses_the_state_of_something_never_added",
        identity,
        "update",
        _ignores_version,
    ),
    Break(
        "test_transaction_refuses_the_slower_of_two",
        tables.Committed,
        "merge",
        _commits_without_looking,
    ),
    Break(
        "test_transaction_shows_others_nothing_before_the_commit",
        tables.Tables,
        "copy",
        lambda self: self,
    ),
    Break(
        "test_transaction_hands_over_events_of_what_was_saved",
        identity,
        "hand_over",
        _loses_events,
    ),
    Break("test_transaction_hands_over_an_event_once", identity, "hand_over", _keeps_events),
    Break(
        "test_transaction_forgets_events_that_were_not_committed",
        MemoryUnitOfWork,
        "__exit__",
        _tells_at_the_end,
    ),
    Break(
        "test_transaction_keeps_changes_of_several_kinds_together",
        MemoryUnitOfWork,
        "__exit__",
        _commits_on_an_error,
    ),
    # Identity
    Break(
        "test_registration_comes_back_equal",
        identity.MemoryRegistrations,
        "get",
        _altered(identity.MemoryRegistrations.get, phone_known=False),
    ),
    Break("test_registration_is_saved", identity.MemoryRegistrations, "save", _nothing),
    Break("test_registration_stale_is_refused", identity, "update", _ignores_version),
    Break("test_registration_unknown_is_not_found", identity.MemoryRegistrations, "get", _nothing),
    Break(
        "test_recovery_link_comes_back_equal",
        identity.MemoryRecoveryLinks,
        "get",
        _altered(identity.MemoryRecoveryLinks.get, used_at=None),
    ),
    Break(
        "test_recovery_link_of_nobody_comes_back_equal",
        identity.MemoryRecoveryLinks,
        "get",
        _altered(identity.MemoryRecoveryLinks.get, user_id=UUID(int=0)),
    ),
    Break("test_recovery_link_unknown_is_not_found", identity.MemoryRecoveryLinks, "get", _nothing),
    Break("test_recovery_link_is_saved", identity.MemoryRecoveryLinks, "save", _nothing),
    Break("test_captcha_is_heard_once", identity.MemoryAnsweredCaptchas, "add", _nothing),
    Break(
        "test_captcha_is_forgotten_when_its_time_is_over",
        identity.MemoryAnsweredCaptchas,
        "add",
        _remembers_for_ever(identity.MemoryAnsweredCaptchas.add),
    ),
    Break(
        "test_user_removed_is_gone_with_all_that_is_theirs",
        identity,
        "_forget",
        lambda of, user: of.users.pop(user.user_id),
    ),
    Break(
        "test_user_removed_leaves_others_and_the_books_alone",
        identity,
        "_drop",
        lambda table, _: table.clear(),
    ),
    Break("test_user_removed_tells_by_the_events", identity, "hand_over", _loses_events),
    Break(
        "test_user_changed_meanwhile_is_not_removed",
        identity.MemoryUsers,
        "remove",
        lambda self, user: identity._forget(self._tables, user),
    ),
    Break(
        "test_recovery_of_nobody_comes_back_equal",
        identity.MemoryRecoveries,
        "get",
        _altered(identity.MemoryRecoveries.get, user_id=UUID(int=0)),
    ),
    Break("test_recovery_is_saved", identity, "update", _ignores_version),
    Break(
        "test_user_comes_back_equal",
        identity.MemoryUsers,
        "get",
        _altered(identity.MemoryUsers.get, consents=()),
    ),
    Break(
        "test_user_is_found_by_a_confirmed_email_only",
        identity.MemoryUsers,
        "find_by_confirmed_email",
        _confirmed_or_not,
    ),
    Break("test_user_with_a_phone_of_another_is_refused", tables.Tables, "check_unique", _nothing),
    Break(
        "test_user_who_confirms_an_email_of_another_is_refused",
        tables.Tables,
        "check_unique",
        _nothing,
    ),
    Break("test_user_is_saved_in_every_field", identity.MemoryUsers, "save", _nothing),
    Break(
        "test_email_confirmation_unknown_is_not_found",
        identity.MemoryEmailConfirmations,
        "get",
        _nothing,
    ),
    Break("test_session_unknown_has_ended", identity.MemorySessions, "get", _nothing),
    Break(
        "test_session_list_has_those_not_ended",
        identity.MemorySessions,
        "list_not_ended",
        _all("sessions"),
    ),
    Break(
        "test_session_list_has_those_not_ended",
        identity.MemorySessions,
        "list_not_ended",
        _backwards(identity.MemorySessions.list_not_ended),
    ),
    Break(
        "test_user_who_takes_the_phone_of_another_is_refused",
        tables.Tables,
        "check_unique",
        _nothing,
    ),
    Break(
        "test_second_factor_never_chosen_is_empty",
        identity.MemorySecondFactors,
        "get",
        _nothing,
    ),
    Break(
        "test_second_factor_comes_back_equal",
        identity.MemorySecondFactors,
        "get",
        _altered(identity.MemorySecondFactors.get, last_step=None),
    ),
    Break("test_second_factor_is_saved", identity, "update", _ignores_version),
    Break("test_second_factor_is_saved", identity, "hand_over", _loses_events),
    Break("test_second_factor_of_two_beginnings_is_refused", identity, "insert", _overwrites),
    Break(
        "test_pending_sign_in_comes_back_equal",
        identity.MemoryPendingSignIns,
        "get",
        _altered(identity.MemoryPendingSignIns.get, finished_at=None),
    ),
    Break(
        "test_pending_sign_in_unknown_has_expired",
        identity.MemoryPendingSignIns,
        "get",
        _nothing,
    ),
    Break("test_pending_sign_in_is_saved", identity, "update", _ignores_version),
    Break(
        "test_phone_change_never_asked_for_is_none",
        identity.MemoryPhoneChanges,
        "find",
        _constantly(a_phone_change()),
    ),
    Break(
        "test_phone_change_comes_back_equal",
        identity.MemoryPhoneChanges,
        "find",
        _altered(identity.MemoryPhoneChanges.find, phone_known=False),
    ),
    Break("test_phone_change_is_saved", identity, "hand_over", _loses_events),
    Break("test_phone_change_is_saved", identity, "update", _ignores_version),
    Break("test_tally_counts_on", identity.MemoryTallies, "save", _nothing),
    Break("test_tally_forgotten_is_empty", identity.MemoryTallies, "forget", _nothing),
    Break("test_tally_stale_is_refused", identity, "update", _ignores_version),
    # Accounts
    Break(
        "test_supplier_with_a_code_of_another_is_refused",
        tables.Tables,
        "check_unique",
        _nothing,
    ),
    Break(
        "test_suppliers_are_listed_by_name",
        accounts.MemorySuppliers,
        "list_all",
        _all("suppliers"),
    ),
    Break(
        "test_accounts_are_found_by_number_within_their_supplier",
        accounts.MemoryAccounts,
        "find_by_numbers",
        _by_key("accounts", "number"),
    ),
    Break(
        "test_account_number_is_unique_within_its_supplier",
        tables.Tables,
        "check_unique",
        _nothing,
    ),
    Break("test_accounts_are_saved", accounts, "update", _ignores_version),
    Break(
        "test_link_is_of_one_user",
        accounts.MemoryLinks,
        "find",
        lambda self, *_: next(iter(self._tables.links.values())),
    ),
    Break("test_link_is_made_once", accounts.MemoryLinks, "add", _nothing),
    Break("test_link_is_saved", accounts, "update", _ignores_version),
    Break("test_link_is_removed", accounts.MemoryLinks, "remove", _nothing),
    Break(
        "test_link_that_was_saved_meanwhile_is_not_removed",
        accounts.MemoryLinks,
        "remove",
        lambda self, link: self._tables.links.pop((link.user_id, link.account_id), None),
    ),
    Break(
        "test_link_is_changed_by_one_of_two", tables.Committed, "merge", _commits_without_looking
    ),
    Break(
        "test_linking_comes_back_equal",
        accounts.MemoryLinkings,
        "list_of",
        _altered(accounts.MemoryLinkings.list_of, linked_at=doubles.NOON),
    ),
    Break("test_linkings_are_of_one_account", accounts.MemoryLinkings, "list_of", _all("linkings")),
    Break(
        "test_mailing_never_chosen_is_the_default",
        accounts.MemoryMailings,
        "get",
        _altered(accounts.MemoryMailings.get, sms=True),
    ),
    Break(
        "test_mailing_comes_back_equal",
        accounts.MemoryMailings,
        "get",
        _altered(accounts.MemoryMailings.get, email=True),
    ),
    Break("test_mailing_is_chosen_again", accounts, "update", _ignores_version),
    Break(
        "test_bill_figures_are_those_in_force",
        accounts.MemoryBillFigures,
        "list_since",
        lambda self, *_: tuple(
            BillFigure(closing=bill.closing) for bill in self._tables.invoices.values()
        ),
    ),
    Break(
        "test_bill_figures_begin_with_a_month",
        accounts.MemoryBillFigures,
        "list_since",
        _a_month_later(accounts.MemoryBillFigures.list_since),
    ),
    Break(
        "test_bill_figures_begin_with_a_month",
        accounts.MemoryBillFigures,
        "list_since",
        _backwards(accounts.MemoryBillFigures.list_since),
    ),
    # Tariffs
    Break(
        "test_book_holds_the_rates_of_its_supplier",
        tariffs.MemoryTariffs,
        "book",
        lambda self, _: TariffBook(rates=[*self._tables.rates.values()][-1:]),
    ),
    Break("test_rate_is_published_once", tariffs, "insert", _overwrites),
    Break("test_book_holds_all_ranges_of_a_publication", tariffs, "insert", _without_ranges),
    # Metering
    Break(
        "test_metered_account_is_of_who_linked_it",
        metering.MemoryMeteredAccounts,
        "get_linked",
        _linked_by_anybody,
    ),
    Break(
        "test_metered_account_is_of_who_linked_it",
        metering.MemoryMeteredAccounts,
        "look_at_linked",
        _linked_by_anybody,
    ),
    Break(
        "test_metered_account_knows_the_last_month_billed_here",
        metering,
        "InvoiceSource",
        SimpleNamespace(ISSUED=InvoiceSource.IMPORTED),
    ),
    Break(
        "test_meters_are_listed_by_installation_then_number",
        metering.MemoryMeters,
        "list_of",
        _all("meters"),
    ),
    Break("test_meters_are_saved", metering, "update", _ignores_version),
    Break(
        "test_reading_of_a_user_comes_back_equal",
        metering.MemoryReadings,
        "list_of",
        _altered(metering.MemoryReadings.list_of, submitted_by=None),
    ),
    Break(
        "test_readings_are_listed_by_date_then_as_recorded",
        metering.MemoryReadings,
        "list_of",
        _all("readings"),
    ),
    Break(
        "test_correction_comes_back_equal",
        metering.MemoryReadings,
        "add_all",
        _keeping(metering.MemoryReadings.add_all, corrects=None),
    ),
    Break("test_reading_is_corrected_once", tables.Tables, "check_unique", _nothing),
    Break(
        "test_reading_and_its_correction_are_added_together",
        metering.MemoryReadings,
        "list_of",
        _backwards(metering.MemoryReadings.list_of),
    ),
    Break(
        "test_sent_readings_are_of_who_sent_them",
        metering.MemorySentReadings,
        "list_for",
        lambda self, _: tuple(map(self._with_numbers, self._committed.tables.readings.values())),
    ),
    Break(
        "test_sent_readings_are_listed_from_the_latest",
        metering.MemorySentReadings,
        "list_for",
        _backwards(metering.MemorySentReadings.list_for),
    ),
    Break(
        "test_gap_comes_back_equal",
        metering.MemoryMeteringGaps,
        "add_all",
        _keeping(metering.MemoryMeteringGaps.add_all, until=None),
    ),
    Break(
        "test_gaps_are_listed_by_first_day_then_cause",
        metering.MemoryMeteringGaps,
        "list_of",
        _all("gaps"),
    ),
    Break("test_gap_of_a_cause_and_day_is_one", metering, "insert", _overwrites),
    Break("test_gaps_are_saved", metering, "update", _ignores_version),
    Break(
        "test_norm_comes_back_equal",
        metering.MemoryNorms,
        "add_all",
        _keeping(metering.MemoryNorms.add_all, traits=Traits()),
    ),
    Break("test_norm_table_comes_back_equal", metering, "insert", _nothing),
    Break(
        "test_norm_table_is_of_its_supplier",
        metering.MemoryNorms,
        "table",
        lambda self, _: NormTable(norms=chain.from_iterable(self._tables.norms.values())),
    ),
    Break("test_norms_of_a_date_are_kept_once", metering, "insert", _overwrites),
    # Support
    Break(
        "test_household_of_a_linked_account",
        support.MemoryHouseholds,
        "get_linked",
        lambda self, account_id, **_: ServedAccount(
            account_id=account_id,
            number=self._tables.accounts[account_id].number,
            supplier=self.get_supplier(self._tables.accounts[account_id].supplier_id),
        ),
    ),
    Break(
        "test_household_gets_letters_at_a_confirmed_address",
        support.MemoryHouseholds,
        "find_correspondent",
        lambda self, user_id: Correspondent(
            email=self._tables.users[user_id].email.address, given_name="Анна", language="ru"
        ),
    ),
    Break(
        "test_request_comes_back_equal",
        support.MemorySupportRequests,
        "get",
        _altered(support.MemorySupportRequests.get, account_number=""),
    ),
    Break(
        "test_request_is_found_by_its_number",
        support.MemorySupportRequests,
        "get_by_number",
        lambda self, _, number: next(
            one for one in reversed(self._tables.requests.values()) if one.number == number
        ),
    ),
    Break(
        "test_request_unknown_is_not_found",
        support.MemorySupportRequests,
        "get_by_number",
        lambda self, _, number: next(
            one for one in self._tables.requests.values() if one.number == number
        ),
    ),
    Break(
        "test_request_keeps_what_was_written",
        support.MemorySupportRequests,
        "save",
        lambda self, request: self._tables.requests.update(
            {request.request_id: evolve(request, messages=request.messages[:1], version=1)}
        ),
    ),
    Break("test_request_saved_by_another_is_stale", support, "update", _ignores_version),
    Break(
        "test_request_number_is_unique_within_its_supplier",
        tables.Tables,
        "check_unique",
        _nothing,
    ),
    Break("test_request_hands_its_events_over", support, "hand_over", _loses_events),
    Break(
        "test_request_numbers_go_on",
        support.MemoryRequestNumbers,
        "take",
        _constantly(1),
    ),
    Break(
        "test_request_numbers_are_of_one_supplier_and_year",
        support.MemoryRequestNumbers,
        "take",
        lambda self, *_: self._tables.request_numbers.setdefault((None, 0), 2),
    ),
    Break(
        "test_content_comes_back_equal",
        support.MemoryContents,
        "find",
        _altered(support.MemoryContents.find, version=7),
    ),
    Break("test_content_is_replaced", support, "update", _ignores_version),
    Break("test_content_is_first_published_once", support, "insert", _overwrites),
    Break(
        "test_content_of_a_supplier_without_any_is_empty",
        support.MemoryContentLibrary,
        "get",
        lambda self, _: next(iter(self._committed.tables.contents.values())).content,
    ),
    Break(
        "test_request_overview_has_all_of_a_request",
        support.MemoryRequestOverviews,
        "_overview",
        _altered(support.MemoryRequestOverviews._overview, address=""),
    ),
    Break(
        "test_request_overview_of_somebody_else_is_not_found",
        support.MemoryRequestOverviews,
        "get",
        lambda self, request_id, **_: self._overview(self._committed.tables.requests[request_id]),
    ),
    Break(
        "test_request_overviews_of_a_user_are_the_newest_first",
        support.MemoryRequestOverviews,
        "list_for",
        _backwards(support.MemoryRequestOverviews.list_for),
    ),
    Break(
        "test_request_overviews_of_a_user_are_the_newest_first",
        support.MemoryRequestOverviews,
        "list_for",
        _with(support.MemoryRequestOverviews.list_for, since=None),
    ),
    Break(
        "test_request_overviews_of_a_user_are_the_newest_first",
        support.MemoryRequestOverviews,
        "list_for",
        _with(support.MemoryRequestOverviews.list_for, account_id=None),
    ),
    Break(
        "test_request_overview_without_an_account_has_no_address",
        support.MemoryRequestOverviews,
        "_overview",
        _altered(support.MemoryRequestOverviews._overview, address="?"),
    ),
    Break(
        "test_request_overviews_of_a_supplier_are_the_eldest_first",
        support.MemoryRequestOverviews,
        "list_of",
        _backwards(support.MemoryRequestOverviews.list_of),
    ),
    Break(
        "test_request_overviews_of_a_supplier_are_the_eldest_first",
        support.MemoryRequestOverviews,
        "list_of",
        _with(support.MemoryRequestOverviews.list_of, limit=99),
    ),
    Break(
        "test_request_overviews_of_an_unknown_supplier_are_refused",
        support.MemoryRequestOverviews,
        "list_of",
        _constantly(()),
    ),
    # Billing
    Break(
        "test_benefit_comes_back_equal",
        billing.MemoryBenefits,
        "list_of",
        _altered(billing.MemoryBenefits.list_of, limit=None),
    ),
    Break(
        "test_benefits_are_listed_by_name_then_by_first_month",
        billing.MemoryBenefits,
        "list_of",
        _backwards(billing.MemoryBenefits.list_of),
    ),
    Break(
        "test_benefits_are_listed_by_name_then_by_first_month",
        billing.MemoryBenefits,
        "list_of",
        _all("benefits"),
    ),
    Break("test_benefit_is_one_of_its_name_and_month", billing, "insert", _overwrites),
    Break("test_benefits_are_saved", billing, "update", _ignores_version),
    Break(
        "test_law_is_of_this_release_until_it_is_replaced",
        law.MemoryLawTables,
        "get",
        _constantly(Law(moratoria=())),
    ),
    Break("test_law_table_comes_back_equal", law.MemoryLawTables, "replace", _nothing),
    Break(
        "test_law_table_is_replaced_as_a_whole",
        law.MemoryLawTables,
        "replace",
        _adds_rows,
    ),
    Break(
        "test_law_table_without_rows_is_that_of_this_release",
        law.MemoryLawTables,
        "replace",
        _adds_rows,
    ),
    Break(
        "test_choice_comes_back_equal",
        rules.MemoryRuleBooks,
        "choose",
        _keeping(rules.MemoryRuleBooks.choose, month=JANUARY),
    ),
    Break(
        "test_estimate_rule_comes_back_equal",
        rules.MemoryRuleBooks,
        "choose_estimates",
        _keeping(rules.MemoryRuleBooks.choose_estimates, month=JANUARY),
    ),
    Break(
        "test_rule_book_without_choices_is_empty",
        rules.MemoryRuleBooks,
        "book",
        _constantly(RuleBook(rules=(a_rule(),))),
    ),
    Break(
        "test_rule_book_holds_the_choices_of_its_supplier",
        rules.MemoryRuleBooks,
        "book",
        lambda self, _: RuleBook(rules=self._tables.rules.values()),
    ),
    Break(
        "test_choice_made_again_takes_the_place_of_the_first",
        rules.MemoryRuleBooks,
        "choose",
        lambda self, some: [
            self._tables.rules.setdefault((r.supplier_id, r.name, r.month), r) for r in some
        ],
    ),
    Break(
        "test_choice_made_again_takes_the_place_of_the_first",
        rules.MemoryRuleBooks,
        "choose_estimates",
        lambda self, some: [
            self._tables.estimate_rules.setdefault((r.supplier_id, r.cause, r.month), r)
            for r in some
        ],
    ),
    Break(
        "test_billable_account_has_all_that_a_bill_is_made_of",
        metering.MemoryMeters,
        "list_of",
        _emptied(metering.MemoryMeters.list_of),
    ),
    Break(
        "test_billable_account_has_all_that_a_bill_is_made_of",
        metering.MemoryMeteringGaps,
        "list_of",
        _emptied(metering.MemoryMeteringGaps.list_of),
    ),
    Break(
        "test_billable_account_has_all_that_a_bill_is_made_of",
        billing.MemoryBenefits,
        "list_of",
        _emptied(billing.MemoryBenefits.list_of),
    ),
    Break(
        "test_billable_account_has_all_that_a_bill_is_made_of",
        billable.MemoryBillableAccounts,
        "_last",
        _altered(billable.MemoryBillableAccounts._last, standing=None),
    ),
    Break(
        "test_billable_account_may_have_nothing",
        billable.MemoryBillableAccounts,
        "batch",
        _constantly(()),
    ),
    Break(
        "test_billable_account_knows_its_last_bill_of_all",
        billable.MemoryBillableAccounts,
        "_bills",
        _backwards(billable.MemoryBillableAccounts._bills),
    ),
    Break(
        "test_billable_account_knows_its_last_bill_of_all",
        billing.MemoryInvoices,
        "list_of",
        _of_first_revisions(billing.MemoryInvoices.list_of),
    ),
    Break(
        "test_billable_account_closes_with_all_lines_of_its_last_bill",
        billable.MemoryBillableAccounts,
        "_last",
        _without_penalty(billable.MemoryBillableAccounts._last),
    ),
    Break(
        "test_billable_account_has_readings_that_count_after_its_last_bill",
        billable.MemoryBillableAccounts,
        "_meter",
        lambda self, meter, month, _: _METER(self, meter, month, None),
    ),
    Break(
        "test_billable_account_has_readings_that_count_after_its_last_bill",
        billable.MemoryBillableAccounts,
        "_meter",
        lambda self, meter, month, last: _METER(self, meter, month.next, last),
    ),
    Break(
        "test_billable_account_has_all_readings_before_the_first_bill_here",
        billable.MemoryBillableAccounts,
        "_last",
        _altered(billable.MemoryBillableAccounts._last, standing=AccountStanding()),
    ),
    Break(
        "test_billable_accounts_keep_their_facts_apart",
        billing.MemoryBenefits,
        "list_of",
        _all("benefits"),
    ),
    Break(
        "test_billable_accounts_keep_their_facts_apart",
        metering.MemoryReadings,
        "list_of",
        _all("readings"),
    ),
    Break(
        "test_billable_account_has_the_payments_since_its_last_bill",
        billable.MemoryBillableAccounts,
        "_payments",
        lambda self, account, month, _: _PAYMENTS(self, account, month, None),
    ),
    Break(
        "test_billable_account_has_the_payments_since_its_last_bill",
        billable.MemoryBillableAccounts,
        "_payments",
        lambda self, account, month, last: _PAYMENTS(self, account, month.next, last),
    ),
    Break(
        "test_billable_account_has_the_payments_since_its_last_bill",
        billable.MemoryBillableAccounts,
        "_payments",
        _backwards(_PAYMENTS),
    ),
    Break(
        "test_payments_of_a_day_come_as_recorded",
        billable.MemoryBillableAccounts,
        "_payments",
        _backwards(_PAYMENTS),
    ),
    Break(
        "test_billable_account_has_the_bills_of_an_earlier_system",
        billable.MemoryBillableAccounts,
        "batch",
        _altered(billable.MemoryBillableAccounts.batch, earlier=()),
    ),
    Break(
        "test_billable_account_needs_no_earlier_bills_after_one_issued_here",
        billable.MemoryBillableAccounts,
        "batch",
        _altered(billable.MemoryBillableAccounts.batch, earlier=(_EARLIER,)),
    ),
    Break(
        "test_account_is_billable_as_before_an_invoice",
        billable.MemoryBillableAccounts,
        "get_before",
        _with_all_bills,
    ),
    Break(
        "test_account_is_looked_at_as_a_batch_has_it",
        billable.MemoryBillableAccounts,
        "get",
        _altered(billable.MemoryBillableAccounts.get, last_bill=None),
    ),
    Break(
        "test_account_unknown_is_not_looked_at",
        billable.MemoryBillableAccounts,
        "get",
        _nothing,
    ),
    Break(
        "test_no_account_is_billable_as_before_no_invoice",
        billable.MemoryBillableAccounts,
        "get_before",
        _nothing,
    ),
    Break(
        "test_billable_accounts_come_within_bounds",
        billable.MemoryBillableAccounts,
        "_unbilled",
        lambda self, supplier_id, month, after, _: _UNBILLED(self, supplier_id, month, after, ""),
    ),
    Break(
        "test_billable_accounts_come_within_bounds",
        billable.MemoryBillableAccounts,
        "_unbilled",
        lambda self, supplier_id, month, _, through: _UNBILLED(
            self, supplier_id, month, "", through
        ),
    ),
    Break(
        "test_bounds_divide_the_accounts_that_are_left",
        billable.MemoryBillableAccounts,
        "bounds",
        lambda self, supplier_id, month, *, size: tuple(
            account.number for account in _UNBILLED(self, supplier_id, month, "", "")[::size]
        ),
    ),
    Break(
        "test_billable_accounts_are_those_without_a_bill_for_the_month",
        billable.MemoryBillableAccounts,
        "_unbilled",
        _all("accounts"),
    ),
    Break(
        "test_billable_accounts_come_in_batches_by_number",
        billable.MemoryBillableAccounts,
        "batch",
        _backwards(billable.MemoryBillableAccounts.batch),
    ),
    Break(
        "test_invoice_comes_back_equal",
        billing.MemoryInvoices,
        "list_of",
        _altered(billing.MemoryInvoices.list_of, arithmetic_version=0),
    ),
    Break(
        "test_standing_comes_back_equal",
        billable.MemoryBillableAccounts,
        "_last",
        _altered(billable.MemoryBillableAccounts._last, standing=AccountStanding()),
    ),
    Break(
        "test_invoices_are_listed_by_month_then_by_revision",
        billing.MemoryInvoices,
        "list_of",
        _all("invoices"),
    ),
    Break(
        "test_accounts_are_billed_through_a_month",
        billing.MemoryInvoices,
        "billed_through",
        lambda self, accounts, **_: {
            bill.account_id: bill.month for bill in self.list_of(accounts)
        },
    ),
    Break("test_invoice_is_corrected_once", tables.Tables, "check_unique", _nothing),
    Break(
        "test_invoices_are_found_by_number_within_their_supplier",
        billing.MemoryInvoices,
        "find_numbers",
        _by_key("invoices", "number"),
    ),
    Break(
        "test_invoice_is_one_for_an_account_and_month",
        tables.Tables,
        "check_unique",
        _nothing,
    ),
    Break(
        "test_invoice_number_is_unique_within_its_supplier",
        tables.Tables,
        "check_unique",
        _nothing,
    ),
    Break(
        "test_numbers_begin_at_one_and_have_no_gaps",
        billing.MemoryInvoiceNumbers,
        "take",
        _constantly(1),
    ),
    Break(
        "test_numbers_go_on_within_a_unit",
        billing.MemoryInvoiceNumbers,
        "take",
        _constantly(1),
    ),
    Break(
        "test_numbers_of_a_unit_not_committed_go_back",
        billing.MemoryInvoiceNumbers,
        "take",
        _takes_from_outside([0]),
    ),
    Break(
        "test_numbers_are_of_one_supplier_and_year",
        billing.MemoryInvoiceNumbers,
        "take",
        _takes_for_everybody,
    ),
    Break(
        "test_entries_are_listed_by_date_then_as_recorded",
        billing.MemoryLedger,
        "list_of",
        _all("entries"),
    ),
    Break(
        "test_balances_are_sums_before_a_day",
        billing.MemoryLedger,
        "balances",
        _a_day_later(billing.MemoryLedger.balances),
    ),
    Break(
        "test_balances_are_sums_before_a_day",
        billing.MemoryLedger,
        "balances",
        _sums_of_known(billing.MemoryLedger.balances),
    ),
    Break(
        "test_payments_are_found_within_their_supplier",
        billing.MemoryPayments,
        "find_by_references",
        _by_key("payments", "reference"),
    ),
    Break(
        "test_payment_reference_is_unique_within_its_supplier",
        tables.Tables,
        "check_unique",
        _nothing,
    ),
    # Queries
    Break(
        "test_user_overview_has_all_of_a_user",
        queries.MemoryUserOverviews,
        "get",
        _altered(queries.MemoryUserOverviews.get, live_sessions=2),
    ),
    Break(
        "test_user_overviews_by_email_are_the_eldest_first",
        queries.MemoryUserOverviews,
        "find_by_email",
        _backwards(queries.MemoryUserOverviews.find_by_email),
    ),
    Break(
        "test_supplier_list_is_by_name",
        accounts.MemorySuppliers,
        "list_all",
        _all("suppliers"),
    ),
    Break(
        "test_linked_accounts_are_of_one_user",
        queries.MemoryLinkedAccounts,
        "list_for",
        _backwards(queries.MemoryLinkedAccounts.list_for),
    ),
    Break(
        "test_linked_accounts_of_nobody_are_none",
        queries.MemoryLinkedAccounts,
        "get",
        _anybody(queries.MemoryLinkedAccounts.get),
    ),
    Break(
        "test_linked_accounts_tell_when_they_were_linked",
        queries.MemoryLinkedAccounts,
        "list_linkings",
        _backwards(queries.MemoryLinkedAccounts.list_linkings),
    ),
    Break(
        "test_mailing_list_is_of_suppliers_that_serve_the_user",
        accounts.MemoryMailings,
        "get",
        lambda _self, user_id, supplier_id: Mailing(user_id=user_id, supplier_id=supplier_id),
    ),
    Break(
        "test_cabinet_shows_the_card_of_an_account",
        queries,
        "readings_to_count",
        lambda readings, **_: tuple(readings)[:1],
    ),
    Break(
        "test_cabinet_knows_the_first_month",
        queries.MemoryCabinet,
        "first_month",
        _constantly(None),
    ),
    Break(
        "test_cabinet_shows_a_stranger_nothing",
        queries.MemoryCabinet,
        "first_month",
        _anybody(queries.MemoryCabinet.first_month),
    ),
    Break(
        "test_cabinet_shows_history_by_month",
        queries.MemoryCabinet,
        "history",
        _without_end(queries.MemoryCabinet.history),
    ),
    Break(
        "test_cabinet_shows_history_by_month",
        queries.MemoryCabinet,
        "history",
        _backwards(queries.MemoryCabinet.history),
    ),
    Break(
        "test_cabinet_tells_which_readings_were_corrected",
        queries,
        "RecordedReading",
        lambda **parts: RecordedReading(**{**parts, "is_corrected": False}),
    ),
    Break(
        "test_cabinet_shows_an_invoice",
        queries.MemoryCabinet,
        "invoice",
        _altered(queries.MemoryCabinet.invoice, paid_in_month=Money(0)),
    ),
    Break(
        "test_cabinet_shows_a_bill_and_its_correction",
        queries,
        "_reference",
        _constantly(None),
    ),
    Break(
        "test_cabinet_shows_a_bill_and_its_correction",
        billing.MemoryInvoices,
        "list_of",
        _of_first_revisions(billing.MemoryInvoices.list_of),
    ),
    Break(
        "test_cabinet_shows_a_stranger_nothing",
        queries.MemoryCabinet,
        "account",
        _anybody(queries.MemoryCabinet.account),
    ),
    Break(
        "test_cabinet_shows_a_stranger_nothing",
        queries.MemoryCabinet,
        "history",
        _anybody(queries.MemoryCabinet.history),
    ),
    Break(
        "test_cabinet_shows_a_stranger_nothing",
        queries.MemoryCabinet,
        "invoice",
        _anybody(queries.MemoryCabinet.invoice),
    ),
    Break(
        "test_cabinet_keeps_accounts_apart",
        metering.MemoryMeters,
        "list_of",
        _all("meters"),
    ),
    Break(
        "test_invoice_list_finds_by_supplier_and_number",
        queries.MemoryInvoiceList,
        "get_by_number",
        _without_keywords(queries.MemoryInvoiceList.get_by_number),
    ),
    Break(
        "test_invoice_list_has_no_other_number",
        queries.MemoryInvoiceList,
        "get_by_number",
        _nothing,
    ),
    Break(
        "test_invoice_list_goes_through_a_month_account_by_account",
        queries.MemoryInvoiceList,
        "list_accounts",
        _backwards(queries.MemoryInvoiceList.list_accounts),
    ),
    Break(
        "test_invoice_list_shows_the_invoices_of_some_accounts",
        queries.MemoryInvoiceList,
        "list_of",
        _altered(queries.MemoryInvoiceList.list_of, paid_in_month=Money.zero()),
    ),
    Break(
        "test_invoice_list_tells_where_an_account_stands",
        queries.MemoryInvoiceList,
        "list_of",
        _altered(queries.MemoryInvoiceList.list_of, standing=None),
    ),
    Break(
        "test_invoice_list_tells_what_a_year_consumed",
        queries,
        "CONSUMPTION_MONTHS",
        12,
    ),
    Break(
        "test_invoice_list_tells_what_a_year_consumed",
        billing.MemoryInvoices,
        "list_of",
        _all("invoices"),
    ),
    Break(
        "test_invoice_list_has_the_bills_in_force",
        queries.MemoryInvoiceList,
        "count",
        lambda self, *_: len(self._committed.tables.invoices),
    ),
    Break(
        "test_invoice_list_has_the_bills_in_force",
        queries.MemoryInvoiceList,
        "_by_account",
        lambda self, *_: {an_account().number: _first(self._committed.tables.invoices)},
    ),
    Break(
        "test_invoice_list_knows_other_months_and_suppliers",
        queries.MemoryInvoiceList,
        "_by_account",
        _constantly({"0001": an_invoice()}),
    ),
    Break(
        "test_invoice_list_has_no_other_supplier",
        queries.MemoryInvoiceList,
        "count",
        _constantly(0),
    ),
    Break(
        "test_month_counts_accounts_and_sums_bills_in_force",
        billed_months.MemoryBilledMonths,
        "figures",
        _altered(billed_months.MemoryBilledMonths.figures, penalties=Money.zero()),
    ),
    Break(
        "test_month_of_nobody_is_empty",
        billed_months.MemoryBilledMonths,
        "figures",
        _altered(billed_months.MemoryBilledMonths.figures, billed=1),
    ),
    Break(
        "test_last_month_is_that_of_the_latest_bill",
        billed_months.MemoryBilledMonths,
        "last",
        _constantly(JANUARY.next),
    ),
    Break(
        "test_numbers_taken_are_those_of_the_year",
        billed_months.MemoryBilledMonths,
        "numbers_taken",
        _constantly(3),
    ),
    Break(
        "test_month_of_an_unknown_supplier_is_told",
        billed_months.MemoryBilledMonths,
        "figures",
        _constantly(None),
    ),
    # Notices
    Break(
        "test_notification_comes_back_equal",
        notices.MemoryNotifications,
        "get",
        _altered(notices.MemoryNotifications.get, version=7),
    ),
    Break("test_notification_is_raised_once", notices, "_key", lambda notification: notification),
    Break(
        "test_notification_is_for_its_user_alone", notices, "_is_linked", _constantly(value=True)
    ),
    Break("test_notification_is_saved", notices.MemoryNotifications, "save", _nothing),
    Break("test_notifications_are_mailed_once", notices.MemoryNotifications, "mail", _nothing),
    Break(
        "test_unmailed_come_user_by_user",
        notices.MemoryNotifications,
        "list_unmailed",
        _with(notices.MemoryNotifications.list_unmailed, users=9),
    ),
    Break(
        "test_recipient_is_told_as_chosen",
        notices.MemoryNotifications,
        "_unmailed",
        _altered(notices.MemoryNotifications._unmailed, recipient=None),
    ),
    Break("test_who_has_unlinked_is_no_recipient", notices, "_is_linked", _constantly(value=True)),
    Break("test_watch_is_kept_in_place_of_the_one_before", notices.MemoryWatches, "put", _nothing),
    Break(
        "test_unread_are_counted_and_listed",
        notices.MemoryUserNotifications,
        "list_unread",
        _with(notices.MemoryUserNotifications.list_unread, limit=9),
    ),
    Break(
        "test_list_of_an_account_begins_with_a_moment",
        notices.MemoryUserNotifications,
        "list_of",
        _with(notices.MemoryUserNotifications.list_of, since=_EVER),
    ),
    Break(
        "test_notification_is_found_by_its_user",
        notices.MemoryUserNotifications,
        "get",
        _with(notices.MemoryUserNotifications.get, user_id=USER_ID),
    ),
    Break(
        "test_notifications_go_out_of_sight_with_the_link",
        notices,
        "_is_linked",
        _constantly(value=True),
    ),
    Break(
        "test_windows_are_those_of_meters",
        notices.MemoryNoticeFacts,
        "windows",
        _constantly(frozenset()),
    ),
    Break(
        "test_unread_meter_lacks_a_reading",
        notices.MemoryNoticeFacts,
        "unread_meters",
        _constantly(()),
    ),
    Break(
        "test_unread_meter_is_there_and_has_one_of_the_windows",
        Meter,
        "is_there",
        _constantly(value=True),
    ),
    Break(
        "test_verification_terms_end_in_time",
        notices.MemoryNoticeFacts,
        "verification_terms",
        _with(notices.MemoryNoticeFacts.verification_terms, through=date.max),
    ),
    Break(
        "test_unpaid_account_owes_something",
        notices.MemoryNoticeFacts,
        "unpaid_accounts",
        _each_altered(notices.MemoryNoticeFacts.unpaid_accounts, charged=Money(1)),
    ),
    Break(
        "test_unpaid_account_has_a_bill",
        billing.MemoryInvoices,
        "list_of",
        _constantly((an_invoice(),)),
    ),
    *(
        Break(
            test,
            notices.MemoryNoticeFacts,
            facts,
            _with(getattr(notices.MemoryNoticeFacts, facts), since=_EVER),
        )
        for test, facts in (
            ("test_bills_are_those_in_force_since_a_moment", "bills"),
            ("test_payments_are_those_since_a_moment", "payments"),
            ("test_refusals_are_for_the_payer", "refusals"),
            ("test_answers_are_for_the_author", "answers"),
            ("test_links_are_those_made_since_a_moment", "links"),
        )
    ),
    # Auditing
    Break(
        "test_audit_finds_nothing_wrong_with_right_books",
        auditing._Books,
        "_chains",
        _corrected_bills_too,
    ),
    Break(
        "test_audit_finds_nothing_wrong_with_right_books",
        auditing.MemoryAuditor,
        "list_unguarded",
        _constantly(("readings",)),
    ),
    Break(
        "test_audit_of_an_unknown_supplier_is_refused",
        auditing.MemoryAuditor,
        "bounds",
        _constantly(()),
    ),
    Break(
        "test_audit_finds_a_ledger_that_moved_otherwise",
        auditing._Books,
        "_moved",
        _from_the_beginning(auditing._Books._moved),
    ),
    *(
        Break(test, auditing._Books, part, _constantly(()))
        for test, part in {
            "test_audit_finds_an_entry_that_is_missing": "ledger_differs",
            "test_audit_finds_a_first_bill_without_its_opening": "ledger_differs",
            "test_audit_finds_an_opening_that_does_not_follow": "opening_differs",
            "test_audit_finds_a_first_bill_that_opens_with_something": "opening_differs",
            "test_audit_finds_payments_that_are_counted_otherwise": "payments_differ",
            "test_audit_finds_a_charge_without_a_bill": "unbilled",
            "test_audit_finds_receipts_that_are_not_booked_once": "receipts_differ",
            "test_audit_finds_a_payment_booked_to_another_account": "receipts_differ",
            "test_audit_finds_numbers_that_are_missing": "numbers_missing",
            "test_audit_finds_numbers_that_were_not_given_out": "numbers_not_given_out",
            "test_audit_finds_numbers_of_a_year_without_a_counter": "numbers_not_given_out",
            "test_audit_finds_corrections_that_name_another_bill": "revisions_differ",
            "test_audit_finds_corrections_of_nothing": "revisions_differ",
            "test_audit_finds_lines_that_tell_nothing": "derivations_missing",
        }.items()
    ),
    Break("test_audit_tells_the_first_findings_and_counts_all", auditing, "EXAMPLES_TOLD", 99),
    Break(
        "test_audited_account_has_its_last_bill",
        auditing.MemoryAuditor,
        "batch",
        _altered(auditing.MemoryAuditor.batch, readings=()),
    ),
    Break(
        "test_audited_account_has_every_bill_if_asked",
        auditing._Books,
        "_bills",
        _backwards(auditing._Books._bills),
    ),
    Break(
        "test_audited_account_has_no_reading_that_is_not_stored",
        auditing.MemoryAuditor,
        "batch",
        _altered(auditing.MemoryAuditor.batch, readings=(a_reading(),)),
    ),
    Break(
        "test_audited_account_may_lack_a_standing",
        auditing.MemoryAuditor,
        "batch",
        _altered(auditing.MemoryAuditor.batch, last_bill=None),
    ),
    Break(
        "test_audited_accounts_come_in_batches_by_number",
        auditing._Books,
        "between",
        lambda self, *_: self.accounts,
    ),
    # Payments
    Break(
        "test_card_payment_comes_back_equal",
        payments.MemoryCardPayments,
        "get",
        _altered(payments.MemoryCardPayments.get, bank_order=None),
    ),
    Break("test_card_payment_unknown_is_not_found", payments.MemoryCardPayments, "get", _nothing),
    Break(
        "test_card_payment_is_saved_with_new_changes",
        payments.MemoryCardPayments,
        "save",
        _nothing,
    ),
    Break("test_card_payment_stale_is_refused", payments, "update", _ignores_version),
    Break("test_card_payment_is_added_once", tables.Tables, "check_unique", _nothing),
    Break(
        "test_paid_account_knows_the_last_bill",
        payments.MemoryPaidAccounts,
        "get",
        _altered(payments.MemoryPaidAccounts.get, closed_through=None),
    ),
    Break(
        "test_paid_account_is_for_those_who_linked_it",
        payments.MemoryPaidAccounts,
        "get_linked",
        _without_keywords(payments.MemoryPaidAccounts.get),
    ),
    Break(
        "test_offer_tells_what_is_due_and_usual",
        payments.MemoryCardPaymentList,
        "offer",
        _altered(payments.MemoryCardPaymentList.offer, on_the_way=Money(30_00)),
    ),
    Break(
        "test_offer_of_an_account_without_anything",
        payments.MemoryCardPaymentList,
        "offer",
        _altered(payments.MemoryCardPaymentList.offer, balance=Money(1)),
    ),
    Break(
        "test_offer_is_for_those_who_linked_the_account",
        payments.MemoryCardPaymentList,
        "offer",
        _nothing,
    ),
    Break(
        "test_card_payment_is_shown_to_its_payer_alone",
        payments.MemoryCardPaymentList,
        "get",
        lambda self, payment_id, **_: self._committed.tables.card_payments.get(payment_id),
    ),
    Break(
        "test_card_payments_under_way_are_listed",
        payments.MemoryCardPaymentList,
        "list_under_way",
        _backwards(payments.MemoryCardPaymentList.list_under_way),
    ),
    Break(
        "test_begun_payments_are_of_who_began_them",
        payments.MemoryBegunPayments,
        "list_for",
        _of_anybody(payments.MemoryBegunPayments.list_for),
    ),
    Break(
        "test_begun_payments_are_listed_from_the_latest",
        payments.MemoryBegunPayments,
        "list_for",
        _backwards(payments.MemoryBegunPayments.list_for),
    ),
    Break(
        "test_payments_due_come_in_their_order",
        payments.MemoryPaymentsToAsk,
        "list_due",
        _backwards(payments.MemoryPaymentsToAsk.list_due),
    ),
    Break(
        "test_payments_to_ask_are_all_that_may_change",
        payments.MemoryPaymentsToAsk,
        "list_all",
        _backwards(payments.MemoryPaymentsToAsk.list_all),
    ),
]

SERVICES = [
    Break(
        "test_file_comes_back_byte_by_byte",
        doubles.MemoryFiles,
        "read",
        lambda self, _: next(iter(self.contents.values())),
    ),
    Break("test_file_unknown_is_not_found", doubles.MemoryFiles, "read", _constantly(b"")),
    Break("test_file_is_discarded", doubles.MemoryFiles, "discard", _nothing),
    Break(
        "test_clock_tells_the_moment_in_utc",
        doubles.FixedClock,
        "now",
        _constantly(datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)),
    ),
    Break(
        "test_identifiers_are_never_the_same",
        doubles.SequentialIdentifiers,
        "new",
        _constantly(UUID(int=1)),
    ),
    Break(
        "test_captcha_is_passed_by_a_right_answer",
        doubles.PlainCaptcha,
        "judge",
        _altered(doubles.PlainCaptcha.judge, passed=False),
    ),
    Break(
        "test_captchas_have_keys_of_their_own",
        doubles.PlainCaptcha,
        "judge",
        _altered(doubles.PlainCaptcha.judge, key="the same"),
    ),
    Break(
        "test_captcha_is_not_passed_by_a_wrong_answer",
        doubles.PlainCaptcha,
        "judge",
        _altered(doubles.PlainCaptcha.judge, passed=True),
    ),
    Break(
        "test_captcha_is_not_passed_by_what_it_never_asked",
        doubles.PlainCaptcha,
        "judge",
        _nothing,
        arguments=("x",),
    ),
    Break(
        "test_captcha_has_its_time",
        doubles.PlainCaptcha,
        "judge",
        _altered(doubles.PlainCaptcha.judge, expires_at=doubles.NOON),
    ),
    Break("test_hasher_salts", doubles.PlainHasher, "hash", _constantly("plain$1$0$x")),
    Break(
        "test_hasher_knows_its_password", doubles.PlainHasher, "matches", _constantly(value=True)
    ),
    Break(
        "test_hasher_hides_the_password", doubles.PlainHasher, "hash", lambda _, text: f"#{text}"
    ),
    Break(
        "test_hasher_makes_digests_of_today",
        doubles.PlainHasher,
        "is_outdated",
        _constantly(value=True),
    ),
    Break(
        "test_hasher_lets_nobody_in_by_a_malformed_digest",
        doubles.PlainHasher,
        "matches",
        lambda _, password, digest: password == digest,
        ("x",),
    ),
    Break(
        "test_common_passwords_are_known",
        doubles.FewCommonPasswords,
        "contains",
        lambda _, password: password == "password",
        ("PassWord",),
    ),
    Break(
        "test_uncommon_passwords_pass",
        doubles.FewCommonPasswords,
        "contains",
        _constantly(value=True),
        ("w4Zq-oPl7-nRe2",),
    ),
    Break("test_codes_are_six_digits", doubles.PredictableSecrets, "new_code", lambda _: "12345"),
    Break(
        "test_tokens_are_long_and_safe_in_an_address",
        doubles.PredictableSecrets,
        "new_token",
        lambda _: "short",
    ),
    Break(
        "test_digest_belongs_to_its_context",
        doubles.PredictableSecrets,
        "digest",
        lambda _, secret, **__: f"#{secret[::-1]}",
    ),
    Break(
        "test_digest_keeps_secret_and_context_apart",
        doubles.PredictableSecrets,
        "digest",
        lambda _, secret, *, context: f"{context}:{secret}",
    ),
    Break(
        "test_digest_hides_the_secret",
        doubles.PredictableSecrets,
        "digest",
        lambda _, secret, *, context: f"{context}\n{secret}",
    ),
    Break(
        "test_digest_belongs_to_its_secret",
        doubles.PredictableSecrets,
        "matches",
        _constantly(value=True),
    ),
    Break(
        "test_recovery_codes_are_for_paper",
        doubles.PredictableSecrets,
        "new_recovery_code",
        lambda secrets: f"{secrets.new_code()[:5]}-00000",
    ),
    Break(
        "test_authenticator_secrets_are_long_and_never_the_same",
        doubles.PlainAuthenticators,
        "new_secret",
        _constantly("A" * 32),
    ),
    Break(
        "test_authenticator_secrets_are_sealed",
        doubles.PlainAuthenticators,
        "setup",
        lambda _, sealed, **__: AuthenticatorSetup(secret=sealed, link=""),
    ),
    Break(
        "test_authenticator_link_carries_the_secret",
        doubles.PlainAuthenticators,
        "setup",
        lambda _, sealed, **__: AuthenticatorSetup(
            secret=sealed[::-1], link="otpauth://totp/anna?secret=A"
        ),
    ),
    Break(
        "test_authenticator_code_is_known_near_its_time",
        doubles.PlainAuthenticators,
        "find_step",
        lambda *_, now: int(now.timestamp()) // 30,
        (30,),
    ),
    *(
        Break(test, doubles.PlainAuthenticators, "find_step", _constantly(1), arguments)
        for test, arguments in (
            ("test_authenticator_code_of_another_time_is_none", (90,)),
            ("test_authenticator_code_malformed_is_none", ("",)),
            ("test_authenticator_code_of_another_secret_is_none", ()),
            ("test_authenticator_secret_of_another_seal_has_no_codes", ()),
        )
    ),
    Break(
        "test_ticket_comes_back",
        doubles.PlainTickets,
        "read",
        lambda self, text: evolve(self._written[text], good_through=date(2020, 1, 25)),
    ),
    Break(
        "test_ticket_fits_into_an_address",
        doubles.PlainTickets,
        "write",
        lambda _, ticket: str(ticket),
    ),
    Break(
        "test_ticket_that_nobody_wrote_is_refused",
        doubles.PlainTickets,
        "read",
        _constantly(a_ticket()),
        ("x",),
    ),
    Break(
        "test_ticket_changed_in_one_sign_is_refused",
        doubles.PlainTickets,
        "read",
        _constantly(a_ticket()),
    ),
    Break(
        "test_phone_is_read_as_people_write_it",
        doubles.SimpleContacts,
        "read_phone",
        _constantly(Phone("+78161234567")),
        ("8 916 123-45-67",),
    ),
    Break(
        "test_phone_that_takes_no_sms_is_told",
        doubles.SimpleContacts,
        "read_phone",
        _constantly(Phone("+74951234567")),
        ("+7 495 123-45-67",),
    ),
    Break(
        "test_email_is_read",
        doubles.SimpleContacts,
        "read_email",
        lambda _, text: Email(text.strip()),
        ("petrova@Tambov-Post.RU", "petrova@tambov-post.ru"),
    ),
    Break(
        "test_email_malformed_is_told",
        doubles.SimpleContacts,
        "read_email",
        lambda _, text: Email(text),
        ("a@b",),
    ),
    Break(
        "test_printer_prints_what_it_was_given",
        doubles.PlainPrinter,
        "print_document",
        _constantly(b"%PDF-1.7\n%%EOF"),
    ),
    Break("test_bank_waits_for_the_card", doubles.SimpleBank, "ask", _nothing),
    Break("test_bank_takes_the_money", doubles.SimpleBank, "pay", _nothing),
    Break("test_bank_tells_why_it_refused", doubles.SimpleBank, "refuse", _nothing),
    Break("test_bank_closes_its_page", doubles.SimpleBank, "let_pass", _nothing),
    Break("test_bank_keeps_orders_apart", doubles.SimpleBank, "ask", _constantly(a_bank_answer())),
    Break(
        "test_bank_knows_no_other_order", doubles.SimpleBank, "ask", _constantly(a_bank_answer())
    ),
    Break(
        "test_bank_takes_an_order_number_once",
        doubles.SimpleBank,
        "register",
        _constantly(RegisteredOrder(bank_order="one", address="for all")),
    ),
]

_CLOCK = doubles.FixedClock()


class PlainCaptchaSuite(contracts.CaptchaContract):
    """The contract of captchas, with the answers of the simple one."""

    def solve(self, captcha: Any) -> Any:
        """Return the right answer to a new question."""
        return captcha.solve()

    def spoil(self, answer: Any) -> Any:
        """Return a wrong one to the same question."""
        return evolve(answer, reply="?")

    def wait(self, step: timedelta) -> None:
        """Let *step* pass."""
        _CLOCK.advance(step)


KEEPERS: tuple[type[Any], ...] = (
    PlainCaptchaSuite,
    contracts.ClockContract,
    contracts.IdentifiersContract,
    contracts.PasswordHasherContract,
    contracts.CommonPasswordsContract,
    contracts.SecretsContract,
    contracts.AuthenticatorsContract,
    contracts.ContactReaderContract,
    contracts.DocumentPrinterContract,
    contracts.FileStoreContract,
    contracts.PaymentGatewayContract,
    contracts.SubmissionTicketsContract,
)
MAKERS: dict[type[Any], Callable[[], object]] = dict(
    zip(
        KEEPERS,
        (
            lambda: doubles.PlainCaptcha(_CLOCK),
            doubles.FixedClock,
            doubles.SequentialIdentifiers,
            doubles.PlainHasher,
            doubles.FewCommonPasswords,
            doubles.PredictableSecrets,
            doubles.PlainAuthenticators,
            doubles.SimpleContacts,
            doubles.PlainPrinter,
            doubles.MemoryFiles,
            doubles.SimpleBank,
            doubles.PlainTickets,
        ),
        strict=True,
    )
)


@pytest.fixture(autouse=True)
def failures_at_first_sight() -> Iterator[None]:
    """Look for any failure, and leave it as it was found: nobody is going to read it."""
    usual = settings.get_current_profile_name()
    settings.register_profile(
        "bite",
        settings.get_profile(usual),
        max_examples=200,
        phases=[Phase.generate],
        report_multiple_bugs=False,
        database=None,
    )
    settings.load_profile("bite")
    yield
    settings.load_profile(usual)


@pytest.mark.parametrize("broken", STORE, ids=_numbered(STORE))
def test_contract_of_a_store_bites(broken: Break, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that is broken in one place fails the test that is about it."""
    monkeypatch.setattr(broken.owner, broken.part, broken.broken)

    with pytest.raises((AssertionError, pytest.fail.Exception)):
        getattr(contracts.StoreContract(), broken.test)(MemoryStore())


@pytest.mark.parametrize("broken", SERVICES, ids=_numbered(SERVICES))
def test_contract_of_a_service_bites(broken: Break, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that is broken in one place fails the test that is about it."""
    monkeypatch.setattr(broken.owner, broken.part, broken.broken)
    (contract,) = (keeper for keeper in KEEPERS if hasattr(keeper, broken.test))
    suite = contract()
    monkeypatch.setattr(suite, "make", MAKERS[contract])

    with pytest.raises((AssertionError, pytest.fail.Exception)):
        getattr(suite, broken.test)(*broken.arguments)


def test_every_contract_has_been_seen_to_bite() -> None:
    """No contract goes without an adapter that was broken for it."""
    bitten = {broken.test for broken in (*STORE, *SERVICES)}
    named = {getattr(contracts, name) for name in contracts.__all__}
    toothless = {
        contract.__name__
        for contract in named - {contracts.StoreContract, contracts.OpensStore}
        if bitten.isdisjoint(vars(contract))
    }

    assert set() == toothless


# Machines


def test_linking_machine_notices_a_count_that_was_rolled_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """If wrong answers were not kept, guessing would have no end."""
    monkeypatch.setattr(identity.MemoryTallies, "save", _nothing)

    with pytest.raises(AssertionError):
        play(LinkingMachine, memory)


def test_linking_machine_notices_a_link_that_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """If unlinking left the link, its note would still be seen."""
    monkeypatch.setattr(accounts.MemoryLinks, "remove", _nothing)

    with pytest.raises(AssertionError):
        play(LinkingMachine, memory)


@pytest.mark.parametrize(
    ("owner", "part", "broken"),
    [
        (
            billable.MemoryBillableAccounts,
            "batch",
            _altered(billable.MemoryBillableAccounts.batch, last_bill=None),
        ),
        (billing.MemoryInvoiceNumbers, "take", _takes_from_outside([5])),
        (billing.MemoryLedger, "balances", _to_the_end_of_time(billing.MemoryLedger.balances)),
        (
            metering.MemoryMeteredAccounts,
            "_metered",
            _altered(metering.MemoryMeteredAccounts._metered, billed_through=None),
        ),
    ],
    ids=["last-bill", "numbers", "balances", "billed-through"],
)
def test_household_machine_notices_a_broken_store(
    monkeypatch: pytest.MonkeyPatch, owner: object, part: str, broken: Broken
) -> None:
    """A slip in the books comes to light within some months."""
    monkeypatch.setattr(owner, part, broken)

    with pytest.raises(AssertionError):
        play(HouseholdMachine, memory)


@pytest.mark.parametrize(
    ("owner", "part", "broken"),
    [
        (
            metering.MemoryReadings,
            "add_all",
            _keeping(metering.MemoryReadings.add_all, corrects=None),
        ),
        (
            metering.MemoryReadings,
            "list_of",
            _altered(metering.MemoryReadings.list_of, source=ReadingSource.SUPPLIER),
        ),
        (metering.MemoryMeters, "save_all", _nothing),
    ],
    ids=["corrections", "sources", "removals"],
)
def test_meter_machine_notices_a_broken_store(
    monkeypatch: pytest.MonkeyPatch, owner: object, part: str, broken: Broken
) -> None:
    """A slip in what is known of meters and readings comes to light before long."""
    monkeypatch.setattr(owner, part, broken)

    with pytest.raises(AssertionError):
        play(MeterMachine, memory)


@pytest.mark.parametrize(
    ("owner", "part", "broken"),
    [
        (payments.MemoryPaymentsToAsk, "list_all", _constantly(())),
        (billing.MemoryLedger, "add_all", _nothing),
        (billing.MemoryPayments, "find_by_references", _constantly({})),
    ],
    ids=["questions", "entries", "references"],
)
def test_payment_machine_notices_a_broken_store(
    monkeypatch: pytest.MonkeyPatch, owner: object, part: str, broken: Broken
) -> None:
    """Money that is lost or counted twice comes to light before long."""
    monkeypatch.setattr(owner, part, broken)

    with pytest.raises((AssertionError, StaleState)):
        play(PaymentMachine, memory)
