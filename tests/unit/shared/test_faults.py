"""Every fault is told, in the order of the rows."""

import pytest

from elkk_core.accounts import line
from elkk_core.shared import BatchRejected, Faults, FieldRequired, FormRejected
from elkk_core.shared.texts import read_date


def test_no_faults_refuse_nothing() -> None:
    """A form or batch without faults passes."""
    faults = Faults()
    faults.refuse_form()
    faults.refuse_batch()

    assert 0 == len(faults)


def test_form_is_refused_with_all_its_faults() -> None:
    """A second fault does not wait for the first to be mended."""
    faults = Faults()
    with faults.at("surname"):
        line("  ")
    with faults.at("birthday"):
        read_date("вчера")

    with pytest.raises(FormRejected) as caught:
        faults.refuse_form()
    found = [(fault.field, fault.error.code, fault.row) for fault in caught.value.faults]
    expected = [
        ("surname", "shared.field_required", None),
        ("birthday", "shared.not_a_date", None),
    ]
    assert expected == found


def test_batch_is_refused_in_the_order_of_its_rows() -> None:
    """However the faults were found, they are told from the first row on."""
    faults = Faults()
    for row in (7, 0, 3):
        faults.add("zone", FieldRequired(), row)

    with pytest.raises(BatchRejected) as caught:
        faults.refuse_batch()
    assert [0, 3, 7] == [fault.row for fault in caught.value.faults]


def test_other_errors_are_no_faults() -> None:
    """A mistake of ours is not taken for one of the file."""
    faults = Faults()

    with pytest.raises(ZeroDivisionError), faults.at("zone"):
        divmod(1, 0)
