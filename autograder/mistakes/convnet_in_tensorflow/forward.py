"""Wrong ways through the network."""

from __future__ import annotations

from typing import Any

from autograder.mistakes.convnet_in_tensorflow.later import ops, tf, wrong_code
from autograder.mistakes.declaration import Mistakes

MISTAKES = Mistakes("forward_propagation")
_FORWARD = wrong_code("forward_propagation")


def _unchanged(Z: Any) -> Any:
    return Z


def _relu(Z: Any) -> Any:
    return ops.relu(Z)


def _padded(A: Any, before: int, after: int) -> Any:
    return tf.pad(A, [[0, 0], [before, after], [before, after], [0, 0]])


MISTAKES.wrong(
    "valid-convolutions",
    "Its convolutions do not pad: every picture becomes smaller.",
    "What is the shape after the first convolution, and what should it be?",
    _FORWARD,
    padding="valid",
)
MISTAKES.wrong(
    "valid-pools",
    "Its pools do not pad: what does not fill a window is left out.",
    "How many windows of 8 fit into 20 columns, and how many does SAME padding give?",
    _FORWARD,
    pool_padding="valid",
)
MISTAKES.wrong(
    "valid-everywhere",
    "It never pads: neither convolutions nor pools say SAME.",
    "What does padding mean in Keras if you say nothing?",
    _FORWARD,
    padding="valid",
    pool_padding="valid",
)
MISTAKES.wrong(
    "symmetric-padding",
    "It pads by f // 2 on each side, as in assignment 2: too much for filters of even size.",
    "How many rows come out of 64 rows with a border of 2 on both sides and filters of 4?",
    _FORWARD,
    padded=lambda A, f: _padded(A, f // 2, f // 2),
    padding="valid",
)
MISTAKES.wrong(
    "odd-one-before",
    "It pads by hand, with one more zero before than after.",
    "On which side does TensorFlow put the odd one?",
    _FORWARD,
    padded=lambda A, f: _padded(A, f // 2, (f - 1) // 2),
    padding="valid",
)
MISTAKES.wrong(
    "stride-1-in-pools",
    "Its pools make nothing smaller: they move one step at a time.",
    "What is the shape after the first pooling, and what should it be?",
    _FORWARD,
    pool_strides=(1, 1),
)
MISTAKES.wrong(
    "stride-1-in-first-pool",
    "Its first pooling moves one step at a time.",
    "What is the shape after the first pooling, and what should it be?",
    _FORWARD,
    pool_strides=(1, 4),
)
MISTAKES.wrong(
    "stride-1-in-second-pool",
    "Its second pooling moves one step at a time.",
    "What is the shape after the second pooling, and what should it be?",
    _FORWARD,
    pool_strides=(8, 1),
)
MISTAKES.wrong(
    "stride-2-in-convolutions",
    "Its convolutions move two steps at a time.",
    "What is the shape after the first convolution, and what should it be?",
    _FORWARD,
    strides=2,
)
MISTAKES.wrong(
    "pool-sizes-swapped",
    "It pools with 4 × 4 first and with 8 × 8 later.",
    "Which size has the first pooling?",
    _FORWARD,
    pools=(4, 8),
)
MISTAKES.wrong(
    "average-for-max",
    "It takes the mean of every window.",
    "Which kind of pooling is asked for?",
    _FORWARD,
    pool=lambda A, f, **how: ops.average_pool(A, f, **how),
)
MISTAKES.wrong(
    "no-relu",
    "It leaves out both ReLUs.",
    "What stands between a convolution and its pooling?",
    _FORWARD,
    relus=(_unchanged, _unchanged),
)
MISTAKES.wrong(
    "no-first-relu",
    "It leaves out the first ReLU.",
    "What stands between the first convolution and its pooling?",
    _FORWARD,
    relus=(_unchanged, _relu),
)
MISTAKES.wrong(
    "no-second-relu",
    "It leaves out the second ReLU.",
    "What stands between the second convolution and its pooling?",
    _FORWARD,
    relus=(_relu, _unchanged),
)
MISTAKES.wrong(
    "sigmoid-for-relu",
    "It squeezes numbers between 0 and 1 with a sigmoid.",
    "Which function stands between a convolution and its pooling?",
    _FORWARD,
    relus=(lambda Z: ops.sigmoid(Z), lambda Z: ops.sigmoid(Z)),
)
MISTAKES.wrong(
    "tanh-for-relu",
    "It squeezes numbers between −1 and 1 with a tanh.",
    "Which function stands between a convolution and its pooling?",
    _FORWARD,
    relus=(lambda Z: ops.tanh(Z), lambda Z: ops.tanh(Z)),
)
MISTAKES.wrong(
    "leaky-relu",
    "It lets a part of negative numbers through.",
    "What should become of a number below 0?",
    _FORWARD,
    relus=(lambda Z: ops.leaky_relu(Z), lambda Z: ops.leaky_relu(Z)),
)
MISTAKES.wrong(
    "relu-at-the-end",
    "It puts a ReLU behind the last layer.",
    "Should an answer be allowed to be negative?",
    _FORWARD,
    after=lambda Z3: ops.relu(Z3),
)
MISTAKES.wrong(
    "softmax-at-the-end",
    "It puts a softmax behind the last layer.",
    "Who takes the softmax, forward_propagation or the cost?",
    _FORWARD,
    after=lambda Z3: ops.softmax(Z3),
)
MISTAKES.wrong(
    "log-softmax-at-the-end",
    "It returns logarithms of probabilities.",
    "Who takes the softmax, forward_propagation or the cost?",
    _FORWARD,
    after=lambda Z3: ops.log_softmax(Z3),
)
MISTAKES.wrong(
    "class-for-logits",
    "It returns the number of the largest logit.",
    "How many numbers does the cost need of each picture?",
    _FORWARD,
    after=lambda Z3: ops.argmax(Z3, axis=1),
)
MISTAKES.wrong(
    "no-flatten",
    "It hands pictures to the last layer, not rows.",
    "What shape does the last layer need?",
    _FORWARD,
    flat=_unchanged,
)
MISTAKES.wrong(
    "batch-flattened-too",
    "It makes one row of the whole batch.",
    "How many rows should be left for a batch of five pictures?",
    _FORWARD,
    flat=lambda A: ops.reshape(A, (1, -1)),
)
MISTAKES.wrong(
    "channels-flattened-first",
    "It flattens channel by channel.",
    "In which order does Flatten take the numbers of a picture?",
    _FORWARD,
    flat=lambda A: ops.reshape(ops.transpose(A, (0, 3, 1, 2)), (ops.shape(A)[0], -1)),
)
MISTAKES.wrong(
    "one-number-for-each-channel",
    "It leaves one number for each of the 16 channels, whatever size the picture has.",
    "Which shapes should there be after the second pooling, and after FLATTEN?",
    _FORWARD,
    flat=lambda A: ops.mean(A, axis=(1, 2)),
)
MISTAKES.wrong(
    "without-bias",
    "It multiplies with the last layer's kernel and forgets its bias.",
    "What does a layer do beside multiplying, and what does it do all by itself if you call it?",
    _FORWARD,
    dense=lambda F, layer: ops.matmul(F, layer.kernel),
)
MISTAKES.wrong(
    "rows-and-columns-swapped",
    "It turns the pictures: rows become columns.",
    "Does anything have to be done to X before the first convolution?",
    _FORWARD,
    before=lambda X: ops.transpose(X, (0, 2, 1, 3)),
)
MISTAKES.wrong(
    "channels-first",
    "It puts the channels first (NCHW) before it convolves.",
    "Where do the filters of W1 expect the colours?",
    _FORWARD,
    before=lambda X: ops.transpose(X, (0, 3, 1, 2)),
)
MISTAKES.wrong(
    "filters-upside-down",
    "It turns the filters by 180 degrees.",
    "Did the filters of assignments 1 and 2 have to be turned?",
    _FORWARD,
    weights=lambda W: tf.reverse(W, [0, 1]),
)
MISTAKES.wrong(
    "filters-transposed",
    "It swaps rows and columns of the filters.",
    "Does anything have to be done to W1 before it is used?",
    _FORWARD,
    weights=lambda W: tf.transpose(W, (1, 0, 2, 3)),
)
MISTAKES.wrong(
    "w2-before-w1",
    "It uses W2 in the first convolution.",
    "How many channels have the pictures, and how many do the filters of W2 expect?",
    _FORWARD,
    names=("W2", "W1"),
)
MISTAKES.wrong(
    "divided-by-255",
    "It divides the pictures by 255, as was done already when they were loaded.",
    "From where to where do the numbers in X go?",
    _FORWARD,
    before=lambda X: X / 255,
)
