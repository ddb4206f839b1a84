"""A valid request of a household, and what a supplier publishes."""

from typing import Any
from uuid import UUID

from attrs import evolve

from elkk_core.shared import Money
from elkk_core.support import (
    Applicant,
    Attachment,
    AttachmentId,
    AttachmentKind,
    Author,
    Content,
    FaqCategory,
    Message,
    Office,
    PublishedContent,
    Question,
    RequestId,
    Service,
    ServiceGroup,
    ServiceOrder,
    SupportRequest,
    Topic,
    Wording,
)
from elkk_core.testing.builders.household import ACCOUNT_ID, MORNING, SUPPLIER_ID, USER_ID


def an_attachment(**changes: Any) -> Attachment:
    """Return a photo of a meter."""
    return evolve(
        Attachment(
            attachment_id=AttachmentId(UUID(int=0xA8)),
            name="Счетчик.jpg",
            kind=AttachmentKind.JPEG,
            size=20_480,
        ),
        **changes,
    )


def a_message(**changes: Any) -> Message:
    """Return what the household wrote first, without a file."""
    return evolve(
        Message(
            author=Author.HOUSEHOLD,
            text="Счетчик показывает 14323, а в квитанции 14232.\nПочему?",
            written_at=MORNING,
        ),
        **changes,
    )


def a_request(**changes: Any) -> SupportRequest:
    """Return a question of ``a_user()`` about ``an_account()``."""
    return evolve(
        SupportRequest(
            request_id=RequestId(UUID(int=0xA7)),
            supplier_id=SUPPLIER_ID,
            number="ОБ-2020-000001",
            user_id=USER_ID,
            account_id=ACCOUNT_ID,
            account_number="680012345678",
            topic=Topic.READINGS,
            applicant=Applicant(surname="Петрова", given="Анна", patronymic="Сергеевна"),
            registered_at=MORNING,
            messages=(a_message(),),
        ),
        **changes,
    )


def an_order(**changes: Any) -> ServiceOrder:
    """Return an order of the service in ``a_content()``."""
    return evolve(
        ServiceOrder(
            service="meter-replacement",
            title="Замена однофазного счетчика",
            price=Money(185_000),
            unit="шт.",
            address="г. Тамбов, ул. Советская, д. 12, кв. 34",
            phone="+7 916 123-45-67",
        ),
        **changes,
    )


def a_content(**changes: Any) -> Content:
    """Return one question, one service and one office, each in both languages."""
    return evolve(
        Content(
            faq=(
                FaqCategory(
                    title=Wording(ru="Тариф", en="Tariff"),
                    questions=(
                        Question(
                            title=Wording(
                                ru="Когда действует ночной тариф?",
                                en="When does the night rate hold?",
                            ),
                            answer=Wording(
                                ru="Ночная зона длится **с 23:00 до 7:00**.",
                                en="The night zone lasts **from 23:00 to 7:00**.",
                            ),
                        ),
                    ),
                ),
            ),
            services=(
                ServiceGroup(
                    title=Wording(ru="Счетчики", en="Meters"),
                    services=(
                        Service(
                            code="meter-replacement",
                            title=Wording(
                                ru="Замена однофазного счетчика", en="Single-phase meter replaced"
                            ),
                            price=Money(185_000),
                            unit=Wording(ru="шт.", en="each"),
                            term=Wording(ru="до 10 рабочих дней", en="up to 10 working days"),
                        ),
                    ),
                ),
            ),
            offices=(
                Office(
                    title=Wording(ru="Центральный офис", en="Main office"),
                    address=Wording(
                        ru="г. Тамбов, ул. Советская, 104", en="Tambov, Sovetskaya 104"
                    ),
                    hours=Wording(ru="пн–пт 8:00–19:00", en="Mon–Fri 8:00–19:00"),
                    phone="+7 4752 00-00-00",
                    map_link="https://www.openstreetmap.org/?mlat=52.72&mlon=41.45",
                ),
            ),
        ),
        **changes,
    )


def a_published_content(**changes: Any) -> PublishedContent:
    """Return what ``a_supplier()`` publishes: ``a_content()``."""
    return evolve(PublishedContent(supplier_id=SUPPLIER_ID, content=a_content()), **changes)
