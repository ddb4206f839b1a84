"""Sentences in which people are told what the core refused or computed; one catalogue for all edges.

The core's errors carry codes and facts; here each code has a sentence that says what is the matter
and one that says how to mend it, in Russian and in English. A bill carries what its amounts were
computed from; here it is told in plain words.
"""

from elkk_adapters.sentences.audits import RuleTold, tell_finding, tell_rule
from elkk_adapters.sentences.catalogue import LANGUAGES, Sentence, is_known, sentence
from elkk_adapters.sentences.explanations import (
    ExplainedInvoice,
    ExplainedLine,
    Fact,
    LineGroup,
    Step,
    explain,
)
from elkk_adapters.sentences.notices import NoticeWords, tell_notice
from elkk_adapters.sentences.sheets import history_sheet
from elkk_adapters.sentences.words import month_name, zone_name

__all__ = [
    "LANGUAGES",
    "ExplainedInvoice",
    "ExplainedLine",
    "Fact",
    "LineGroup",
    "NoticeWords",
    "RuleTold",
    "Sentence",
    "Step",
    "explain",
    "history_sheet",
    "is_known",
    "month_name",
    "sentence",
    "tell_finding",
    "tell_notice",
    "tell_rule",
    "zone_name",
]
