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

    def sums(self, column: bytes, low: int, high: int) -> bytes:
        """For each line the sum over the lines from ``low`` to ``high`` away; none may pass 255."""
        whole = int.from_bytes(column, "little")
        power = whole << -8 * low if low < 0 else whole >> 8 * low
        total, width, done, rest = 0, 1, 0, high - low + 1
        while rest:
            # Here `power` holds the sums of `width` lines, the first of them the one itself.
            if rest & 1:
                total += power >> 8 * done
                done += width
            power += power >> 8 * width
            width *= 2
            rest >>= 1
        return (total & self._mask).to_bytes(self._count, "little")

    def around(self, column: bytes, reach: int) -> bytes:
        """For each line the sum over the lines up to so many lines away, the line itself included."""
        return self.sums(column, -reach, reach)
