"""The training kit: reads the pictures, and does what a network needs around its layers.

This folder lies beside the notebook and needs NumPy, h5py, matplotlib and tqdm. It runs training on
the student's own functions, keeps checkpoints, draws and times. What is in it is given, and not
graded; in a grading run it does next to nothing.
"""

from __future__ import annotations

from .brief_runs import epochs_to_run
from .checkpoints import CheckpointError, Training, load_checkpoint, save_checkpoint
from .fitting import Network, accuracy, fit, predict
from .picture_files import PictureFileError, open_pictures
from .plots import (
    plot_classes,
    plot_confusion,
    plot_curves,
    plot_filters,
    plot_mistakes,
    plot_timings,
)
from .timing import FastLayers, Timings, time_layers
from .training_data import TrainingData, first, load_training_data

__all__ = [
    "CheckpointError",
    "FastLayers",
    "Network",
    "PictureFileError",
    "Timings",
    "Training",
    "TrainingData",
    "accuracy",
    "epochs_to_run",
    "first",
    "fit",
    "load_checkpoint",
    "load_training_data",
    "open_pictures",
    "plot_classes",
    "plot_confusion",
    "plot_curves",
    "plot_filters",
    "plot_mistakes",
    "plot_timings",
    "predict",
    "save_checkpoint",
    "time_layers",
]
