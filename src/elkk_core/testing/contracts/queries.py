"""What a store promises of what screens and commands read."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from elkk_core.accounts import (
    BillDelivery,
    LinkedAccount,
    LinkingId,
    Mailing,
    Relation,
    SupplierMailing,
)
from elkk_core.billing import (
    AccountOverview,
    BillReference,
    HistoryMonth,
    Invoice,
    InvoiceNotFound,
    InvoiceOverview,
    LineKind,
    MeterOverview,
    MonthConsumption,
    RecordedReading,
    RegisterOverview,
)
from elkk_core.billing.model import EntryId, PaymentId
from elkk_core.identity import UserNotFound, UserOverview
from elkk_core.metering import ReadingSource
from elkk_core.shared import (
    AccountId,
    AccountNotFound,
    InvoiceId,
    MeterId,
    Money,
    Month,
    ReadingId,
    SessionId,
    SubmissionWindow,
    SupplierNotFound,
    UserId,
    Zone,
)
from elkk_core.tariffs import TariffBook
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    JANUARY,
    MORNING,
    SUPPLIER_ID,
    USER_ID,
    a_line,
    a_link,
    a_linking,
    a_meter,
    a_payment,
    a_rate,
    a_reading,
    a_session,
    a_standing,
    a_supplier,
    a_user,
    a_volume_derivation,
    an_account,
    an_entry,
    an_estimated_volume,
    an_invoice,
    an_issued_invoice,
    another_user,
)
from elkk_core.testing.contracts.accounts import OTHER_SUPPLIER
from elkk_core.testing.contracts.stores import OpensStore
from elkk_core.testing.stores import Store, keep

STRANGER_ID = another_user().user_id


class UserOverviewsContract(OpensStore):
    """See ``elkk_core.identity.UserOverviews``."""

    def test_user_overview_has_all_of_a_user(self, store: Store) -> None:
        """What an operator sees of a user is what the user is, with the sessions that live."""
        last_used, now = MORNING + timedelta(hours=3), MORNING + timedelta(hours=4)
        keep(
            store,
            a_user(email_confirmed_at=MORNING),
            another_user(),
            a_session(last_used_at=last_used, idle_until=now + timedelta(seconds=1)),
            a_session(session_id=SessionId(UUID(int=1)), token_digest="other", ended_at=MORNING),
            a_session(session_id=SessionId(UUID(int=2)), token_digest="third", user_id=STRANGER_ID),
            a_session(session_id=SessionId(UUID(int=3)), token_digest="idle", idle_until=now),
            a_session(
                session_id=SessionId(UUID(int=4)),
                token_digest="old",
                idle_until=now + timedelta(seconds=1),
                expires_at=now,
            ),
        )

        expected = UserOverview(
            user_id=USER_ID,
            surname="Петрова",
            given_name="Анна",
            patronymic="Сергеевна",
            phone="+79161234567",
            email="petrova@tambov-post.ru",
            email_confirmed_at=MORNING,
            language="ru",
            registered_at=MORNING,
            consent_version="2026-11-01",
            consent_given_at=MORNING,
            live_sessions=1,
            last_used_at=last_used,
        )
        assert expected == store.user_overviews.get(USER_ID, now=now)
        assert expected == store.user_overviews.find_by_phone("+79161234567", now=now)

    def test_user_overview_without_sessions(self, store: Store) -> None:
        """A user who never signed in has no session and no moment of last use."""
        keep(store, a_user())

        overview = store.user_overviews.get(USER_ID, now=MORNING)
        assert (overview.live_sessions, overview.last_used_at) == (0, None)

    def test_user_overview_of_nobody(self, store: Store) -> None:
        """An identifier, a phone and an e-mail that nobody has lead to nobody."""
        with pytest.raises(UserNotFound):
            store.user_overviews.get(UserId(UUID(int=0xFFFF)), now=MORNING)
        assert store.user_overviews.find_by_phone("+79161234567", now=MORNING) is None
        assert store.user_overviews.find_by_email("petrova@tambov-post.ru", now=MORNING) == ()

    def test_user_overviews_by_email_are_the_eldest_first(self, store: Store) -> None:
        """All users who gave an e-mail are found, confirmed or not."""
        younger = another_user(email=a_user().email, registered_at=MORNING + timedelta(days=1))
        keep(store, younger, a_user())

        found = store.user_overviews.find_by_email(a_user().email.address, now=MORNING)
        assert [overview.user_id for overview in found] == [USER_ID, STRANGER_ID]


class SupplierListContract(OpensStore):
    """See ``elkk_core.accounts.SupplierList``."""

    def test_supplier_list_is_by_name(self, store: Store) -> None:
        """All suppliers are listed in the order of their names."""
        keep(store, a_supplier(), OTHER_SUPPLIER)

        assert (OTHER_SUPPLIER, a_supplier()) == store.suppliers.list_all()


class LinkedAccountsContract(OpensStore):
    """See ``elkk_core.accounts.LinkedAccounts``."""

    def test_linked_accounts_are_of_one_user(self, store: Store) -> None:
        """A user sees what they linked, by heading, address and number, and nothing else."""
        own = [
            an_account(account_id=AccountId(UUID(int=1)), number="2222", address="ул. Б, д. 1"),
            an_account(account_id=AccountId(UUID(int=2)), number="1111", address="ул. Б, д. 1"),
            an_account(account_id=AccountId(UUID(int=3)), number="3333", address="ул. А, д. 1"),
            an_account(account_id=AccountId(UUID(int=4)), number="4444", address="ул. Я, д. 1"),
            an_account(account_id=AccountId(UUID(int=5)), number="0000", address="Дача"),
        ]
        groups = {own[3].account_id: "Дача"}
        keep(
            store,
            a_user(),
            another_user(),
            a_supplier(),
            an_account(),
            *own,
            *(
                a_link(
                    account_id=account.account_id,
                    relation=Relation.TENANT,
                    delivery=BillDelivery.PAPER,
                    group=groups.get(account.account_id, ""),
                    note=f"Заметка {account.number}",
                )
                for account in own
            ),
            a_link(user_id=STRANGER_ID),
            an_entry(account_id=own[0].account_id, amount=Money(12345)),
            an_entry(
                account_id=own[0].account_id,
                amount=Money(-345),
                entry_id=EntryId(UUID(int=1)),
            ),
        )

        expected = tuple(
            LinkedAccount(
                account_id=account.account_id,
                supplier_id=SUPPLIER_ID,
                supplier_name="Энергосбыт Цна",
                number=account.number,
                address=account.address,
                relation=Relation.TENANT,
                delivery=BillDelivery.PAPER,
                linked_at=MORNING,
                group=groups.get(account.account_id, ""),
                note=f"Заметка {account.number}",
                balance=Money(12000 if account is own[0] else 0),
            )
            for account in (own[4], own[3], own[2], own[1], own[0])
        )
        assert expected == store.linked_accounts.list_for(USER_ID)
        for account in expected:
            assert account == store.linked_accounts.get(account.account_id, user_id=USER_ID)

    def test_linked_accounts_of_nobody_are_none(self, store: Store) -> None:
        """Who linked nothing sees nothing, whoever else has linked it."""
        keep(store, a_user(), another_user(), a_supplier(), an_account(), a_linking())
        keep(store, a_link(user_id=STRANGER_ID))

        assert () == store.linked_accounts.list_for(USER_ID)
        with pytest.raises(AccountNotFound):
            store.linked_accounts.get(ACCOUNT_ID, user_id=USER_ID)
        with pytest.raises(AccountNotFound):
            store.linked_accounts.list_linkings(ACCOUNT_ID, user_id=USER_ID)

    def test_linked_accounts_tell_when_they_were_linked(self, store: Store) -> None:
        """Every linking of an account is told to those who see it, the earliest first."""
        later = a_linking(linking_id=LinkingId(UUID(int=1)), linked_at=MORNING + timedelta(days=1))
        keep(store, a_user(), a_supplier(), an_account(), a_link(), later, a_linking())

        expected = (MORNING, MORNING + timedelta(days=1))
        assert expected == store.linked_accounts.list_linkings(ACCOUNT_ID, user_id=USER_ID)


class MailingListContract(OpensStore):
    """See ``elkk_core.accounts.MailingList``."""

    def test_mailing_list_is_of_suppliers_that_serve_the_user(self, store: Store) -> None:
        """Each supplier of linked accounts stands in it once, as chosen or by default, by name."""
        neighbour = an_account(account_id=AccountId(UUID(int=1)), number="1111")
        distant = an_account(
            account_id=AccountId(UUID(int=2)), supplier_id=OTHER_SUPPLIER.supplier_id
        )
        keep(store, a_user(), another_user(), a_supplier(), OTHER_SUPPLIER)
        keep(store, an_account(), neighbour, distant)
        keep(store, *(a_link(account_id=one.account_id) for one in (an_account(), neighbour)))
        keep(store, a_link(account_id=distant.account_id), a_link(user_id=STRANGER_ID))
        keep(
            store,
            Mailing(user_id=USER_ID, supplier_id=SUPPLIER_ID, email=False, sms=True),
            Mailing(user_id=STRANGER_ID, supplier_id=SUPPLIER_ID, email=False),
        )

        by_default = SupplierMailing(
            supplier_id=OTHER_SUPPLIER.supplier_id,
            supplier_name=OTHER_SUPPLIER.name,
            email=True,
            sms=False,
        )
        chosen = SupplierMailing(
            supplier_id=SUPPLIER_ID, supplier_name=a_supplier().name, email=False, sms=True
        )
        assert (by_default, chosen) == store.mailings.list_for(USER_ID)
        assert [False] == [mailing.email for mailing in store.mailings.list_for(STRANGER_ID)]


class CabinetContract(OpensStore):
    """See ``elkk_core.billing.Cabinet``."""

    def test_cabinet_shows_the_card_of_an_account(self, store: Store) -> None:
        """Balance, meters with registers, rates and the last bill make up the card."""
        first, later = (
            a_reading(
                reading_id=ReadingId(UUID(int=index)),
                value=Decimal(value),
                taken_on=taken_on,
                month=Month.of(taken_on),
            )
            for index, (value, taken_on) in enumerate(
                [(14091, date(2019, 12, 14)), (14500, date(2020, 2, 14))], start=1
            )
        )
        rates = (a_rate(), a_rate(effective_from=date(2019, 7, 1)))
        _keep_household(store)
        keep(
            store,
            first,
            a_reading(),
            later,
            *rates,
            a_rate(zone=Zone.NIGHT),
            a_rate(category="rural"),
            an_invoice(),
            an_entry(amount=Money(-255)),
            an_entry(entry_id=EntryId(UUID(int=1)), amount=Money(-100), dated=date(2020, 3, 9)),
        )

        expected = AccountOverview(
            account=an_account(),
            supplier=a_supplier(),
            balance=Money(-355),
            meters=(
                MeterOverview(
                    meter=a_meter(),
                    window=a_supplier().window,
                    registers=(RegisterOverview(zone=Zone.ALL_DAY, readings=(a_reading(), later)),),
                ),
            ),
            rates=TariffBook(rates=rates).history(category="urban-gas"),
            last_invoice=an_invoice(),
        )
        assert expected == store.cabinet.account(ACCOUNT_ID, user_id=USER_ID)

    def test_cabinet_shows_an_account_that_has_nothing_yet(self, store: Store) -> None:
        """Without readings, bills and rates the card is empty, and the balance zero."""
        window = SubmissionWindow(first_day=1, last_day=5)
        meter = a_meter(zones=(Zone.DAY, Zone.NIGHT), window=window)
        keep(store, a_user(), a_supplier(), an_account(), a_link(), meter)

        expected = AccountOverview(
            account=an_account(),
            supplier=a_supplier(),
            balance=Money.zero(),
            meters=(
                MeterOverview(
                    meter=meter,
                    window=window,
                    registers=tuple(
                        RegisterOverview(zone=zone, readings=()) for zone in (Zone.DAY, Zone.NIGHT)
                    ),
                ),
            ),
            rates=(),
            last_invoice=None,
        )
        assert expected == store.cabinet.account(ACCOUNT_ID, user_id=USER_ID)

    def test_cabinet_knows_the_first_month(self, store: Store) -> None:
        """The first reading or the first bill begins what is known of an account."""
        keep(store, a_supplier(), an_account(), a_user(), a_link(), a_meter())
        before = store.cabinet.first_month(ACCOUNT_ID, user_id=USER_ID)
        keep(store, an_invoice(month=JANUARY.next))
        billed = store.cabinet.first_month(ACCOUNT_ID, user_id=USER_ID)
        keep(store, a_reading(month=JANUARY))
        read = store.cabinet.first_month(ACCOUNT_ID, user_id=USER_ID)

        assert (None, JANUARY.next, JANUARY) == (before, billed, read)

    def test_cabinet_shows_history_by_month(self, store: Store) -> None:
        """Readings and bills are in the month they count in, payments in that of their date."""
        late = a_reading(
            reading_id=ReadingId(UUID(int=1)),
            value=Decimal(14600),
            taken_on=date(2020, 1, 28),
            month=JANUARY.next,
            source=ReadingSource.CUSTOMER,
            submitted_by=USER_ID,
        )
        bill = an_issued_invoice(invoice_id=InvoiceId(UUID(int=1)), month=JANUARY.next)
        payment = a_payment(
            payment_id=PaymentId(UUID(int=1)), reference="N2", received_on=date(2020, 4, 1)
        )
        _keep_household(store)
        keep(store, a_reading(), late, an_invoice(), bill, a_payment(), payment)

        number = a_meter().number
        april = HistoryMonth(month=Month(2020, 4), readings=(), invoices=(), payments=(payment,))
        february = HistoryMonth(
            month=JANUARY.next,
            readings=(RecordedReading(meter_number=number, reading=late),),
            invoices=(bill,),
            payments=(),
        )
        january = HistoryMonth(
            month=JANUARY,
            readings=(RecordedReading(meter_number=number, reading=a_reading()),),
            invoices=(an_invoice(),),
            payments=(a_payment(),),
        )
        history = store.cabinet.history
        assert (april, february, january) == history(ACCOUNT_ID, user_id=USER_ID, since=None)
        assert (april, february) == history(ACCOUNT_ID, user_id=USER_ID, since=JANUARY.next)
        assert () == history(ACCOUNT_ID, user_id=USER_ID, since=Month(2020, 5))
        assert (february, january) == history(ACCOUNT_ID, user_id=USER_ID, through=Month(2020, 3))
        assert (february,) == history(
            ACCOUNT_ID, user_id=USER_ID, since=JANUARY.next, through=JANUARY.next
        )

    def test_cabinet_tells_which_readings_were_corrected(self, store: Store) -> None:
        """A corrected reading stays in its month, its correction is in that of the next bill."""
        correction = a_reading(
            reading_id=ReadingId(UUID(int=1)),
            value=Decimal(14333),
            month=JANUARY.next,
            corrects=a_reading().reading_id,
        )
        _keep_household(store)
        keep(store, a_reading(), correction)

        found = store.cabinet.history(ACCOUNT_ID, user_id=USER_ID, since=None)
        number = a_meter().number
        assert [
            (RecordedReading(meter_number=number, reading=correction),),
            (RecordedReading(meter_number=number, reading=a_reading(), is_corrected=True),),
        ] == [month.readings for month in found]

    def test_cabinet_shows_an_invoice(self, store: Store) -> None:
        """A bill comes with its account, its supplier and what was paid in its month."""
        _keep_household(store)
        keep(
            store,
            an_invoice(),
            a_payment(),
            a_payment(
                payment_id=PaymentId(UUID(int=1)), reference="N2", received_on=date(2020, 1, 31)
            ),
            a_payment(
                payment_id=PaymentId(UUID(int=2)), reference="N3", received_on=date(2020, 2, 1)
            ),
        )

        expected = InvoiceOverview(
            invoice=an_invoice(),
            account=an_account(),
            supplier=a_supplier(),
            paid_in_month=Money(133120),
        )
        found = store.cabinet.invoice(an_invoice().invoice_id, user_id=USER_ID)
        assert expected == found

    def test_cabinet_shows_a_bill_and_its_correction(self, store: Store) -> None:
        """Both are in the history, and each names the other; the card has the one in force."""
        correction = _a_correction()
        _keep_household(store)
        keep(store, an_issued_invoice(), correction)

        cabinet, mistaken = store.cabinet, an_issued_invoice()
        (month,) = cabinet.history(ACCOUNT_ID, user_id=USER_ID, since=None)
        assert (mistaken, correction) == month.invoices
        assert correction == cabinet.account(ACCOUNT_ID, user_id=USER_ID).last_invoice
        first, second = (
            cabinet.invoice(bill.invoice_id, user_id=USER_ID) for bill in (mistaken, correction)
        )
        assert (None, _reference(correction)) == (first.corrects, first.corrected_by)
        assert (_reference(mistaken), None) == (second.corrects, second.corrected_by)

    def test_cabinet_shows_a_stranger_nothing(self, store: Store) -> None:
        """To who has not linked an account neither it nor its bills exist."""
        _keep_household(store)
        keep(store, an_invoice(), another_user())

        with pytest.raises(AccountNotFound):
            store.cabinet.account(ACCOUNT_ID, user_id=STRANGER_ID)
        with pytest.raises(AccountNotFound):
            store.cabinet.history(ACCOUNT_ID, user_id=STRANGER_ID, since=None)
        with pytest.raises(AccountNotFound):
            store.cabinet.first_month(ACCOUNT_ID, user_id=STRANGER_ID)
        with pytest.raises(InvoiceNotFound):
            store.cabinet.invoice(an_invoice().invoice_id, user_id=STRANGER_ID)

    def test_cabinet_shows_nothing_that_is_not_there(self, store: Store) -> None:
        """Identifiers that belong to nothing are refused as a stranger's are."""
        with pytest.raises(AccountNotFound):
            store.cabinet.account(ACCOUNT_ID, user_id=USER_ID)
        with pytest.raises(AccountNotFound):
            store.cabinet.history(ACCOUNT_ID, user_id=USER_ID, since=None)
        with pytest.raises(InvoiceNotFound):
            store.cabinet.invoice(an_invoice().invoice_id, user_id=USER_ID)

    def test_cabinet_keeps_accounts_apart(self, store: Store) -> None:
        """What belongs to another account of the same user does not show."""
        neighbour = an_account(account_id=AccountId(UUID(int=1)), number="111111")
        meter = a_meter(meter_id=MeterId(UUID(int=1)), account_id=neighbour.account_id)
        _keep_household(store)
        keep(
            store,
            neighbour,
            a_link(account_id=neighbour.account_id),
            meter,
            a_reading(meter_id=meter.meter_id),
            an_invoice(account_id=neighbour.account_id),
            an_entry(account_id=neighbour.account_id),
            a_payment(account_id=neighbour.account_id),
        )

        card = store.cabinet.account(ACCOUNT_ID, user_id=USER_ID)
        assert Money.zero() == card.balance
        assert card.last_invoice is None
        assert [a_meter()] == [overview.meter for overview in card.meters]
        assert () == store.cabinet.history(ACCOUNT_ID, user_id=USER_ID, since=None)


class InvoiceListContract(OpensStore):
    """See ``elkk_core.billing.InvoiceList``."""

    def test_invoice_list_finds_by_number(self, store: Store) -> None:
        """An operator finds a bill by its number, whoever has linked the account."""
        keep(store, a_supplier(), an_account(), an_invoice(), a_payment())

        expected = InvoiceOverview(
            invoice=an_invoice(),
            account=an_account(),
            supplier=a_supplier(),
            paid_in_month=Money(66560),
        )
        assert expected == store.invoices.get_by_number(an_invoice().number)

    def test_invoice_list_finds_by_supplier_and_number(self, store: Store) -> None:
        """Of a number that two suppliers have used, that of the supplier named is found."""
        other = an_account(
            account_id=AccountId(UUID(int=0xF2)), supplier_id=OTHER_SUPPLIER.supplier_id
        )
        ours, theirs = (
            an_invoice(),
            an_invoice(
                invoice_id=InvoiceId(UUID(int=0xF6)),
                supplier_id=other.supplier_id,
                account_id=other.account_id,
                month=JANUARY.previous,
            ),
        )
        keep(store, a_supplier(), OTHER_SUPPLIER, an_account(), other, ours, theirs)
        bills, number = store.invoices, an_invoice().number

        assert ours == bills.get_by_number(number).invoice
        assert ours == bills.get_by_number(number, supplier="tsna").invoice
        assert theirs == bills.get_by_number(number, supplier=OTHER_SUPPLIER.code).invoice
        with pytest.raises(SupplierNotFound):
            bills.get_by_number(number, supplier="no such")

    def test_invoice_list_has_no_other_number(self, store: Store) -> None:
        """A number that no bill bears is told."""
        with pytest.raises(InvoiceNotFound):
            store.invoices.get_by_number("no such")

    def test_invoice_list_goes_through_a_month_account_by_account(self, store: Store) -> None:
        """The invoices of one supplier and one month come by account number, in portions."""
        _keep_three_bills(store)
        bills = store.invoices

        assert 3 == bills.count("tsna", JANUARY)
        assert ("0001", "0002") == bills.list_accounts("tsna", JANUARY, after="", limit=2)
        assert ("0003",) == bills.list_accounts("tsna", JANUARY, after="0002", limit=2)
        assert () == bills.list_accounts("tsna", JANUARY, after="0003", limit=2)

    def test_invoice_list_shows_the_invoices_of_some_accounts(self, store: Store) -> None:
        """Each comes whole, by account number; what has no invoice in the month is left out."""
        _keep_three_bills(store)

        found = store.invoices.list_of("tsna", JANUARY, ["0003", "0001", "0004", "9999"])
        assert ["0001", "0003"] == [each.account.number for each in found]
        assert [Money.zero(), Money(66560)] == [each.paid_in_month for each in found]
        assert found == tuple(store.invoices.get_by_number(f"B-{n}") for n in (1, 3))
        assert () == store.invoices.list_of("tsna", JANUARY, [])

    def test_invoice_list_has_the_bills_in_force(self, store: Store) -> None:
        """An account with a corrected bill counts once, with the correction; the old number stays."""
        correction = _a_correction()
        keep(store, a_supplier(), an_account(), an_issued_invoice(), correction)
        bills, number = store.invoices, an_account().number

        assert 1 == bills.count("tsna", JANUARY)
        assert (number,) == bills.list_accounts("tsna", JANUARY, after="", limit=9)
        (found,) = bills.list_of("tsna", JANUARY, [number])
        assert correction == found.invoice
        assert _reference(an_issued_invoice()) == found.corrects
        mistaken = bills.get_by_number(an_issued_invoice().number)
        assert an_issued_invoice() == mistaken.invoice
        assert _reference(correction) == mistaken.corrected_by

    def test_invoice_list_tells_where_an_account_stands(self, store: Store) -> None:
        """A bill has what is kept with it; one of an earlier billing system tells no such thing."""
        keep(store, a_supplier(), an_account(), an_invoice())
        issued = an_issued_invoice(invoice_id=InvoiceId(UUID(int=1)), month=JANUARY.next)
        with store.unit_of_work() as uow:
            uow.invoices.add_all([issued], standings={issued.invoice_id: a_standing()})
            uow.commit()
        number = an_account().number

        for month, standing in ((JANUARY, None), (JANUARY.next, a_standing())):
            (found,) = store.invoices.list_of("tsna", month, [number])
            assert standing == found.standing

    def test_invoice_list_tells_what_a_year_consumed(self, store: Store) -> None:
        """With a bill come the kWh of itself and of the bills in force of the twelve months before.

        Months of which no kWh are known are left out.
        """
        neighbour = an_account(account_id=AccountId(UUID(int=1)), number="111111")
        december, estimate = (
            JANUARY.previous,
            a_line(
                a_volume_derivation(basis=an_estimated_volume(), volume=Decimal(213)),
                kind=LineKind.AVERAGE,
            ),
        )
        keep(
            store,
            a_supplier(),
            an_account(),
            neighbour,
            _a_bill(1, JANUARY.plus(-13)),
            _a_bill(2, JANUARY.plus(-12)),
            an_invoice(month=JANUARY.plus(-2)),
            _a_bill(3, december),
            _a_bill(4, december, lines=(estimate,), revision=1, corrects=InvoiceId(UUID(int=3))),
            _a_bill(5, december, account_id=neighbour.account_id),
            _a_bill(6, JANUARY, lines=(a_line(), estimate)),
            _a_bill(7, JANUARY.next),
        )

        (found,) = store.invoices.list_of("tsna", JANUARY, [an_account().number])
        assert found == store.invoices.get_by_number("B-6")
        assert (
            MonthConsumption(month=JANUARY.plus(-12), volume=Decimal(232)),
            MonthConsumption(month=december, volume=Decimal(213), estimated=Decimal(213)),
            MonthConsumption(month=JANUARY, volume=Decimal(445), estimated=Decimal(213)),
        ) == found.consumption
        assert (
            MonthConsumption(month=JANUARY.plus(-13), volume=Decimal(232)),
            MonthConsumption(month=JANUARY.plus(-12), volume=Decimal(232)),
            MonthConsumption(month=december, volume=Decimal(232)),
        ) == store.invoices.get_by_number("B-3").consumption

    def test_invoice_list_knows_other_months_and_suppliers(self, store: Store) -> None:
        """A month without invoices has none, and neither has another supplier."""
        _keep_three_bills(store)
        keep(store, OTHER_SUPPLIER)
        bills = store.invoices

        for code, month in (("tsna", JANUARY.next.next), (OTHER_SUPPLIER.code, JANUARY)):
            assert 0 == bills.count(code, month)
            assert () == bills.list_accounts(code, month, after="", limit=9)
            assert () == bills.list_of(code, month, ["0001"])

    def test_invoice_list_has_no_other_supplier(self, store: Store) -> None:
        """A slip in the supplier's code is told and not taken for a month without bills."""
        with pytest.raises(SupplierNotFound):
            store.invoices.count("no such", JANUARY)


def _a_correction() -> Invoice:
    return an_issued_invoice(
        invoice_id=InvoiceId(UUID(int=1)),
        number="TSNA-2020-000002",
        opening=Money(1),
        revision=1,
        corrects=an_issued_invoice().invoice_id,
    )


def _reference(invoice: Invoice) -> BillReference:
    return BillReference(invoice_id=invoice.invoice_id, number=invoice.number)


def _a_bill(place: int, month: Month, **changes: Any) -> Invoice:
    return an_issued_invoice(
        invoice_id=InvoiceId(UUID(int=place)), number=f"B-{place}", month=month, **changes
    )


def _keep_three_bills(store: Store) -> None:
    """Keep accounts 0001 to 0004; the first three have bills of January, 0003 has paid."""
    keep(store, a_supplier())
    for place in (3, 1, 4, 2):
        account_id = AccountId(UUID(int=place))
        keep(store, an_account(account_id=account_id, number=f"{place:04}"))
        keep(
            store,
            an_issued_invoice(
                invoice_id=InvoiceId(UUID(int=place)),
                account_id=account_id,
                number=f"B-{place}",
                month=JANUARY if place < 4 else JANUARY.next,
            ),
        )
    keep(store, a_payment(account_id=AccountId(UUID(int=3))))


def _keep_household(store: Store) -> None:
    keep(store, a_user(), a_supplier(), an_account(), a_link(), a_meter())
