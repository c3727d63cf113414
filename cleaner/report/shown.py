"""Text of a scrape, a file name, a message on a terminal: shown, never obeyed."""

__all__ = ["shown"]

_JOINERS = "\u200c\u200d"  # of Persian, of Indic scripts and of emoji: they steer nothing


def shown(text: str) -> str:
    """The text with control characters shown, so that it cannot steer the terminal.

    So are characters that turn the direction of text or have no width, but for the joiners between
    letters. White space other than the space and the tab becomes a space.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\t " else _escaped(c) for c in text)


def _escaped(char: str) -> str:
    if char.isspace():
        return " "
    if char in _JOINERS:
        return char
    number = ord(char)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
