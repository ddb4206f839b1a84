"""Strategies for requests of households, and for what suppliers publish."""

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from elkk_core.shared import AccountId, Money, SupplierId, UserId
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
    RequestState,
    Service,
    ServiceGroup,
    ServiceOrder,
    SupportRequest,
    Topic,
    Wording,
    request_number,
)
from elkk_core.testing.strategies.identity import name_parts
from elkk_core.testing.strategies.values import ids, moments, money, texts

_AMOUNTS = money(least=Money(0), most=Money(1_000_000_00))


def wordings() -> SearchStrategy[Wording]:
    """Texts with a translation, or without."""
    return st.builds(Wording, ru=texts(), en=texts() | st.just(""))


@st.composite
def contents(draw: DrawFn) -> Content:
    """What a supplier may publish, nothing included."""
    codes = draw(st.lists(st.from_regex(r"[a-z0-9][a-z0-9-]{0,15}", fullmatch=True), unique=True))
    services = [
        draw(
            st.builds(
                Service,
                code=st.just(code),
                title=wordings(),
                price=st.none() | _AMOUNTS,
                unit=st.none() | wordings(),
                term=st.none() | wordings(),
            )
        )
        for code in codes
    ]
    cut = draw(st.integers(0, len(services)))
    parts = [part for part in (services[:cut], services[cut:]) if part]
    questions = st.lists(st.builds(Question, title=wordings(), answer=wordings()), max_size=3)
    return Content(
        faq=tuple(
            draw(
                st.lists(
                    st.builds(FaqCategory, title=wordings(), questions=questions.map(tuple)),
                    max_size=3,
                )
            )
        ),
        services=tuple(
            ServiceGroup(title=draw(wordings()), services=tuple(part)) for part in parts
        ),
        offices=tuple(
            draw(
                st.lists(
                    st.builds(
                        Office,
                        title=wordings(),
                        address=wordings(),
                        hours=wordings(),
                        phone=texts(max_size=20) | st.just(""),
                        map_link=st.sampled_from(["", "https://www.openstreetmap.org/"]),
                    ),
                    max_size=2,
                )
            )
        ),
    )


def published_contents(*, supplier_id: SupplierId) -> SearchStrategy[PublishedContent]:
    """What a supplier publishes."""
    return st.builds(
        PublishedContent,
        supplier_id=st.just(supplier_id),
        content=contents(),
        version=st.just(0),
    )


def attachments() -> SearchStrategy[Attachment]:
    """Files of all kinds, with names as people give them."""
    return st.builds(
        Attachment,
        attachment_id=ids(AttachmentId),
        name=st.builds("{}.{}".format, texts(max_size=30), st.sampled_from(AttachmentKind)),
        kind=st.sampled_from(AttachmentKind),
        size=st.integers(1, 10 * 1024 * 1024),
    )


def messages() -> SearchStrategy[Message]:
    """What either side may write, in one line or several."""
    return st.builds(
        Message,
        author=st.sampled_from(Author),
        text=st.lists(texts(), min_size=1, max_size=3).map("\n".join),
        written_at=moments(),
        attachments=st.lists(attachments(), max_size=2).map(tuple),
    )


def service_orders() -> SearchStrategy[ServiceOrder]:
    """Orders of services with a price, or with one to be told."""
    return st.builds(
        ServiceOrder,
        service=st.from_regex(r"[a-z0-9][a-z0-9-]{0,15}", fullmatch=True),
        title=texts(),
        price=st.none() | _AMOUNTS,
        unit=texts(max_size=20) | st.just(""),
        address=texts(),
        phone=st.sampled_from(["+7 916 123-45-67", "8 (4752) 55-99-55"]),
    )


@st.composite
def support_requests(
    draw: DrawFn, *, supplier_id: SupplierId, account_id: AccountId, user_id: UserId
) -> SupportRequest:
    """Requests of a user in any state, about an account or about none."""
    order = draw(st.none() | service_orders())
    about = draw(st.none() | st.just(account_id))
    questions = [topic for topic in Topic if topic is not Topic.SERVICE_ORDER]
    return SupportRequest(
        request_id=draw(ids(RequestId)),
        supplier_id=supplier_id,
        number=request_number(draw(st.integers(2006, 2040)), draw(st.integers(1, 999_999))),
        user_id=draw(st.none() | st.just(user_id)),
        account_id=about,
        account_number=draw(st.sampled_from(["", "680012345678"])),
        topic=Topic.SERVICE_ORDER if order else draw(st.sampled_from(questions)),
        applicant=Applicant(
            surname=draw(name_parts()),
            given=draw(name_parts()),
            patronymic=draw(name_parts() | st.just("")),
        ),
        order=order,
        state=draw(st.sampled_from(RequestState)),
        registered_at=draw(moments()),
        messages=tuple(draw(st.lists(messages(), min_size=1, max_size=3))),
    )
