"""Rules for lateness as courses write them."""

from __future__ import annotations

from nbgrader.plugins import BasePlugin


class Fails(BasePlugin):
    """Fails for one student, and takes a point from everybody else."""

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 1 / 0 if student_id == "late" else 1.0


class NotANumber(BasePlugin):
    """Gives what is no number of points."""

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return float("nan")


class LooksAround(BasePlugin):
    """Takes as many points as the student's id has letters in nbgrader's own gradebook."""

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        asking = self.parent
        submission = asking.gradebook.find_submission(asking.assignment_id, asking.student_id)
        return float(len(submission.student.id))
