"""Engines as processes that are asked in turn."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence


class Worker:
    """One engine in a process of its own, on one processor."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str] | None = None,
        processor: int | None = None,
    ) -> None:
        """Starts the process and waits until its engine is built."""
        self.name = name
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **(environment or {})},
        )
        if processor is not None:
            os.sched_setaffinity(self.process.pid, {processor})
        self.start = self._answer()

    def ask(self, question: str) -> dict[str, int]:
        """Asks one question and returns the answer."""
        assert self.process.stdin
        self.process.stdin.write(question + "\n")
        self.process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, int]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} ended with {self.process.wait()}")
        answer = json.loads(line)
        if "error" in answer:
            raise RuntimeError(f"{self.name}: {answer['error']}")
        return answer

    def close(self) -> None:
        """Ends the process."""
        assert self.process.stdin
        if not self.process.stdin.closed:
            self.process.stdin.close()
        self.process.wait()
