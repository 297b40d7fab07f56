"""Faults that a test switches on for the next requests of a replica."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Fault:
    """Strikes `times` requests whose text holds `match`."""

    kind: str
    times: int = 1
    match: str = ""
    status: int = 503
    retry_after: float = 1.0


@dataclass
class Faults:
    """The faults that are still to come; only those of `kinds` are taken."""

    kinds: frozenset[str]
    waiting: list[Fault] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, settings: Mapping[str, Any]) -> None:
        fault = Fault(**settings)
        if fault.kind not in self.kinds:
            known = ", ".join(sorted(self.kinds))
            raise ValueError(f"Unknown fault {fault.kind}; known are {known}")
        with self.lock:
            self.waiting.append(fault)

    def clear(self) -> None:
        with self.lock:
            self.waiting.clear()

    def take(self, kind: str, text: str = "") -> Fault | None:
        """The fault of this kind that strikes now, if one does."""
        with self.lock:
            for fault in self.waiting:
                if fault.kind == kind and fault.match in text and fault.times > 0:
                    fault.times -= 1
                    return fault
        return None
