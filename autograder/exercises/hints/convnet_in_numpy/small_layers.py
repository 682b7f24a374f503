"""Hints for activation, flattening, dense layers, first weights and the cost."""

from __future__ import annotations

RELU = (
    "A turnstile lets people out and nobody in. What does it do with a number that comes from the "
    "positive side, and with one from the negative side?",
    #
    "Compare every entry with 0 and keep the larger of the two. NumPy has a function that does "
    "this with two arrays, or with an array and a number, entry by entry. The cache is the input, "
    "as it came.",
    #
    "There are two functions with similar names. One looks for the largest entry of a single "
    "array, and takes a second argument for an axis. The other one, np.maximum, takes two things "
    "and compares them place by place: this is the one.\n"
    "  Z   -3  0  2.5  -0.5\n"
    "  A    0  0  2.5   0\n"
    "A has the shape of Z, and nothing is written into Z itself: the way back needs to see which "
    "numbers were negative.",
)

RELU_BACKWARD = (
    "Move one number of Z by a tiny bit. If it is -3, does A notice? If it is 5, how much does A "
    "move? So who of them gets to hear what dA says?",
    #
    "Find out where Z was positive: one comparison of the whole array. Let dA through in these "
    "places and write 0 in the others. A product with the answers does both, because True counts "
    "as 1 and False as 0.",
    #
    "The question goes to Z, which is in the cache, never to dA. A gradient may well be negative:\n"
    "  Z    -3  0   2  5\n"
    "  dA    7  8  -9  4\n"
    "  dZ    0  0  -9  4\n"
    "If the -9 has gone, you have asked dA for its sign. If the 8 is still there, your comparison "
    "lets 0 through. And if you see a 1 or a 5, the gradient has been left out.",
)

FLATTEN = (
    "Imagine a stack of photographs. Each one is cut into strips of pixels, which are glued "
    "together to one long strip. How many strips have you got in the end?",
    #
    "Read the number of examples from the shape. Reshape to two axes: the examples, and everything "
    "else. You may write -1 for one of the two sizes, and NumPy works it out. The cache is the "
    "shape that came in, a tuple of four numbers.",
    #
    "Nothing moves in memory: the numbers stay in the order in which they are, and only the axes "
    "change. Two pictures with 1 row, 3 columns and 2 channels:\n"
    "  first picture     0 1    2 3    4 5\n"
    "  second picture    6 7    8 9   10 11\n"
    "become two rows:\n"
    "  0 1 2 3  4  5\n"
    "  6 7 8 9 10 11\n"
    "If the first row is 0 2 4 6 8 10, you have asked for columns first and turned the result, "
    "and both pictures are in it. If it is 0 2 4 1 3 5, the channels have been moved to the front.",
)

FLATTEN_BACKWARD = (
    "Flattening has changed no number. Is there anything to compute on the way back? "
    "What do you need to know to wind the strip up again?",
    #
    "The gradient of each number goes back to the place that the number came from. The cache is "
    "the old shape. So one call of a method is enough, and no number changes.",
    #
    "The strip was made row by row, pixel by pixel, channel by channel. That is NumPy's own order, "
    "so nothing has to be turned. With the shape (2, 1, 3, 2) in the cache, these two rows\n"
    "  10 11 12 13 14 15\n"
    "  20 21 22 23 24 25\n"
    "become two pictures. The first one has the pixels 10 11, then 12 13, then 14 15. If its first "
    "pixel is 10 20, you have turned the gradient before you reshaped it.",
)

DENSE_FORWARD = (
    "Every unit looks at all numbers of an example, weighs each, adds them up and adds its own "
    "bias. Isn't that a convolution whose window is the whole picture? What is left of all the "
    "reshaping if the windows are rows already?",
    #
    "Multiply the two matrices: examples in the rows of the first, units in the columns of the "
    "second. Then add the biases. They are one row, and NumPy adds it to every row of the product. "
    "The cache is the three inputs in the order of the function's head.",
    #
    "Look at the shapes. A_prev (m, n) and W (n, k) share the n in the middle, so they fit as they "
    "are, and the product has the shape (m, k).\n"
    "  A_prev   1  2     W   1  0   2     product   1   2   0\n"
    "           3 -1         0  1  -1               3  -1   7\n"
    "With the biases 10 20 30 the result is\n"
    "  11  22  30\n"
    "  13  19  37\n"
    "The 0 in the product is 1 · 2 + 2 · (-1). If Python says that the shapes do not fit, you have "
    "turned W, or used * where a matrix product belongs.",
)

DENSE_BACKWARD = (
    "You have met this in conv_backward_fast: one product on the way forwards, two on the way "
    "back. Write the shapes of A_prev, W and dZ side by side. Which two of them make an array in "
    "the shape of the third? What has to be turned on its side?",
    #
    "dA_prev is dZ times W, with one of the two turned. dW is A_prev times dZ, with one of the two "
    "turned. In each case there is only one choice for which the shapes work out.\n"
    "db is the sum of dZ over the examples, because each bias was added to every example. It "
    "should have the shape of b, with an axis of length one in front: keepdims leaves it there.",
    #
    "Nothing is divided by m here. The cost is a mean, and its gradient dZ is divided already. "
    "The matrices of the hint for dense_forward, with a dZ:\n"
    "  A_prev   1  2     W   1  0   2     dZ   1  0  -1\n"
    "           3 -1         0  1  -1          2  5   0\n"
    "The three gradients:\n"
    "  dA_prev   -1  1     dW   7  15  -1     db   3  5  -1\n"
    "             2  5          0  -5  -2\n"
    "The 7 is 1 · 1 + 3 · 2: an input of each example, times what came back to the first unit for "
    "the same example. With a mean instead of a sum, it would be 3.5.\n"
    "If dW comes out with two columns and three rows, the product was made the wrong way round.",
)

XAVIER_UNIFORM = (
    "Ten people whisper at once, or a thousand. How loudly may each of them whisper so that the "
    "sum is not louder than before? What does that mean for weights whose sum has many terms? And "
    "for a filter: from how many numbers does it make one?",
    #
    "Work out the two fans from the shape. For a matrix they are its two sizes. For filters they "
    "are the last two sizes, each times the number of pixels in a filter.\n"
    "Put their sum into the formula of the limit. Make a generator from the seed, and draw from "
    "it, uniformly between minus the limit and the limit, in the shape that was asked for.",
    #
    "The fans of filters are where most go wrong: all of a filter's weights meet in one output, "
    "rows and columns included.\n"
    "  shape (100, 50)       fans 100 and 50      6 / 150    limit 0.2\n"
    "  shape (2, 2, 1, 5)    fans 4 and 20        6 / 24     limit 0.5\n"
    "In the second line the last two sizes are 1 and 5, and a filter has 4 pixels. Without these 4 "
    "the limit would be 1.0, and with the first two sizes for fans about 1.22.\n"
    "Draw 1000 numbers and look at the smallest and the largest: they should be near minus the "
    "limit and near the limit. If some are larger, they come from a normal distribution. If none "
    "is negative, the draw started at 0. The same seed must give the same numbers each time, "
    "so the generator is made inside the function.",
)

SOFTMAX_CROSS_ENTROPY = (
    "The scores of an example are like heights of people on a hill. Softmax only asks how much "
    "taller one is than another. Does it matter how high the hill is? If you may choose the hill, "
    "which height makes all exponentials harmless? And when the answer is known, which of an "
    "example's probabilities is the only one that the cost looks at?",
    #
    "Take from each row its largest score. Work out the logarithms of the probabilities: the row, "
    "less the logarithm of the sum of its exponentials.\n"
    "For the cost pick in row i the entry of column Y[i], for all rows at once: two arrays of "
    "indices, the row numbers and the labels. The cost is minus their mean.\n"
    "For the gradient begin with the probabilities, subtract 1 in the very same places, and divide "
    "by the number of examples.",
    #
    "Two traps. The first one is a colon: [:, Y] means these columns in all rows. For each row its "
    "own column, you need the row numbers as well, 0 to m - 1.\n"
    "The second one is large numbers. The exponential of 1000 is infinite, and that of -1000 is 0, "
    "of which there is no logarithm. So never take the logarithm of a probability. Subtract "
    "before, and the logarithm follows without any exponential of the large number.\n"
    "Take two examples of two classes with the scores 1000, 1000 and 0, -1000, and let the right "
    "classes be 0 and 1.\n"
    "  less the largest    0     0        0     -1000\n"
    "  logarithms         -0.69 -0.69     0     -1000\n"
    "  probabilities       0.5   0.5      1      0\n"
    "  dZ                 -0.25  0.25     0.5   -0.5\n"
    "The cost is the mean of 0.69 and 1000, about 500.35. Without the division, dZ would be twice "
    "as large. Each row of dZ adds up to 0: what the right class gains, the others lose.",
)
