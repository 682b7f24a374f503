"""How evidence is marked among outputs. Nothing is imported here: both sides need it early."""

from __future__ import annotations

EVIDENCE_TYPE = "application/vnd.convnet-autograder.evidence+json"
