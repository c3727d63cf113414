"""Sums of a column over the lines around each line, all lines at once."""

__all__ = ["Window"]


class Window:
    """Adds up columns of so many lines.

    A column is one large integer with a byte for each line; added to itself, some lines shifted, it holds
    the sums of twice as many lines.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._mask = (1 << 8 * count) - 1

    def around(self, column: bytes, reach: int) -> bytes:
        """For each line the sum over the lines up to so many lines away, the line itself included.

        None may pass 255.
        """
        whole = int.from_bytes(column, "little")
        return self._bytes(_ahead(whole << 8 * reach, 2 * reach + 1)) if whole else column

    def beside(self, column: bytes, reach: int) -> tuple[bytes, bytes]:
        """For each line the sums over so many lines before it, and over as many behind it."""
        whole = int.from_bytes(column, "little")
        sums = _ahead(whole << 8 * reach, reach)
        return self._bytes(sums), self._bytes(sums >> 8 * (reach + 1))

    def _bytes(self, sums: int) -> bytes:
        return (sums & self._mask).to_bytes(self._count, "little")


def _ahead(power: int, lines: int) -> int:
    """For each line the sum over so many lines, the first of them the line itself."""
    total = done = 0
    width = 1
    while lines:
        # Here `power` holds the sums of `width` lines.
        if lines & 1:
            total += power >> 8 * done
            done += width
        lines >>= 1
        if lines:
            power += power >> 8 * width
            width *= 2
    return total
