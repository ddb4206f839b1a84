"""The room of requests, and of what suppliers publish."""

from pathlib import Path

from elkk_adapters.application import Support
from elkk_adapters.attachments import AttachmentFolder
from elkk_adapters.bootstrap.tools import Tools
from elkk_core import support


def support_room(tools: Tools) -> Support:
    """Return the use cases and queries of requests, and of what suppliers publish."""
    files = AttachmentFolder(path=Path(tools.settings.files_folder))
    requests = tools.database.request_overviews
    return Support(
        publish_content=support.PublishContent(unit_of_work=tools.unit_of_work),
        show_content=support.ShowContent(reading=tools.reading),
        ask_question=support.AskQuestion(
            unit_of_work=tools.unit_of_work,
            files=files,
            clock=tools.clock,
            identifiers=tools.identifiers,
            policy=tools.settings.support,
        ),
        order_service=support.OrderService(
            unit_of_work=tools.unit_of_work,
            clock=tools.clock,
            identifiers=tools.identifiers,
            policy=tools.settings.support,
        ),
        reply_to_request=support.ReplyToRequest(
            unit_of_work=tools.unit_of_work,
            files=files,
            clock=tools.clock,
            identifiers=tools.identifiers,
            policy=tools.settings.support,
        ),
        show_request=support.ShowRequest(requests=requests),
        take_request=support.TakeRequest(unit_of_work=tools.unit_of_work),
        answer_request=support.AnswerRequest(
            unit_of_work=tools.unit_of_work, clock=tools.clock, identifiers=tools.identifiers
        ),
        close_request=support.CloseRequest(unit_of_work=tools.unit_of_work),
        read_attachment=support.ReadAttachment(requests=requests, files=files),
        read_attachments=support.ReadAttachments(requests=requests, files=files),
        request_overviews=requests,
        content_library=tools.database.content_library,
        own_data=support.ShowOwnRequests(requests=requests),
    )
