"""What keeps a captcha from judging."""

from typing import ClassVar

from attrs import define

from elkk_core.shared.errors import Unavailable


@define
class CaptchaUnavailable(Unavailable):
    """The service that judges does not answer, or not as its documentation says."""

    code: ClassVar[str] = "captcha.unavailable"
