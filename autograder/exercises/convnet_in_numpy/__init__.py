"""Assignment 2: layers without loops, and a network of them that learns to read pictures.

Arrays are NHWC. Hidden cases cover what assignment 1's do (height unlike width, strides 1 to 3,
pads 0 to 2, filters of 1 to 5, a stride that does not divide the size, one image, one channel, both
pooling modes, negative inputs), and besides: logits far from 0, Adam's first step and a later one,
mini-batches of unequal sizes, and more examples at once for functions that may not loop over them.
Where several largest numbers share a window, any way to pool backward is right: no case has that.
"""

from __future__ import annotations

from autograder.exercises.convnet_in_numpy import convolution, layers, model, pooling, training
from autograder.exercises.declaration import Assignment

ASSIGNMENT = Assignment(
    name="convnet_in_numpy",
    exercises=(
        convolution.SLIDING_WINDOWS,
        convolution.CONV_FORWARD_FAST,
        convolution.CONV_BACKWARD_FAST,
        pooling.POOL_FORWARD_FAST,
        pooling.POOL_BACKWARD_FAST,
        layers.RELU,
        layers.RELU_BACKWARD,
        layers.FLATTEN,
        layers.FLATTEN_BACKWARD,
        layers.DENSE_FORWARD,
        layers.DENSE_BACKWARD,
        training.XAVIER_UNIFORM,
        training.SOFTMAX_CROSS_ENTROPY,
        model.MODEL_FORWARD,
        model.MODEL_BACKWARD,
        model.NUMERICAL_GRADIENTS,
        training.ADAM_STEP,
        training.MINI_BATCHES,
        model.TRAIN,
    ),
    kits=("training_kit",),
)
