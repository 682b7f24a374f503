"""Hints for the whole network, its check by numbers, and its training."""

from __future__ import annotations

MODEL_FORWARD = (
    "Eight layers stand in a row, like people who pass a bucket on. Each one gives you two things: "
    "the bucket, and a note that somebody will need on the way back. What do you do with the "
    "bucket, and what with the notes?",
    #
    "Go through the list of layers in the text, one call for each, with the output of one as the "
    "input of the next. The convolutions get their own weights, biases and settings, the poolings "
    "their own settings. The mode is the default one. The dense layer gets W3 and b3, and nothing "
    "comes after it.\n"
    "Give each cache a name of its own. At the end pack the eight of them into a tuple, in the "
    "order of the layers, and return it beside the scores.",
    #
    "Follow the shapes. Take two pictures of 12 × 8 with 3 channels. Let W1 be (3, 3, 3, 4) with "
    "stride 1 and pad 1, W2 (3, 3, 4, 5) with stride 1 and pad 0, W3 (10, 6), and let both "
    "poolings have f = 2 and stride = 2.\n"
    "  conv1, relu1    (2, 12, 8, 4)\n"
    "  pool1           (2, 6, 4, 4)\n"
    "  conv2, relu2    (2, 4, 2, 5)\n"
    "  pool2           (2, 2, 1, 5)\n"
    "  flatten         (2, 10)\n"
    "  dense           (2, 6)\n"
    "Has conv2 another height? Then look at its settings: they stand under a key of their own. An "
    "error that speaks of a tuple comes from a layer's whole result, output and cache, being "
    "handed on. And if the scores are right but the caches are not, print the types in the tuple: "
    "tuple, array, tuple, tuple, array, tuple, tuple, tuple.",
)

MODEL_BACKWARD = (
    "The bucket goes back along the same row of people, and each of them reads the note that was "
    "written on the way there. Who is the first to get it now? Which of the eight also keep "
    "something for themselves: a gradient of their weights?",
    #
    "Unpack the eight caches under the names that they had. Then go through the list of layers "
    "from the end, one call for each: the backward function of the layer, with the gradient that "
    "has just come out and with the layer's own cache.\n"
    "Three layers have weights, and give three gradients each. The first one of these goes on to "
    "the layer before, the other two are kept for the result.\n"
    "At the end put the six gradients into a dict, under the names of the parameters.",
    #
    "On the way back every layer gives the shape that it was given on the way there. In the "
    "network of the last hint for model_forward:\n"
    "  dense      (2, 6) to (2, 10)             keeps (10, 6) and (1, 6)\n"
    "  flatten    (2, 10) to (2, 2, 1, 5)\n"
    "  pool2      (2, 2, 1, 5) to (2, 4, 2, 5)\n"
    "  relu2      (2, 4, 2, 5) as it is\n"
    "  conv2      (2, 4, 2, 5) to (2, 6, 4, 4)    keeps (3, 3, 4, 5) and (1, 1, 1, 5)\n"
    "  pool1      (2, 6, 4, 4) to (2, 12, 8, 4)\n"
    "  relu1      (2, 12, 8, 4) as it is\n"
    "  conv1      keeps (3, 3, 3, 4) and (1, 1, 1, 4)\n"
    "A relu changes no shape, so nothing complains if you forget one, or if a pooling goes back in "
    "the other mode. The gradient check in the next exercise does. The gradient of the pictures "
    "themselves has no use: leave it out. The keys are W1, b1 and so on, without a d.",
)

NUMERICAL_GRADIENTS = (
    "A radio has many knobs and no manual. To find out what one knob does you turn it a little to "
    "the right and listen, then a little to the left and listen. What do you do before you touch "
    "the next knob? And how do you get from the two sounds to a slope?",
    #
    "Work on copies of the parameters, so that nobody sees you turn the knobs. Make a gradient of "
    "zeros for each.\n"
    "Loop over the names, and for each over all indices of its array: np.ndindex gives them one by "
    "one. Keep the old number. Write the number plus epsilon into its place, run the network and "
    "ask for the cost. Write the old number minus epsilon, run it, and ask again. Put the old "
    "number back. The difference of both costs, divided by their distance, is the gradient of this "
    "one entry.",
    #
    "The distance from p minus epsilon to p plus epsilon is two epsilons. Try it with a cost that "
    "you know: p squared at p = 3, whose slope is 6, with an epsilon of 0.1.\n"
    "  cost at 3.1        9.61\n"
    "  cost at 2.9        8.41\n"
    "  difference         1.2\n"
    "  divided by 0.2     6\n"
    "With one side only it would be 9.61 - 9 = 0.61, and divided by 0.1 that is 6.1: not quite "
    "right. In Python, a / 2 * b is a half of a, times b, so the distance needs brackets.\n"
    "Start both moves from the number that you have kept, not from what stands in the array after "
    "the first move. And put it back, or each number that follows is judged in a network that has "
    "moved. You can check this: afterwards the copies are equal to the parameters.\n"
    "If a gradient has the same number everywhere, a whole array has been moved at once.",
)

ADAM_STEP = (
    "You walk down into a valley in fog, and the ground tells you its slope at every step, but it "
    "trembles. Adam keeps two notes for every parameter: where it went downhill lately, and how "
    "strongly the ground has trembled. Which of the two gives the direction, and which one the "
    "length? And what is wrong with the notes on the first day, when they begin with 0?",
    #
    "For each name, in this order:\n"
    "m keeps a share beta1 of what it was and gets the rest from the gradient. "
    "v keeps a share beta2 of what it was and gets the rest from the gradient's square.\n"
    "Then correct both for the zeros that they started from: divide by what t steps have put into "
    "them, one minus beta to the power of t. The corrected numbers are for this step only.\n"
    "The parameter moves against the corrected m, divided by the root of the corrected v, times "
    "the learning rate. Epsilon is added to the root, outside of it.\n"
    "Return new dicts of the parameters and of m and v as they were before the correction.",
    #
    "Do the first two steps by hand, with a learning rate of 0.1, a parameter of 1, and the "
    "gradients 2 and then -4:\n"
    "  t    m        v           corrected m    corrected v    parameter\n"
    "  1    0.2      0.004        2              4             0.9\n"
    "  2   -0.22     0.019996    -1.15789       10.003         0.93661\n"
    "At t = 1 the corrections divide by 0.1 and 0.001, at t = 2 by 0.19 and 0.001999. The first "
    "step is as long as the learning rate, however large the gradient was. If your first parameter "
    "is about 0.684, nothing was corrected. If it is 0.95, the root is missing, and if it is 1.1, "
    "the sign is wrong. If only the second line is off, you have kept the corrected m and v, or "
    "the power of beta is not t.",
)

MINI_BATCHES = (
    "Shuffle a pack of cards on which a picture and its name are printed, and deal it out in heaps "
    "of the same size. Why can no picture get the name of another one? What happens to the last "
    "heap?",
    #
    "Draw one order of the numbers 0 to m - 1, from a generator made with the seed. Cut this order "
    "into pieces: starts that are a size apart, and each piece goes from its start to size "
    "further.\n"
    "For each piece, take the pictures and the labels with the same indices, and put the two into "
    "the list as a pair.",
    #
    "An array of indices in brackets picks these entries in this order, so one order serves both "
    "arrays. A slice that reaches over the end simply stops there, so the smaller last batch needs "
    "no case of its own. For 7 examples, a size of 3 and the seed 9:\n"
    "  order          3 6 5 2 4 0 1\n"
    "  first batch    3 6 5\n"
    "  second batch   2 4 0\n"
    "  third batch    1\n"
    "The numbers say which examples are in the batch: its first picture is X[3], and its first "
    "label is Y[3]. If there are only two batches, the last one got lost. If the order is another "
    "one, look at the generator: np.random.seed leads to other numbers than default_rng.",
)

TRAIN = (
    "An epoch reads the whole book once, page by page, in a new order each time. After each page "
    "you know a little more than before it. What do you carry on from page to page? What from "
    "epoch to epoch? And what begins anew with each epoch?",
    #
    "Before the loops: an m and a v of zeros for every parameter, a t of 0, and an empty list of "
    "costs.\n"
    "For each epoch cut new mini-batches, with the seed plus the number of the epoch. For each "
    "mini-batch run the network forwards, ask for cost and dZ, run it backwards, raise t by one, "
    "and let Adam make new parameters and a new m and v. Add to the epoch's sum the cost times "
    "the number of examples in the mini-batch.\n"
    "At the end of the epoch divide this sum by the number of all examples, and append it to the "
    "costs. After the loops return the parameters and the costs.",
    #
    "Three counts run at different speeds. For 10 examples in batches of 4 and a seed of 5:\n"
    "  epoch         0          1\n"
    "  seed          5          6\n"
    "  sizes         4 4 2      4 4 2\n"
    "  t             1 2 3      4 5 6\n"
    "So t is set once, before all loops, and so are m and v. Whatever Adam returns takes the place "
    "of what it was given, all three of it.\n"
    "The last batch is smaller, and so counts less. If the three costs of an epoch are 1, 0.5 and "
    "0.3, its cost is (4 · 1 + 4 · 0.5 + 2 · 0.3) / 10, which makes 0.66. The plain mean would be "
    "0.6, and that is wrong. A cost is what it was when the batch's turn came, before its step.",
)
