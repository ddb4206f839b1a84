"""``elkk calc``: JSON in, JSON out, and a place for everything that is wrong."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from elkk_cli.main import main


def run(name: str, data: str | bytes, *options: str) -> Result:
    """Run a calculator on its standard input."""
    return CliRunner().invoke(main, [*options, "calc", *name.split()], input=data)


def calc_all(name: str, given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what a calculator makes of good objects."""
    result = run(name, json.dumps(given))
    answers: list[dict[str, Any]] = json.loads(result.stdout)

    assert (0, "") == (result.exit_code, result.stderr)
    return answers


def calc(name: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return what a calculator makes of a good object, alone and in an array alike."""
    result = run(name, json.dumps(given))
    answer: dict[str, Any] = json.loads(result.stdout)

    assert (0, "") == (result.exit_code, result.stderr)
    assert [answer] == calc_all(name, [given])
    return answer


def refused(name: str, given: object) -> tuple[str, str]:
    """Return the code and the place of what is wrong."""
    result = run(name, json.dumps(given))
    answer = json.loads(result.stdout)

    assert (1, ["error"]) == (result.exit_code, list(answer))
    assert answer["error"]["text"]
    assert ["code", "text", "where"] == list(answer["error"])
    return answer["error"]["code"], answer["error"]["where"]


CHARGE = {
    "lines": [{"zone": "all_day", "quantity": "10"}],
    "rates": [{"zone": "all_day", "up_to": None, "price": "3.19"}],
    "vat": "20",
    "range_split": "proportional",
}
CONSUMPTION = {
    "integer_digits": 5,
    "decimals": 0,
    "previous": "99990",
    "current": "00011",
    "ratio": "1",
}
ESTIMATE = {
    "history": [{"month": "2026-01", "kwh": "120"}],
    "missed": 1,
    "persons": 2,
    "norm": "85",
    "cause": "reading_missed",
}
PENALTY = {
    "debts": [{"amount": "812.40", "due": "2025-03-10"}],
    "payments": [{"date": "2025-08-05", "amount": "300.00"}],
    "until": "2026-01-31",
    "key_rates": None,
    "caps": None,
    "moratoria": None,
    "rate_mode": "on_payment_day",
    "flat_rate": None,
    "include_payment_day": True,
    "allocation": "fifo",
}
FIELDS = {
    "Name": "ООО «Три кита»",
    "PersonalAcc": "40702810138250123017",
    "BankName": 'ОАО "БАНК"',
    "BIC": "044525225",
    "CorrespAcc": "30101810965770000413",
}
MONTHS = [{"month": f"2025-{number:02}", "kwh": "100.5"} for number in range(1, 7)]


class TestCharge:
    def test_one_line(self) -> None:
        """Ten kilowatt-hours at 3.19."""
        assert {
            "lines": [
                {
                    "zone": "all_day",
                    "range": 1,
                    "quantity": "10",
                    "price": "3.19",
                    "amount": "31.90",
                    "vat": "5.32",
                }
            ],
            "total": "31.90",
            "vat": "5.32",
        } == calc("charge", CHARGE)

    @pytest.mark.parametrize(
        ("range_split", "quantities", "total"),
        [
            (None, ["2600", "400", "1300", "200"], "30365.00"),
            ("proportional", ["2600", "400", "1300", "200"], "30365.00"),
            ("night_first", ["2400", "600", "1500"], "30549.00"),
            ("day_first", ["3000", "900", "600"], "29997.00"),
        ],
    )
    def test_zones_and_ranges(
        self, range_split: str | None, quantities: list[str], total: str
    ) -> None:
        """Zones share the bounds as asked, in proportion where nothing is asked."""
        prices = {"day": ("7.28", "9.92", "11.44"), "night": ("4.75", "6.47", "7.46")}
        answer = calc(
            "charge",
            CHARGE
            | {
                "lines": [
                    {"zone": "day", "quantity": "3000"},
                    {"zone": "night", "quantity": "1500"},
                ],
                "rates": [
                    {"zone": zone, "up_to": up_to, "price": price}
                    for zone, ranges in prices.items()
                    for up_to, price in zip(("3900", "6000", None), ranges, strict=True)
                ],
                "range_split": range_split,
            },
        )

        assert quantities == [line["quantity"] for line in answer["lines"]]
        assert total == answer["total"]

    def test_tax_of_a_period(self) -> None:
        """Without a rate of tax, the one in force in the period is taken."""
        assert "5.75" == calc("charge", CHARGE | {"vat": None, "period": "2026-01"})["vat"]

    def test_bounds_far_beyond_the_volume(self) -> None:
        """However high a bound, all below it is in the first range."""
        given = CHARGE | {
            "rates": [{"zone": "all_day", "up_to": "999999999999", "price": "3.19"}],
            "months": 10**30,
        }

        assert calc("charge", CHARGE) == calc("charge", given)

    def test_months_and_exemption(self) -> None:
        """Bounds of two months, and none for an exempt account."""
        given = CHARGE | {
            "lines": [{"zone": "all_day", "quantity": "25.50"}],
            "rates": [
                {"zone": "all_day", "up_to": "10", "price": "1"},
                {"zone": "all_day", "up_to": None, "price": "2.00"},
            ],
        }

        assert ["31.00", "25.50"] == [
            calc("charge", given | {"months": 2})["total"],
            calc("charge", given | {"exempt": True})["total"],
        ]

    @pytest.mark.parametrize(
        ("changes", "code", "where"),
        [
            ({"lines": None}, "shared.field_required", "lines"),
            ({"lines": {}}, "cli.json_type_wrong", "lines"),
            ({"lines": ["10"]}, "cli.json_type_wrong", "lines[0]"),
            (
                {"lines": [{"zone": "all_day", "quantity": 10}]},
                "cli.json_type_wrong",
                "lines[0].quantity",
            ),
            (
                {"lines": [{"zone": "all_day", "quantity": 1.5}]},
                "cli.json_type_wrong",
                "lines[0].quantity",
            ),
            (
                {"lines": [{"zone": "all_day", "quantity": "-1"}]},
                "shared.not_a_decimal",
                "lines[0].quantity",
            ),
            (
                {"lines": [{"zone": "all_day", "quantity": "1e3"}]},
                "shared.not_a_decimal",
                "lines[0].quantity",
            ),
            (
                {"lines": [{"zone": "evening", "quantity": "1"}]},
                "shared.not_a_zone",
                "lines[0].zone",
            ),
            (
                {"lines": [{"zone": "night", "quantity": "1"}]},
                "tariffs.price_missing",
                "rates",
            ),
            (
                {"lines": [{"zone": "all_day", "quantity": "1", "kwh": "1"}]},
                "cli.key_unknown",
                "lines[0].kwh",
            ),
            (
                {"rates": [{"zone": "all_day", "up_to": "0", "price": "1"}]},
                "tariffs.range_bound_not_positive",
                "rates[0].up_to",
            ),
            (
                {"rates": [{"zone": "all_day", "up_to": None, "price": "0"}]},
                "tariffs.rate_not_positive",
                "rates[0].price",
            ),
            (
                {"rates": [{"zone": "all_day", "up_to": "9", "price": "1"}]},
                "tariffs.price_missing",
                "rates",
            ),
            (
                {"rates": [{"zone": "all_day", "up_to": None, "price": "1"}] * 2},
                "tariffs.range_repeated",
                "rates",
            ),
            ({"vat": None}, "shared.field_required", "vat"),
            ({"vat": "101"}, "tariffs.vat_rate_wrong", "vat"),
            ({"vat": None, "period": "2003-01"}, "shared.nothing_in_force", "period"),
            ({"range_split": "evenly"}, "cli.choice_unknown", "range_split"),
            ({"months": 0}, "cli.number_too_small", "months"),
            ({"exempt": "yes"}, "cli.json_type_wrong", "exempt"),
            ({"discount": "1"}, "cli.key_unknown", "discount"),
        ],
    )
    def test_what_is_wrong_is_told_by_its_place(
        self, changes: dict[str, Any], code: str, where: str
    ) -> None:
        """Every fault names the value that it is about."""
        assert (code, where) == refused("charge", CHARGE | changes)


class TestConsumption:
    @pytest.mark.parametrize(
        ("changes", "consumption", "rolled_over"),
        [
            ({}, "21", True),
            ({"decimals": None, "ratio": None}, "21", True),
            ({"ratio": "40"}, "840", True),
            ({"previous": "00011"}, "0", False),
            ({"integer_digits": 4, "previous": "9990", "current": "0011"}, "21", True),
            ({"decimals": 1, "previous": "99990.5", "current": "00011,0"}, "20.5", True),
            ({"previous": "99000", "current": "04001", "max_rollover": "5001"}, "5001", True),
        ],
    )
    def test_figures(self, changes: dict[str, Any], consumption: str, *, rolled_over: bool) -> None:
        """Growth, or a passage through zero, times the ratio."""
        assert {"consumption": consumption, "rolled_over": rolled_over} == calc(
            "consumption", CONSUMPTION | changes
        )

    @pytest.mark.parametrize(
        ("changes", "code", "where"),
        [
            ({"previous": "50000"}, "metering.reading_below_previous", "current"),
            ({"current": "11.2"}, "metering.reading_too_precise", "current"),
            ({"current": "100000"}, "metering.reading_too_long", "current"),
            ({"current": "-1"}, "metering.reading_not_a_number", "current"),
            ({"previous": None}, "shared.field_required", "previous"),
            ({"integer_digits": "5"}, "cli.json_type_wrong", "integer_digits"),
            ({"integer_digits": True}, "cli.json_type_wrong", "integer_digits"),
            ({"integer_digits": 99}, "metering.capacity_malformed", "integer_digits"),
            ({"ratio": "0"}, "metering.ratio_not_positive", "ratio"),
            ({"ratio": "1.5"}, "shared.not_a_whole_number", "ratio"),
        ],
    )
    def test_refusals(self, changes: dict[str, Any], code: str, where: str) -> None:
        """A reading that cannot be, or a meter that cannot."""
        assert (code, where) == refused("consumption", CONSUMPTION | changes)


class TestEstimate:
    @pytest.mark.parametrize(
        ("changes", "basis", "kwh", "coefficient"),
        [
            ({}, "norm", "170", "1"),
            ({"history": None}, "norm", "170", "1"),
            ({"history": MONTHS}, "average", "101", "1"),
            ({"history": MONTHS, "decimals": 1}, "average", "100.5", "1"),
            ({"history": MONTHS, "missed": 3}, "average", "101", "1"),
            ({"history": MONTHS, "missed": 4}, "norm", "170", "1"),
            ({"history": MONTHS, "missed": 4, "period": "2016-12"}, "average", "101", "1"),
            ({"history": MONTHS, "missed": 9, "cause": "meter_failed"}, "average", "101", "1"),
            (
                {
                    "history": MONTHS,
                    "missed": 9,
                    "cause": "meter_failed",
                    "policy": "classic_3_then_norm",
                },
                "norm",
                "170",
                "1",
            ),
            ({"cause": "access_refused_twice"}, "norm", "255", "1.5"),
            ({"persons": 0, "owners": 1}, "norm", "85", "1"),
            ({"persons": None, "owners": 3}, "norm", "255", "1"),
        ],
    )
    def test_figures(self, changes: dict[str, Any], basis: str, kwh: str, coefficient: str) -> None:
        """An average for a while, or the norm for each person."""
        answer = calc("estimate", ESTIMATE | changes)

        assert (basis, kwh, coefficient) == (answer["basis"], answer["kwh"], answer["coefficient"])
        assert answer["clause"].startswith("ПП РФ № 354, п. ")
        assert answer["reason"].endswith(".")

    @pytest.mark.parametrize(
        "changes",
        [
            {"history": MONTHS},
            {"history": MONTHS, "cause": "meter_lost"},
            {"history": MONTHS, "missed": 4},
            {},
            {"cause": "access_refused_twice"},
        ],
    )
    def test_reason_is_told_in_both_languages(self, changes: dict[str, Any]) -> None:
        """Each reason has words of its own, in the operator's language."""
        data = json.dumps(ESTIMATE | changes)
        russian, english = (
            json.loads(run("estimate", data, "--lang", language).stdout)["reason"]
            for language in ("ru", "en")
        )

        assert english.isascii()
        assert not russian.isascii()

    @pytest.mark.parametrize(
        ("changes", "code", "where"),
        [
            ({"missed": 0}, "cli.number_too_small", "missed"),
            ({"norm": None}, "metering.norm_unknown", ""),
            ({"persons": None}, "metering.persons_unknown", ""),
            ({"persons": -1}, "cli.number_too_small", "persons"),
            ({"decimals": 100}, "metering.capacity_malformed", "decimals"),
            ({"cause": "laziness"}, "cli.choice_unknown", "cause"),
            ({"policy": "mercy"}, "cli.choice_unknown", "policy"),
            ({"period": "2012-01"}, "shared.nothing_in_force", ""),
            (
                {"history": [{"month": "2026-1", "kwh": "1"}]},
                "shared.not_a_month",
                "history[0].month",
            ),
            (
                {"history": [{"month": "2026-01", "kwh": "1"}] * 2},
                "shared.duplicate_row",
                "history[1].month",
            ),
        ],
    )
    def test_refusals(self, changes: dict[str, Any], code: str, where: str) -> None:
        """What an estimate cannot be made of."""
        assert (code, where) == refused("estimate", ESTIMATE | changes)


class TestPenalty:
    def test_rows_explain_the_total(self) -> None:
        """The rows say how much was owed, how long, and at what share of which rate."""
        row = {
            "from": "2025-06-09",
            "to": "2025-08-05",
            "days": 58,
            "debt": "812.40",
            "rate": "9.5",
            "fraction": "1/130",
            "amount": "34.4332615385",
        }
        answer = calc("penalty", PENALTY)

        assert ("116.89", "116.8947230769") == (answer["penalty"], answer["unrounded"])
        assert row == answer["rows"][1]

    def test_defaults(self) -> None:
        """Debts and a last day are enough."""
        given = {key: PENALTY[key] for key in ("debts", "payments", "until")}

        assert calc("penalty", PENALTY) == calc("penalty", given)

    @pytest.mark.parametrize(
        ("changes", "penalty"),
        [
            ({"payments": []}, "156.14"),
            ({"payments": None}, "156.14"),
            ({"include_payment_day": False}, "116.68"),
            ({"caps": []}, "200.75"),
            ({"caps": [], "rate_mode": "per_day"}, "224.28"),
            ({"rate_mode": "flat", "flat_rate": "21"}, "258.40"),
            ({"key_rates": [["2024-10-28", "21"]], "caps": []}, "258.40"),
            ({"caps": [["2022-02-28", "2027-01-01", "5"]]}, "61.52"),
            ({"moratoria": [["2025-01-01", "2026-01-31"]]}, "0.00"),
            ({"until": "2025-04-09"}, "0.00"),
            ({"until": "2025-04-10"}, "0.26"),
        ],
    )
    def test_choices(self, changes: dict[str, Any], penalty: str) -> None:
        """Every table and every choice can be given."""
        assert penalty == calc("penalty", PENALTY | changes)["penalty"]

    def test_payment_for_a_period(self) -> None:
        """A payment settles the debt that it names."""
        given = PENALTY | {
            "debts": [
                {"amount": "100.00", "due": "2025-03-10", "period": "2025-02"},
                {"amount": "100.00", "due": "2025-04-10", "period": "2025-03"},
            ],
            "payments": [{"date": "2025-04-10", "amount": "100.00", "period": "2025-03"}],
            "allocation": "period_named",
        }

        assert {"2025-04-10"} == {row["from"] for row in calc("penalty", given)["rows"][:1]}

    @pytest.mark.parametrize(
        ("changes", "code", "where"),
        [
            ({"debts": None}, "shared.field_required", "debts"),
            (
                {"debts": [{"amount": "1.234", "due": "2025-03-10"}]},
                "shared.not_an_amount",
                "debts[0].amount",
            ),
            (
                {"debts": [{"amount": "-1", "due": "2025-03-10"}]},
                "billing.amount_negative",
                "debts[0].amount",
            ),
            (
                {"payments": [{"amount": "-1", "date": "2025-03-10"}]},
                "billing.amount_negative",
                "payments[0].amount",
            ),
            (
                {"debts": [{"amount": "1", "due": "2025-02-29"}]},
                "shared.no_such_date",
                "debts[0].due",
            ),
            (
                {"debts": [{"amount": "1", "due": "9999-12-31"}]},
                "shared.not_a_date",
                "debts[0].due",
            ),
            ({"until": None}, "shared.field_required", "until"),
            ({"rate_mode": "flat"}, "billing.flat_rate_missing", "flat_rate"),
            ({"rate_mode": "weekly"}, "cli.choice_unknown", "rate_mode"),
            ({"allocation": "lifo"}, "cli.choice_unknown", "allocation"),
            ({"include_payment_day": 1}, "cli.json_type_wrong", "include_payment_day"),
            ({"key_rates": []}, "shared.nothing_in_force", ""),
            ({"key_rates": [["2024-10-28"]]}, "cli.length_wrong", "key_rates[0]"),
            ({"key_rates": [["2024-10-28", 21]]}, "cli.json_type_wrong", "key_rates[0][1]"),
            ({"key_rates": [["2024-10-28", "21"]] * 2}, "shared.duplicate_row", "key_rates[1]"),
            (
                {"caps": [["2027-01-01", "2022-02-28", "9.5"]]},
                "shared.dates_out_of_order",
                "caps[0]",
            ),
            ({"moratoria": ["2020-04-06"]}, "cli.json_type_wrong", "moratoria[0]"),
        ],
    )
    def test_refusals(self, changes: dict[str, Any], code: str, where: str) -> None:
        """What a penalty cannot be reckoned from."""
        assert (code, where) == refused("penalty", PENALTY | changes)


class TestTables:
    def test_due_days(self) -> None:
        """An array in, an array out, in the same order."""
        months = ["2026-01", "2026-02", "2026-03"]

        assert [{"due": "2026-02-10"}, {"due": "2026-03-10"}, {"due": "2026-04-15"}] == calc_all(
            "due-day", [{"period": month} for month in months]
        )

    def test_key_rates(self) -> None:
        """Rates have no needless zeros."""
        days = ["2022-02-28", "2022-02-27", "2026-07-27"]

        assert [{"rate": "20"}, {"rate": "9.5"}, {"rate": "14"}] == calc_all(
            "key-rate", [{"date": day} for day in days]
        )

    def test_last_month_of_all(self) -> None:
        """The last month that there is has a due day too."""
        assert {"due": "9999-01-15"} == calc("due-day", {"period": "9998-12"})

    def test_day_before_the_table(self) -> None:
        """There was no key rate before 13.09.2013."""
        assert ("shared.nothing_in_force", "date") == refused("key-rate", {"date": "2013-09-12"})


class TestPaymentCodes:
    @pytest.mark.parametrize("charset", [None, "utf8", "win1251"])
    def test_built_and_read_back(self, charset: str | None) -> None:
        """The text and the bytes of a code come back as the same fields."""
        built = calc("qr build", {"charset": charset, "fields": FIELDS})
        expected = {"charset": charset or "utf8", "separator": "|", "fields": FIELDS}

        assert expected == calc("qr parse", {"string": built["string"]})
        assert expected == calc("qr parse", {"base64": built["base64"]})

    def test_bytes_are_in_the_charset(self) -> None:
        """Base64 holds the bytes for the symbol."""
        built = calc("qr build", {"charset": "win1251", "fields": FIELDS})

        assert built["string"] == base64.b64decode(built["base64"]).decode("cp1251")

    def test_separator(self) -> None:
        """A value with «|» changes the separator of all."""
        built = calc("qr build", {"fields": FIELDS | {"Purpose": "ЖКУ|март"}})

        assert built["string"].startswith("ST00012#Name=ООО «Три кита»#PersonalAcc=")
        assert "#" == calc("qr parse", {"string": built["string"]})["separator"]

    def test_null_field_is_absent(self) -> None:
        """A null means the same as no key."""
        assert calc("qr build", {"fields": FIELDS}) == calc(
            "qr build", {"fields": FIELDS | {"Purpose": None}}
        )

    @pytest.mark.parametrize(
        ("name", "given", "code", "where"),
        [
            ("qr build", {}, "shared.field_required", "fields"),
            (
                "qr build",
                {"fields": FIELDS | {"BIC": ""}},
                "billing.payment_code_field_missing",
                "fields.BIC",
            ),
            (
                "qr build",
                {"fields": FIELDS | {"Sum": 100}},
                "cli.json_type_wrong",
                "fields.Sum",
            ),
            (
                "qr build",
                {"fields": FIELDS | {"Sum": "1.50"}},
                "billing.payment_code_field_malformed",
                "fields.Sum",
            ),
            (
                "qr build",
                {"fields": FIELDS, "charset": "koi8r"},
                "billing.payment_code_character_missing",
                "fields.Name",
            ),
            (
                "qr build",
                {"fields": FIELDS | {"Name": "Я" * 160}},
                "billing.payment_code_too_long",
                "fields",
            ),
            ("qr build", {"fields": FIELDS, "charset": "cp866"}, "cli.choice_unknown", "charset"),
            ("qr parse", {}, "cli.one_expected", ""),
            ("qr parse", {"string": "ST00012|", "base64": ""}, "cli.one_expected", ""),
            ("qr parse", {"base64": "ST00012|"}, "cli.base64_malformed", "base64"),
            ("qr parse", {"string": "SA00012|"}, "billing.payment_code_unreadable", "string"),
            ("qr parse", {"string": "\ud800"}, "cli.json_type_wrong", "string"),
        ],
    )
    def test_refusals(self, name: str, given: object, code: str, where: str) -> None:
        """What is no payment code, or cannot become one."""
        assert (code, where) == refused(name, given)


class TestControlDigits:
    @pytest.mark.parametrize(
        ("given", "valid"),
        [
            ({"account": "30101810400000000225", "type": "correspondent"}, True),
            ({"account": "30101810965770000413", "type": "correspondent"}, False),
            ({"account": "30101810400000000225", "type": "settlement"}, False),
            ({"account": "30101810400000000225"}, False),
            ({"account": "0"}, False),
        ],
    )
    def test_account_key(self, given: dict[str, str], *, valid: bool) -> None:
        """A key is right or wrong; what is no account has none."""
        assert {"valid": valid} == calc("account-key", {"bic": "044525225"} | given)

    @pytest.mark.parametrize(("inn", "valid"), [("7707083893", True), ("7707083894", False)])
    def test_inn(self, inn: str, *, valid: bool) -> None:
        """Control digits fit or they do not."""
        assert {"valid": valid} == calc("inn", {"inn": inn})

    def test_number_instead_of_a_string(self) -> None:
        """An INN may begin with a zero, so it is no number."""
        assert ("cli.json_type_wrong", "inn") == refused("inn", {"inn": 7707083893})


class TestInput:
    def test_one_bad_object_leaves_the_others_alone(self) -> None:
        """Each object has its answer in its place, and one refusal is enough to fail."""
        result = run("inn", json.dumps([{"inn": "7707083893"}, 5, {"inn": "1"}]))
        answers = json.loads(result.stdout)

        assert 1 == result.exit_code
        assert [{"valid": True}, {"valid": False}] == [answers[0], answers[2]]
        assert ("cli.json_type_wrong", "") == (
            answers[1]["error"]["code"],
            answers[1]["error"]["where"],
        )

    def test_nothing_to_do(self) -> None:
        """No objects in, no results out, and all are good."""
        assert [] == calc_all("inn", [])

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            ("", "cli.json_malformed"),
            ("{", "cli.json_malformed"),
            ('{"inn": "1"} {}', "cli.json_malformed"),
            (b"\xff\xfe\xfd", "cli.json_malformed"),
            ("[" * 100_000, "cli.json_malformed"),
            ('{"inn": "1", "inn": "2"}', "cli.key_repeated"),
            ("5", "cli.json_type_wrong"),
            ("null", "cli.json_type_wrong"),
        ],
    )
    def test_no_object(self, data: str | bytes, code: str) -> None:
        """What is no JSON, or neither an object nor an array, is refused as a whole."""
        result = run("inn", data)

        assert 1 == result.exit_code
        assert code == json.loads(result.stdout)["error"]["code"]

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("inn", r'{"\ud800": "1"}'),
            ("qr build", rf'{{"fields": {json.dumps(FIELDS)[:-1]}, "\ud800": "1"}}}}'),
        ],
        ids=["key", "field"],
    )
    def test_half_a_character_comes_back_as_it_came(self, name: str, data: str) -> None:
        """JSON can escape what no encoding can write; its place is told all the same."""
        result = run(name, data)

        assert json.loads(result.stdout)["error"]["where"].endswith("\ud800")

    def test_file(self, tmp_path: Path) -> None:
        """A file is read as well as the standard input, in UTF-8 with or without a mark."""
        file = tmp_path / "given.json"
        file.write_bytes(b"\xef\xbb\xbf" + b'{"inn": "7707083893"}')
        result = CliRunner().invoke(main, ["calc", "inn", str(file)])

        assert (0, {"valid": True}) == (result.exit_code, json.loads(result.stdout))

    @pytest.mark.parametrize(("language", "words"), [("ru", "Лишний ключ"), ("en", "no such key")])
    def test_refusals_are_told_in_the_language_of_the_operator(
        self, language: str, words: str
    ) -> None:
        """The code is for programs, the text for people."""
        result = run("inn", '{"inn": "1", "kpp": "1"}', "--lang", language)

        assert words in json.loads(result.stdout)["error"]["text"]
