"""The demo as a visitor, a script and a restart find it."""

import json
import sqlite3
import time
import urllib.request
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.integration.demo.conftest import Demo, settings_of, started

from elkk_adapters import bootstrap
from elkk_adapters.application import Application
from elkk_cli.demo import books
from elkk_cli.demo import filling as filling_module
from elkk_cli.demo.filling import Filling, answer_of
from elkk_cli.demo.folder import DemoFolder
from elkk_cli.demo.history import HistoryClock
from elkk_cli.errors import MessageNotSent
from elkk_cli.main import main
from elkk_core.accounts import AlreadyLinked, BillDelivery, LinkedAccount, Relation
from elkk_core.billing import AccountOverview, Invoice, LineKind, VolumeDerivation
from elkk_core.metering import ReadingSource
from elkk_core.shared import Money, Month, UserId, local_date
from elkk_core.shared.batches import no_progress
from elkk_core.testing.doubles import FixedClock

_PATIENCE = 30.0


def user_of(application: Application, ready: dict[str, Any]) -> UserId:
    """Return the identifier of the demo's user."""
    found = application.identity.user_overviews.find_by_phone(
        ready["login"], now=application.clock.now()
    )
    assert found is not None
    return found.user_id


def linked(application: Application, user_id: UserId) -> dict[str, LinkedAccount]:
    """Return the accounts that a user has linked, by number."""
    return {one.number: one for one in application.accounts.linked_accounts.list_for(user_id)}


def fetched(url: str, **headers: str) -> str:
    """Return what a page says."""
    request = urllib.request.Request(url, headers=headers)  # noqa: S310
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        text: str = answer.read().decode()
    return text


class TestReadyFile:
    def test_says_all_that_a_script_needs(self, demo: Demo) -> None:
        """Address, sign-in, accounts to link and the page of messages are in the file."""
        assert {"url", "login", "password", "link", "outbox"} == set(demo.ready)
        assert {"supplier", "supplier_code", "number", "answer", "shows"} == set(
            demo.ready["link"][0]
        )
        assert demo.ready["url"].startswith("http://127.0.0.1:")

    def test_first_accounts_are_open_and_closed(self, demo: Demo) -> None:
        """An account that takes readings stands first, one that does not after it."""
        assert [
            "open_window",
            "closed_window",
            "three_zones",
            "debt",
            "overpayment",
            "estimates",
            "ranges",
            "benefit",
            "replaced_meter",
        ] == [account["shows"] for account in demo.ready["link"]]

    def test_page_answers(self, demo: Demo) -> None:
        """The address leads to the entry page."""
        assert "<form" in fetched(demo.ready["url"])

    def test_messages_are_shown(self, demo: Demo) -> None:
        """The SMS and letters sent are there to read, for people and for programs."""
        sent = {
            "identity.code_requested",
            "identity.email_confirmation_requested",
            "notices.sms",
        }
        kinds: set[str] = set()
        give_up = time.monotonic() + _PATIENCE
        # The worker delivers what follows the code a moment later; the demo does not wait for it.
        while kinds != sent and time.monotonic() < give_up:
            time.sleep(0.1)
            messages = json.loads(fetched(demo.ready["outbox"], Accept="application/json"))
            kinds = {message["kind"] for message in messages}

        assert sent == kinds
        assert "Код подтверждения" in fetched(demo.ready["outbox"])

    def test_sign_in_is_right(self, demo: Demo) -> None:
        """The sign-in that is printed lets in."""
        with demo.application() as application:
            signed_in = application.identity.sign_in(
                login=demo.ready["login"], password=demo.ready["password"], remember=False
            )
            user_id = user_of(application, demo.ready)

        assert user_id == signed_in.user_id

    def test_answers_are_right(self, demo: Demo) -> None:
        """Every account of the list is linked by its answer."""
        with demo.application() as application:
            user_id = user_of(application, demo.ready)
            suppliers = {one.name: one for one in application.accounts.suppliers.list_all()}
            for account in demo.ready["link"]:
                try:
                    application.accounts.link_account(
                        user_id=user_id,
                        supplier_id=suppliers[account["supplier"]].supplier_id,
                        number=account["number"],
                        relation=Relation.OWNER,
                        delivery=BillDelivery.EMAIL,
                        answer=account["answer"],
                    )
                except AlreadyLinked:
                    continue
            numbers = set(linked(application, user_id))

        assert {account["number"] for account in demo.ready["link"]} < numbers


class TestAccountOfTheManual:
    def test_history_of_january_2020(self, demo: Demo) -> None:
        """The month that the manual shows is there with its very figures."""
        with demo.application() as application:
            user_id = user_of(application, demo.ready)
            account_id = linked(application, user_id)["680000000013"].account_id
            january = Month(2020, 1)
            (month,) = application.billing.cabinet.history(
                account_id, user_id=user_id, since=january
            )

        (invoice,), (recorded,) = month.invoices, month.readings
        assert january == month.month == invoice.month == recorded.reading.month
        assert ("19.85", "643.20", "665.60", "2.55") == (
            str(invoice.opening),
            str(invoice.charged),
            str(invoice.payments),
            str(invoice.overpayment),
        )
        assert (Decimal(14323), date(2020, 1, 13), ReadingSource.CUSTOMER) == (
            recorded.reading.value,
            recorded.reading.taken_on,
            recorded.reading.source,
        )
        assert Money.parse("665,60") == month.paid

    def test_statistics_of_2019(self, demo: Demo) -> None:
        """The manual prints the highest and the lowest month of the year."""
        with demo.application() as application:
            user_id = user_of(application, demo.ready)
            account_id = linked(application, user_id)["680000000013"].account_id
            found = application.billing.show_statistics(
                account_id=account_id, user_id=user_id, year=2019
            ).statistics

        assert [(Month(2019, 4), Decimal(377)), (Month(2019, 7), Decimal(189))] == [
            (month.month, month.volume) for month in (found.highest, found.lowest) if month
        ]

    def test_details(self, demo: Demo) -> None:
        """Meter and tariff history are those that the manual prints."""
        with demo.application() as application:
            user_id = user_of(application, demo.ready)
            account_id = linked(application, user_id)["680000000013"].account_id
            found = application.billing.cabinet.account(account_id, user_id=user_id)

        (meter,) = found.meters
        assert ("5,0", 1, date(2006, 11, 15), date(2022, 11, 15)) == (
            str(meter.meter.capacity),
            meter.meter.ratio,
            meter.meter.installed_on,
            meter.meter.verification_due,
        )
        assert [
            ("2020-01-01", "2.77"),
            ("2019-07-01", "2.77"),
            ("2019-01-01", "2.72"),
            ("2018-07-01", "2.67"),
            ("2017-07-01", "2.55"),
            ("2017-01-01", "2.46"),
            ("2016-07-01", "2.46"),
        ] == [(str(one.period.start), str(one.rate.price)) for one in found.rates]
        assert Money.parse("-2,55") == found.balance


def demo_accounts(
    application: Application, user_id: UserId, answers: dict[str, str]
) -> dict[str, AccountOverview]:
    """Link all accounts of the demo's supplier, and return their cards by number."""
    supplier = next(one for one in application.accounts.suppliers.list_all() if one.code == "demo")
    for number, answer in answers.items():
        if number not in linked(application, user_id):
            application.accounts.link_account(
                user_id=user_id,
                supplier_id=supplier.supplier_id,
                number=number,
                relation=Relation.TENANT,
                delivery=BillDelivery.PAPER,
                answer=answer,
            )
    return {
        number: application.billing.cabinet.account(one.account_id, user_id=user_id)
        for number, one in linked(application, user_id).items()
        if number in answers
    }


def bills_of(
    application: Application, user_id: UserId, card: AccountOverview
) -> list[tuple[Invoice, ...]]:
    """Return the bills of an account, month by month, the latest first."""
    account_id = card.account.account_id
    months = application.billing.cabinet.history(account_id, user_id=user_id, since=None)
    return [month.invoices for month in months if month.invoices]


def what_lines_show(bills: Iterable[tuple[Invoice, ...]]) -> set[object]:
    """Return the kinds of lines in bills, and the numbers of the ranges that volumes are in."""
    lines = [line for month in bills for bill in month for line in bill.lines]
    ranges = {
        line.derivation.range_number
        for line in lines
        if isinstance(line.derivation, VolumeDerivation)
    }
    return {line.kind for line in lines} | ranges


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 30, 20, 59, tzinfo=UTC),
        datetime(2026, 11, 30, 21, 10, tzinfo=UTC),
        datetime(2028, 2, 29, 9, tzinfo=UTC),
    ],
    ids=["the last minute of a month", "just after midnight", "a leap day"],
)
def test_whatever_the_day(tmp_path: Path, now: datetime) -> None:
    """Two years up to last month are billed; one account is open, another is not."""
    folder = DemoFolder(tmp_path / "demo")
    clock = HistoryClock(FixedClock(now))
    today = local_date(now, "Europe/Moscow")
    with folder.held():
        settings = settings_of(folder)
        bootstrap.prepare_database(settings)
        with (
            bootstrap.application(settings, clock=clock) as application,
            bootstrap.worker(settings, clock=clock),
        ):
            filling = Filling(application=application, clock=clock, folder=folder.books)
            visit = filling(on_progress=no_progress)
            user = application.identity.user_overviews.find_by_phone(visit.login, now=clock.now())
            assert user is not None
            answers = {account.number: account.answer for account in visit.link}
            cards = demo_accounts(application, user.user_id, answers)
            bills = {
                account.shows: bills_of(application, user.user_id, cards[account.number])
                for account in visit.link
            }

    invoices = {number: card.last_invoice for number, card in cards.items()}
    assert answers == {
        number: answer_of(found.closing) for number, found in invoices.items() if found
    }
    shown = {shows: what_lines_show(months) for shows, months in bills.items()}
    assert {LineKind.EARLIER, LineKind.METERED, 1} == shown["open_window"]
    assert LineKind.PENALTY in shown["debt"]
    assert {LineKind.AVERAGE, LineKind.NORM} <= shown["estimates"]
    assert {1, 2, 3} <= shown["ranges"]
    assert LineKind.BENEFIT in shown["benefit"]
    assert [2, 1] == [len(month) for month in bills["benefit"][:2]]
    assert [1, 2] == [len(month[-1].lines) for month in bills["replaced_meter"][:2]]
    assert {Month.of(today).previous} == {found.month for found in invoices.values() if found}
    assert {"680000000101": True, "680000000202": False} == {
        number: cards[number].meters[0].window.contains(today)
        for number in (books.ALWAYS_OPEN, books.CLOSED_TODAY)
    }
    assert str(Month.of(today).previous) == visit.billed_through


def test_code_that_does_not_arrive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a worker no SMS is sent, and the demo does not wait for it for ever."""
    monkeypatch.setattr(filling_module, "_SECONDS_FOR_CODE", 0.1)
    folder = DemoFolder(tmp_path / "demo")
    clock = HistoryClock(FixedClock(datetime(2026, 11, 22, 9, tzinfo=UTC)))
    with folder.held():
        settings = settings_of(folder)
        bootstrap.prepare_database(settings)
        with bootstrap.application(settings, clock=clock) as application:
            filling = Filling(application=application, clock=clock, folder=folder.books)
            with pytest.raises(MessageNotSent):
                filling(on_progress=no_progress)


class TestStartingAgain:
    def test_keeps_the_data(self, tmp_path: Path) -> None:
        """A second start shows the same, with what visitors did; a reset forgets it."""
        path = tmp_path / "data"
        with started(path) as first:
            answers = {one["number"]: one["answer"] for one in first.ready["link"]}
            with first.application() as application:
                demo_accounts(application, user_of(application, first.ready), answers)
            key = first.folder.secret_key()
        with started(path) as second:
            with second.application() as application:
                kept = set(linked(application, user_of(application, second.ready)))
            assert first.ready["link"] == second.ready["link"]
            assert (path / "visit.json").stat().st_mode & 0o077 == 0
        with started(path, "--reset") as anew:
            with anew.application() as application:
                left = set(linked(application, user_of(application, anew.ready)))
            assert key != anew.folder.secret_key()

        assert {"680000000013", "680000000606", *answers} == kept
        assert {"680000000013", "680000000606"} == left

    def test_windows_follow_the_day(self, folder: Path) -> None:
        """A later start chooses windows anew for its day, and changes nothing else."""
        database = sqlite3.connect(folder / "elkk.sqlite3")
        database.execute("UPDATE meters SET window_first_day = 1, window_last_day = 31")
        database.commit()
        database.close()

        with started(folder) as again, again.application() as application:
            answers = {one["number"]: one["answer"] for one in again.ready["link"]}
            cards = demo_accounts(application, user_of(application, again.ready), answers)
            today = local_date(application.clock.now(), "Europe/Moscow")

        assert {"680000000101": True, "680000000202": False} == {
            number: cards[number].meters[0].window.contains(today)
            for number in (books.ALWAYS_OPEN, books.CLOSED_TODAY)
        }

    def test_after_a_long_time(self, folder: Path) -> None:
        """When the bills have become too old to link an account by, the way out is told."""
        visit, log = folder / "visit.json", folder.with_suffix(".log")
        told = {**json.loads(visit.read_text()), "billed_through": "2020-01"}
        visit.write_text(json.dumps(told))

        with log.open("w") as stderr, started(folder, stderr=stderr):
            pass

        assert "--reset" in log.read_text()

    @pytest.mark.parametrize("left", [None, "{}"], ids=["broken off", "another version"])
    def test_unfinished_start(self, folder: Path, left: str | None) -> None:
        """What a start that was broken off, or another version, has left is thrown away."""
        key = DemoFolder(folder).secret_key()
        if left is None:
            (folder / "visit.json").unlink()
        else:
            (folder / "visit.json").write_text(left)

        with started(folder) as again, again.application() as application:
            assert "680000000606" in linked(application, user_of(application, again.ready))
            assert key != again.folder.secret_key()


class TestRefused:
    def refused(self, *words: object) -> tuple[int, str]:
        """Return the exit status of a demo that does not start, and the code of its error."""
        result = CliRunner().invoke(main, ["demo", "--json", *map(str, words)])
        return result.exit_code, json.loads(result.stderr)["error"]["code"]

    @pytest.mark.parametrize("host", ["0.0.0.0", "203.0.113.1", "::"])  # noqa: S104
    def test_network(self, tmp_path: Path, host: str) -> None:
        """A demo shows all messages to whoever asks, so it stays on this machine."""
        assert (1, "cli.host_not_loopback") == self.refused(
            "--host", host, "--data", tmp_path / "data"
        )
        assert not (tmp_path / "data").exists()

    def test_port_taken(self, tmp_path: Path, demo: Demo) -> None:
        """A taken port is told before anything is made."""
        port = demo.ready["url"].rpartition(":")[2]

        assert (5, "cli.port_taken") == self.refused("--port", port, "--data", tmp_path / "data")
        assert not list(tmp_path.glob("**/*.sqlite3"))

    def test_same_folder(self, demo: Demo) -> None:
        """Two demos do not share a folder, not even to reset it."""
        ready_file = demo.folder.path.with_suffix(".json")

        assert (5, "cli.demo_running") == self.refused(
            "--port", 0, "--data", demo.folder.path, "--ready-file", ready_file, "--reset"
        )
        assert ready_file.exists()

    def test_folder_of_others(self, tmp_path: Path) -> None:
        """A folder with other files in it is left alone, most of all by a reset."""
        letter = tmp_path / "elkk.sqlite3"
        letter.write_text("mine")

        assert (1, "cli.folder_not_demo") == self.refused(
            "--port", 0, "--data", tmp_path, "--reset"
        )
        assert "mine" == letter.read_text()

    def test_folder_that_cannot_be(self, tmp_path: Path) -> None:
        """A folder that cannot be made is named."""
        (tmp_path / "file").touch()

        assert (1, "cli.folder_unusable") == self.refused(
            "--port", 0, "--data", tmp_path / "file" / "data"
        )

    def test_ready_file_that_cannot_be(self, tmp_path: Path) -> None:
        """A place where no ready file can be written is told before the start."""
        assert (1, "cli.folder_unusable") == self.refused(
            "--port",
            0,
            "--data",
            tmp_path / "data",
            "--ready-file",
            tmp_path / "none" / "ready.json",
        )
