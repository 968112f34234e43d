"""Collects what is wrong in one deck file, so that all of it is reported at once."""

from __future__ import annotations

from quizapp.core.topic import Problem


class Report:
    """The problems of one file. Lines and columns count from 1."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._problems: list[Problem] = []

    def refuse(self, line: int, column: int, what: str, hint: str) -> None:
        """Add a problem that keeps the topic out of the library."""
        self._problems.append(Problem(self.path, line, column, what, hint))

    def warn(self, line: int, column: int, what: str, hint: str) -> None:
        """Add a problem that the topic can live with."""
        self._problems.append(Problem(self.path, line, column, what, hint, fatal=False))

    def add(self, problem: Problem) -> None:
        """Add a problem that another reading of the same file found."""
        self._problems.append(problem)

    @property
    def is_fatal(self) -> bool:
        """Whether any problem keeps the topic out of the library."""
        return any(problem.fatal for problem in self._problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return the problems in the order of their places."""
        return tuple(sorted(self._problems, key=lambda problem: (problem.line, problem.column)))
