"""Pages of notebooks that are too much: always one for everybody, never too large."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from concurrent.futures import wait
from pathlib import Path

import bs4
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import Config

from autograder.execution.faults import METADATA
from autograder.feedback.exporter import FeedbackExporter
from autograder.feedback.limited import WorkLimits
from autograder.feedback.page_writing import PageJob, write_bare
from autograder.feedback.pages import FeedbackPages
from autograder.feedback.room import PAGE_BYTES
from autograder.feedback.standing import Standing
from autograder.judge import judge_notebook
from tests.feedback.hostile_texts import CERTAIN, SLOW
