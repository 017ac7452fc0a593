"""Amounts in words, as papers that people sign carry them: "seratus dua puluh lima ribu rupiah".

Indonesian has two short forms that a table of digits alone would miss: one hundred and one
thousand are "seratus" and "seribu" (not "satu ratus", "satu ribu"), and eleven is "sebelas". One
million and more are said in full ("satu juta").
"""

from pos.i18n import language

LARGEST = 999_999_999_999_999
"""The largest number that has words here (999 triliun and so on)."""

_DIGITS = (
    *("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
    *("sepuluh", "sebelas"),
)
_GROUPS = ("", "ribu", "juta", "miliar", "triliun")

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ("", "thousand", "million", "billion", "trillion")


def terbilang(number: int) -> str:
    """The number in Indonesian words; raises ValueError beyond LARGEST on either side of zero."""
    if number < 0:
        return f"minus {terbilang(-number)}"
    if number == 0:
        return _DIGITS[0]
    parts = []
    for group, value in _in_thousands(number):
        if group == 1 and value == 1:
            parts.append("seribu")
        else:
            parts += [_below_thousand(value), _GROUPS[group]]
    return " ".join(filter(None, parts))


def english_words(number: int) -> str:
    """The number in English words; raises ValueError beyond LARGEST on either side of zero."""
    if number < 0:
        return f"minus {english_words(-number)}"
    if number == 0:
        return _SMALL[0]
    parts = []
    for group, value in _in_thousands(number):
        parts += [_english_below_thousand(value), _SCALES[group]]
    return " ".join(filter(None, parts))


def in_words(number: int) -> str:
    """The number in words of the language in force."""
    return terbilang(number) if language() == "id" else english_words(number)


def rupiah_in_words(amount: int) -> str:
    """125000 -> "Seratus dua puluh lima ribu rupiah", in the language in force."""
    words = f"{in_words(amount)} rupiah"
    return words[0].upper() + words[1:]


def _in_thousands(number: int) -> list[tuple[int, int]]:
    """(power of a thousand, its three digits), the highest first, those that are zero left out."""
    if number > LARGEST:
        raise ValueError(f"{number} has no words here")
    groups = []
    for group in range(len(_GROUPS)):
        number, value = divmod(number, 1000)
        if value:
            groups.append((group, value))
    return groups[::-1]


def _below_thousand(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    parts = []
    if hundreds:
        parts.append("seratus" if hundreds == 1 else f"{_DIGITS[hundreds]} ratus")
    if 0 < rest < 12:
        parts.append(_DIGITS[rest])
    elif 12 <= rest < 20:
        parts.append(f"{_DIGITS[rest - 10]} belas")
    elif rest:
        tens, ones = divmod(rest, 10)
        parts.append(f"{_DIGITS[tens]} puluh")
        if ones:
            parts.append(_DIGITS[ones])
    return " ".join(parts)


def _english_below_thousand(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    parts = [f"{_SMALL[hundreds]} hundred"] if hundreds else []
    if 0 < rest < 20:
        parts.append(_SMALL[rest])
    elif rest:
        tens, ones = divmod(rest, 10)
        parts.append(_TENS[tens - 2] + (f"-{_SMALL[ones]}" if ones else ""))
    return " ".join(parts)
