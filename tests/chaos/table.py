"""One line of the table that `make chaos` prints: what was done, what came out, and what is asked."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """`bad` is what may be at most `bound`."""

    what: str
    bad: float
    bound: float
    unit: str
    more: str = ""

    @property
    def holds(self) -> bool:
        return self.bad <= self.bound

    def __str__(self) -> str:
        mark = "ok  " if self.holds else "FAIL"
        return f"{mark} {self.what:<64} {self.bad:>8.2f} {self.unit:<3} (at most {self.bound:g})  {self.more}".rstrip()
