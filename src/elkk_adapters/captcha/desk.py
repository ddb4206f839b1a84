"""The captcha of the cabinet: one of two ways by the browser, and a question for everybody else."""

from attrs import frozen

from elkk_adapters.captcha.proof_of_work import ProofOfWork
from elkk_adapters.captcha.questions import Questions
from elkk_adapters.captcha.recaptcha import Recaptcha
from elkk_core.identity.errors import CaptchaNotPassed
from elkk_core.identity.model import CaptchaAnswer, CaptchaVerdict


@frozen(kw_only=True)
class CaptchaDesk:
    """Judges what a form brings; pages ask *browser* and *questions* what to show.

    A reply in words is looked at before a solution: whoever takes the trouble to write one does so
    because the other way does not work.
    """

    browser: ProofOfWork | Recaptcha
    questions: Questions

    def judge(self, answer: CaptchaAnswer) -> CaptchaVerdict:
        """Return what became of *answer*.

        Raises:
            CaptchaNotPassed: If it answers nothing that was ever asked.
            CaptchaExpired: If it comes too late.
            CaptchaUnavailable: If whoever has to judge does not answer.
        """
        if answer.reply.strip():
            return self.questions.judge(answer)
        if answer.solution:
            return self.browser.judge(answer)
        raise CaptchaNotPassed
