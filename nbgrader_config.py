"""nbgrader's configuration of this course: its folders, and our parts by name.

With this file in the course folder `nbgrader generate_assignment`, `autograde`,
`generate_feedback`, `export` and the formgrader work as nbgrader's documentation says, and grade
as `autograder grade` does.
"""

c = get_config()  # noqa: F821 - nbgrader defines it when it reads this file

c.CourseDirectory.course_id = "convolutional-networks"
c.CourseDirectory.source_directory = "notebooks"
c.CourseDirectory.release_directory = "release"
c.CourseDirectory.solution_directory = "solutions"
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "feedback",
    "checkpoints",  # what training in a notebook leaves beside it
    "draw.py",  # draws the figures; students get the figures
]

# What students get: stubs with their guidance, no hidden tests.
c.GenerateAssignment.preprocessors = [
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbgrader.preprocessors.LockCells",
    "autograder.nbgrader.scaffold.Scaffold",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ClearMarkScheme",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# What instructors get: the executed solution, which fails loudly if a cell fails.
c.GenerateSolution.preprocessors = [
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbgrader.preprocessors.LockCells",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.ClearMarkScheme",
    "autograder.nbgrader.hide.HideMarkers",
    "autograder.nbgrader.execute_solution.ExecuteSolution",
]

# Grading: read leniently, restore, execute, judge outside the student's process.
c.Autograde.pre_convert_hook = "autograder.nbgrader.prepare.prepare"
c.Autograde.exporter_class = "autograder.nbgrader.exporter.SubmissionExporter"
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors.ClearOutput",
    "autograder.nbgrader.restore.Restore",
    "nbgrader.preprocessors.DeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "autograder.nbgrader.execute_submission.ExecuteSubmission",
    "autograder.nbgrader.judge.Judge",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "autograder.nbgrader.save_scores.SaveScores",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# Feedback: no hidden test's source, nothing that a browser would run, figures inside.
c.GenerateFeedback.exporter_class = "autograder.feedback.exporter.FeedbackExporter"
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "autograder.nbgrader.hide.HideTests",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
c.HTMLExporter.embed_images = True

# The formgrader shows what students wrote in the instructor's own browser.
c.HTMLExporter.sanitize_html = True  # outputs
c.HTMLExporter.filters = {  # each is made by a process with limits, and a page has an end
    "markdown2html": "autograder.feedback.filters.clean_markdown",
    "clean_html": "autograder.feedback.filters.clean_output",
    "ansi2html": "autograder.feedback.filters.terminal_colours",
    "highlight_code": "autograder.feedback.filters.highlighted_code",
}
c.HTMLExporter.exclude_raw = True
c.HTMLExporter.preprocessors = ["autograder.feedback.formgrader_policy.FormgraderPolicy"]
