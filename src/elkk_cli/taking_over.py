"""Taking a file over: read, checked and kept as a whole, or refused with every fault."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from elkk_adapters.application import Application
from elkk_adapters.files import read_table
from elkk_core.shared import BatchRejected, BatchReport, Progress, no_progress
from elkk_core.tariffs import SuppliedRate

RowT = TypeVar("RowT")
RowT_contra = TypeVar("RowT_contra", contravariant=True)


class TakesRows(Protocol[RowT_contra]):
    """A use case that takes all rows of a batch, or none of them."""

    def __call__(
        self,
        *,
        supplier: str,
        rows: Sequence[RowT_contra],
        on_progress: Progress = no_progress,
    ) -> BatchReport:
        """Keep the rows and tell what they changed."""
        ...


def take_over(
    content: bytes,
    row_type: type[RowT],
    use_case: TakesRows[RowT],
    *,
    supplier: str,
    delimiter: str = ",",
    encoding: str = "utf-8",
    on_progress: Progress = no_progress,
) -> BatchReport:
    """Hand the rows of a file to *use_case*, and tell of its refusal by line and column.

    Raises:
        FileRejected: If lines are wrong; every fault is listed, and nothing was kept.
        ElkkError: If the file cannot be read, or is refused for another reason.
    """
    table = read_table(content, row_type, delimiter=delimiter, encoding=encoding)
    try:
        return use_case(supplier=supplier, rows=table.rows, on_progress=on_progress)
    except BatchRejected as rejected:
        raise table.locate(rejected) from rejected


def publishing(application: Application) -> TakesRows[SuppliedRate]:
    """Return the publishing of rates, which is too quick to tell of its progress, as the others."""

    def publish(
        *, supplier: str, rows: Sequence[SuppliedRate], on_progress: Progress = no_progress
    ) -> BatchReport:
        report = application.tariffs.publish_tariff(supplier=supplier, rows=rows)
        on_progress(len(rows), len(rows))
        return report

    return publish
