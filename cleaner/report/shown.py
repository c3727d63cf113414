"""Text of a scrape, a file name, a message on a terminal: shown, never obeyed."""

__all__ = ["quantity", "shown"]

_JOINERS = "\u200c\u200d"  # of Persian, of Indic scripts and of emoji: they steer nothing


def shown(text: str) -> str:
    """The text with control characters shown, so that it cannot steer the terminal.

    So are characters that turn the direction of text or have no width, but for the joiners between
    letters. White space other than the space and the tab becomes a space.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\t " else _escaped(c) for c in text)


def quantity(number: int, noun: str) -> str:
    """The number and what it counts, of which one has no ``s``: "1 cut", "2,040 cuts", "1 claim kept"."""
    first, blank, rest = noun.partition(" ")
    return f"{number:,} {first}{'' if number == 1 else 's'}{blank}{rest}"


def _escaped(char: str) -> str:
    if char.isspace():
        return " "
    if char in _JOINERS:
        return char
    number = ord(char)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
