"""Our export formats for nbgrader's own command.

``nbgrader export --exporter=autograder.nbgrader.export_plugins.CanvasExport --to FILE`` writes what
``autograder export --format canvas`` writes; ``--assignment`` and ``--student`` work too.
"""

from __future__ import annotations

import sys
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import ExportPlugin

from autograder.errors import CourseError
from autograder.export.writing import collect_grades, lay_out, write_export
from autograder.nbgrader.database import refuse_other_course
from autograder.printable import printable


class _Export(ExportPlugin):
    """What the formats share; nbgrader calls :meth:`export`."""

    layout = ""
    suffix = "csv"

    def export(self, gradebook: Gradebook) -> None:
        """Write the file; what is wrong is logged in words, and the exit code is 1."""
        try:
            name = self._assignment_name(gradebook)
            refuse_other_course(gradebook, self._directory().course_id, name)
            students = {str(each) for each in self.student}
            grades = collect_grades(gradebook, self._directory(), name, self.layout, students)
            path = Path(self.to or f"{name}-{self.layout}.{self.suffix}")
            write_export(lay_out(grades, self.layout), path)
        except CourseError as error:
            self.log.error("%s", printable(str(error)))
            sys.exit(1)
        told = f"Exported {len(grades.students)} submissions of {name} to {path}"
        self.log.info("%s", printable(told))

    def _directory(self) -> CourseDirectory:
        return getattr(self.parent, "coursedir", None) or CourseDirectory(parent=self)

    def _assignment_name(self, gradebook: Gradebook) -> str:
        asked = [str(each) for each in self.assignment]
        known = asked or [each.name for each in gradebook.assignments]
        if len(known) != 1:
            raise CourseError(
                "This format holds one assignment. Name it: --assignment '[\"name\"]'. "
                f"The choice here is: {', '.join(known) or 'none, for none was released'}."
            )
        return known[0]


class CanvasExport(_Export):
    """The CSV that Canvas's gradebook imports."""

    layout = "canvas"


class MoodleExport(_Export):
    """The grading worksheet that Moodle's assignment takes back."""

    layout = "moodle"


class DetailedCsvExport(_Export):
    """A table for people, with every exercise, the penalty and why to look."""

    layout = "csv"


class JsonExport(_Export):
    """The same as JSON."""

    layout = "json"
    suffix = "json"
