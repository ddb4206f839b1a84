"""Sentences in which people are told what the core refused; one catalogue for all edges.

The core's errors carry codes and facts; here each code has a sentence that says what is the matter
and one that says how to mend it, in Russian and in English.
"""

from elkk_adapters.sentences.catalogue import LANGUAGES, Sentence, is_known, sentence
from elkk_adapters.sentences.words import zone_name

__all__ = ["LANGUAGES", "Sentence", "is_known", "sentence", "zone_name"]
