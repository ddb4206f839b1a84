"""Publishing what households read of a supplier."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.support.model import Content, PublishedContent
from elkk_core.support.ports import SupportUnitOfWork


@frozen(kw_only=True)
class ContentReport:
    """Whether anything is new, and how much is published now."""

    changed: bool
    questions: int
    services: int
    offices: int


@frozen(kw_only=True)
class PublishContent:
    """Put questions and answers, price list and offices in the place of those published before.

    The same again changes nothing. Orders keep the prices that they were made at.

    Raises:
        SupplierNotFound: If there is no such supplier.
    """

    unit_of_work: Callable[[], SupportUnitOfWork]

    def __call__(self, *, supplier: str, content: Content) -> ContentReport:
        with self.unit_of_work() as uow:
            supplier_id = uow.suppliers.get_id(supplier)
            before = uow.contents.find(supplier_id)
            if before is None:
                uow.contents.add(PublishedContent(supplier_id=supplier_id, content=content))
            elif before.content != content:
                uow.contents.save(before.replace(content))
            uow.commit()
        return ContentReport(
            changed=before is None or before.content != content,
            questions=content.questions,
            services=sum(1 for _ in content.list_services()),
            offices=len(content.offices),
        )
