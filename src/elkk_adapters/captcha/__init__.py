"""«Я не робот»: work for a browser, Google's check, or a question in words."""

from elkk_adapters.captcha.desk import CaptchaDesk
from elkk_adapters.captcha.errors import CaptchaUnavailable
from elkk_adapters.captcha.proof_of_work import ProofOfWork, solution_of
from elkk_adapters.captcha.questions import Question, Questions
from elkk_adapters.captcha.recaptcha import Recaptcha

__all__ = [
    "CaptchaDesk",
    "CaptchaUnavailable",
    "ProofOfWork",
    "Question",
    "Questions",
    "Recaptcha",
    "solution_of",
]
