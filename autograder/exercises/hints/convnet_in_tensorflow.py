"""Hints for assignment 3, in the words of its notebook and with numbers that are not in it."""

from __future__ import annotations

CREATE_PLACEHOLDERS = (
    "An empty frame on a wall says how wide and how high a picture may be. It does not say which "
    "picture, and not how many will be shown in it over the years. What do you know about X before "
    "there are pictures, and what not?",
    #
    "Two calls of the same function.\n"
    "The first gets the three sizes of one picture, in the order row, column, channel. "
    "The second gets the one size of a row of Y: the number of classes.\n"
    "How many pictures there are, you do not say. keras.Input puts that axis in front itself, and "
    "leaves it open.",
    #
    "Look at the shapes. For pictures of 20 rows and 30 columns in black and white, with four "
    "classes, they must be these:\n"
    "  X     (None, 20, 30, 1)\n"
    "  Y     (None, 4)\n"
    "Do you see (None, None, 20, 30, 1)? Then you have given the open axis too, and now there are "
    "two of them. (1, 20, 30, 1) means that it was closed: this symbol takes one picture and never "
    "two. And an error that speaks of an int which is not iterable comes from a shape without a "
    "comma: (4) is the number 4, while (4,) is a tuple with one entry.",
)

INITIALIZE_PARAMETERS = (
    "Someone moves into an empty house. Two shelves they build themselves, so they need to know "
    "every measure. The third comes with a carpenter, who measures the wall when he gets there. "
    "Which of the three parameters is which?",
    #
    "First make the initializer, with its seed. It is something that you call with a shape.\n"
    "Then work out both shapes: rows and columns of a filter, channels that come in, filters. "
    "The channels that come into the second convolution are the filters of the first.\n"
    "Put what the initializer draws into variables. For the last layer, say how many numbers come "
    "out of it, and nothing else.",
    #
    "The order is that of assignments 1 and 2. Ten filters of 5 × 5 for pictures in black and "
    "white would have the shape (5, 5, 1, 10), and seven filters of 3 × 3 on top of them "
    "(3, 3, 10, 7).\n"
    "If the shapes are right and the numbers are not, look at the initializer. GlorotUniform, and "
    "not GlorotNormal; the seed 0, for both. One initializer may draw both of them: with a seed it "
    "always starts from the beginning.\n"
    "If the check speaks of no variable, an array or a tensor is still waiting to be put into one. "
    "And a layer that has an activation other than linear has been told too much: the softmax "
    "belongs to the cost.",
)

FORWARD_PROPAGATION = (
    "Imagine a row of machines, each with a chute to the next. What comes out of one goes into the "
    "next, and nowhere else. Which machine has settings that you turn by hand, and which brings "
    "its own? Say for each what shape falls out of it for a single picture.",
    #
    "Eight calls, in the order of the formula; each gets the result of the one before.\n"
    "A convolution gets pictures and filters, the stride 1 and the word same. A pooling gets the "
    "size of its window, the stride, which is just as large, and the word same.\n"
    "Flattening is a layer of Keras that you make and call in one line. The last layer is in the "
    "parameters already. Call it with the flat numbers, and return what it gives.",
    #
    "Print the shape after each line. For one picture of 96 × 96 they are these:\n"
    "  after the first convolution   (1, 96, 96, 8)\n"
    "  after the first pooling       (1, 12, 12, 8)\n"
    "  after the second convolution  (1, 12, 12, 16)\n"
    "  after the second pooling      (1, 3, 3, 16)\n"
    "  flat                          (1, 144)\n"
    "  Z3                            (1, 6)\n"
    "Is the second line (1, 96, 96, 8) as well? Then the stride of the pooling is 1. Is the first "
    "one (1, 93, 93, 8)? Then the convolution does not pad, which is what it does if you say "
    "nothing.\n"
    "If all shapes are right and the numbers are not, see whether both ReLUs are there, and "
    "whether there is one too many: nothing comes after the last layer.",
)

COMPUTE_COST = (
    "In a quiz, each answer has a price: the less you believed in what turned out to be right, the "
    "more you pay. At the end you want to know what an answer costs you on average. Which part of "
    "that does TensorFlow do for you, and which is left?",
    #
    "Two steps.\n"
    "One function of tf.nn takes softmax and logarithm together, and gives a cost for each "
    "example. It asks for labels and for logits. Y is one of them and Z3 the other.\n"
    "Then make one number out of as many as there are examples. It must not grow just because "
    "there are more of them.",
    #
    "Here is one by hand, with two classes. The logits are 3 and 3, so both have the probability "
    "0.5, and whichever is right costs ln 2 = 0.6931. A second example has the logits 4 and 0, and "
    "the first class is right: 0.0181. The mean of both is 0.3556.\n"
    "Wrong answers tell where to look. 0.7113 is the sum. Two numbers instead of one: the mean is "
    "missing. And 0.5081 comes from a softmax too many: the function was given probabilities and "
    "took them for logits.",
)

MODEL = (
    "Think of learning words with a box of cards. You take a handful, try, look at what was wrong, "
    "and correct yourself a little. When the box is empty you shuffle and begin again. What do you "
    "prepare once, before the first card? What happens with each handful, and what when the box is "
    "empty?",
    #
    "Before the loops: parameters, one picture through the network, a list of all variables, Adam, "
    "the mini-batches, and an empty list.\n"
    "In the compiled step, inside the tape: the logits and their cost. Outside of it: the "
    "gradients of the cost with respect to the variables, and the optimiser's step with pairs of "
    "gradient and variable.\n"
    "In the inner loop: take a step and add its cost, times the number of pictures. After it: "
    "divide by the number of all pictures, and put that at the end of the list. After the loops: "
    "compare answers with what is right, as numbers of classes.",
    #
    "If nothing is learned, look at the list of variables. It must hold W1, W2, and the kernel and "
    "the bias of the last layer, four in all. Print its length. Two means that the last layer had "
    "no weights yet when you made the list: let a picture through first.\n"
    "An error that speaks of creating variables in a compiled function comes from Adam, who makes "
    "its averages at the first step; give it the variables before, with build.\n"
    "If the costs are not what is asked for, count them: five epochs make five numbers, however "
    "many mini-batches there are. And try one epoch by hand. Two mini-batches, of 8 pictures with "
    "the cost 1.5 and of 4 with the cost 0.9, make (12 + 3.6) / 12 = 1.3, and not 1.2.\n"
    "An accuracy of 0.96 is the share, and 96 the percentage. If it is about 0.7 or 0.8 whatever "
    "you do, numbers of classes are being compared with whole rows of zeros and ones.",
)

PREDICT = (
    "You want to post a photo to a machine with a slot. The slot has one size, the machine is used "
    "to pale pictures, and it only opens for envelopes, even if there is just one photo in it. "
    "What has to be done before it goes in, and what do you make of the slip that comes out?",
    #
    "Five steps: make the picture 64 × 64, bring its numbers from 0…255 to 0…1, put an axis of "
    "pictures in front, let the network answer, and find the place of the largest of its six "
    "logits.\n"
    "The network's pictures in training went through the same, so nothing may be left out. And "
    "what comes out should be a plain whole number.",
    #
    "Follow the shape of a picture with 200 rows and 90 columns:\n"
    "  as it comes            (200, 90, 3)    0 to 255\n"
    "  resized                (64, 64, 3)     0 to 255\n"
    "  scaled                 (64, 64, 3)     0 to 1\n"
    "  a batch of one         (1, 64, 64, 3)  0 to 1\n"
    "  logits                 (1, 6)\n"
    "  the class              a number\n"
    "An error that speaks of shapes comes from a picture that is not resized, or that is alone. "
    "Logits such as [[0.2, −1, 0.7, 3.1, 0, 0.4]] mean class 3: count from 0. If you get [3], the "
    "number is still in its array.",
)

HINTS = {
    "create_placeholders": CREATE_PLACEHOLDERS,
    "initialize_parameters": INITIALIZE_PARAMETERS,
    "forward_propagation": FORWARD_PROPAGATION,
    "compute_cost": COMPUTE_COST,
    "model": MODEL,
    "predict": PREDICT,
}
