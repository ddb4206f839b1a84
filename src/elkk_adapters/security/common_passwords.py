"""The passwords that are guessed first."""

from zxcvbn.frequency_lists import FREQUENCY_LISTS

# The keys that a Russian and a Latin keyboard share: «йцукен» is «qwerty», «пароль» is «gfhjkm».
_LATIN_KEYS = str.maketrans(
    "йцукенгшщзхъфывапролджэячсмитьбюё",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.`",
)


class ZxcvbnCommonPasswords:
    """The lists that zxcvbn guesses by: leaked passwords, words and names, about 90 000 in all.

    A password is looked up in whatever case it is written, and also as it would read had the
    keyboard been switched from Russian to Latin: guessers try both.
    """

    def __init__(self) -> None:
        self._known = frozenset(word for words in FREQUENCY_LISTS.values() for word in words)

    def contains(self, password: str) -> bool:
        """Tell whether *password* is among them, in whatever case it is written."""
        lowered = password.lower()
        return lowered in self._known or lowered.translate(_LATIN_KEYS) in self._known
