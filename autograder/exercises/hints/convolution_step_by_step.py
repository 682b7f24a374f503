"""Hints for assignment 1, in the words of its notebook and with numbers that are not in it."""

from __future__ import annotations

ZERO_PAD = (
    "Think of a stack of colour photographs, and put a frame round each. "
    "Every photograph gets taller and wider. Are there more photographs in the stack now? "
    "Are there more colours? Say for each of the four axes of X whether it grows.",
    #
    "Two steps.\n"
    "First describe the border: one pair (before, after) for each axis, in the order picture, row, "
    "column, channel. The border runs all the way round, so an axis that grows does so by the same "
    "amount at both ends. An axis that does not grow has a pair too, of two zeros.\n"
    "Then give np.pad the batch and this description. In the warm-up the filling is 7. "
    "Here it is 0.",
    #
    "The shape of the result tells you whether every pair sits in its place.\n"
    "Take a batch of shape (2, 3, 5, 1) and a pad of 4. The 3 rows get 4 above and 4 below, "
    "which makes 11. The 5 columns get 4 on the left and 4 on the right, which makes 13. "
    "So the shape must be (2, 11, 13, 1). The 2 and the 1 stay.\n"
    "Do you see (2, 3, 13, 9) instead? Then the border went to columns and channels: every pair "
    "sits one axis too late. And (2, 7, 9, 1) means that only one end got its zeros.\n"
    "Along a single row, a pad of 2 looks like this:\n"
    "  before        6 8\n"
    "  after     0 0 6 8 0 0\n"
    "A pad of 0 needs no case of its own: the same line adds nothing.",
)

CONV_SINGLE_STEP = (
    "Think of a shopping bill. One list says how many of each thing you buy, another says what "
    "each thing costs, and there is a fee for delivery. How do you get from the lists to the "
    "total? How often do you pay the fee? Now find the window, the filter and the bias in this "
    "picture.",
    #
    "Three steps, one after the other.\n"
    "Multiply window and filter, each entry by the one that lies on top of it. "
    "You get a block of products with the same shape.\n"
    "Add up this whole block: rows, columns and channels together, until a single number without "
    "any axis is left.\n"
    "Only now comes the bias. Take its number out of the box, as in the last line of the warm-up, "
    "and add it.",
    #
    "Here is one by hand: a window of 2 rows, 2 columns and one channel, and a bias of 10 in its "
    "box.\n"
    "  window     3 -1     filter     2  4     products     6 -4\n"
    "             2  5                0  1                  0  5\n"
    "The products add up to 7, and with the bias the answer is 17.\n"
    "Wrong answers tell where to look. 47: the bias was added to all four products. "
    "7: it was left out. Several numbers: the sum ran along one axis only. And [[[17.]]] instead "
    "of 17.0: the bias is still in its box, so the result has got the axes of the box.",
)

CONV_FORWARD = (
    "Start from the end. Choose a single number of the output, Z[i, h, w, c]. Its four indices "
    "answer four questions: which picture, how far down, how far to the right, which filter? "
    "Suppose you have only this one number to work out. What do you have to cut out and what do "
    "you lay over it, so that conv_single_step can do the rest?",
    #
    "Before the loops: read the sizes from the shapes of A_prev and W, look up both settings, work "
    "out height and width of the output with the two formulas, make an output of zeros, and put "
    "the border round the whole batch.\n"
    "Then the loops, from the outside in: pictures, output rows, output columns, filters. Do each "
    "thing as soon as you know enough for it. Once you know i, take the padded picture. "
    "Once you know h, work out which rows the window covers. Once you know w, work out its "
    "columns, and cut it out. Once you know c, pick filter and bias, ask conv_single_step, and "
    "write the answer to place i, h, w, c.\n"
    "After the loops: pack the four inputs into the cache, just as they came in. "
    "That means the input without its border.",
    #
    "The loop variable h counts stops of the window. It is not yet a row of the picture: only "
    "multiplied by the stride does it become one. The same goes for w and columns.\n"
    "Follow one picture with 4 rows, 9 columns and 2 channels. Let pad be 1, f be 3 and the stride "
    "3. With its border it has 6 rows and 11 columns.\n"
    "  rows:     6 - 3 = 3 to move,  3 // 3 = 1 step,   so 2 stops\n"
    "  columns: 11 - 3 = 8 to move,  8 // 3 = 2 steps,  so 3 stops\n"
    "The stops along a row, with the end not included:\n"
    "  w = 0: columns 0 to 3\n"
    "  w = 1: columns 3 to 6\n"
    "  w = 2: columns 6 to 9\n"
    "Columns 9 and 10 are left over, because another step would stick out. At h = 1, w = 2 the "
    "window covers rows 3 to 6 and columns 6 to 9, end not included, and both channels. Its shape "
    "is (3, 3, 2), and so is the shape of one filter. With 5 filters, Z has the shape "
    "(1, 2, 3, 5).\n"
    "Is a window at the right or lower edge too small? Then it was cut from the picture without "
    "its border, or rows and columns have changed places.",
)

POOL_FORWARD = (
    "Think of weather maps on separate sheets: temperature on one, rain on another. For every "
    "region, one number on each sheet shall stand for all the others. Would you ever let degrees "
    "compete with millimetres? So what does one window see of the channels?",
    #
    "Before the loops: read the sizes of the input, look up f and stride, and work out height and "
    "width of the output. It is the formula of the convolution without any border. There are as "
    "many channels as came in. Make an output of zeros.\n"
    "Then four loops: pictures, output rows, output columns, channels. The window starts and ends "
    "where it does in conv_forward. Cut it from picture i and channel c only. Now ask for the "
    "mode: take either the largest number or the mean, and write it to place i, h, w, c.\n"
    "After the loops: pack the input and the settings into the cache.",
    #
    "The size of the window and the length of its step are two different numbers. Keep them apart: "
    "f says where a window ends, the stride says where the next one starts.\n"
    "Take a single channel with 3 rows and 5 columns, f = 2 and stride = 3:\n"
    "  -4 -7  9 -2 -6\n"
    "  -1 -8  5 -3 -5\n"
    "   7  2  0  6  1\n"
    "Rows: 3 - 2 = 1 to move, no whole step, so 1 stop. Columns: 5 - 2 = 3 to move, one step, "
    "so 2 stops. The first window holds -4, -7, -1, -8. The second starts at column 3 and holds "
    "-2, -6, -3, -5.\n"
    "  max       -1 -2\n"
    "  average   -5 -4\n"
    "The column with the 9 and the last row belong to no window. If a 9 turns up in your result, "
    "the window has moved by one instead of three. If a 0 turns up as a maximum, negative numbers "
    "were compared with 0 instead of with one another.",
)

CONV_BACKWARD = (
    "Look at one output and forget the rest. A window, a filter and a bias have made it. "
    "Now its number in dZ comes back like a letter: had this output been a little larger, the loss "
    "would have changed by so much. Who must get a copy of the letter? And by what does each of "
    "them multiply the number in it? (Who was multiplied by whom on the way forwards?)",
    #
    "Before the loops: unpack the cache, look up the settings, read the sizes (those of the output "
    "from dZ), and put the border round the input again. Make three arrays of zeros. One has the "
    "shape of the input with its border, one the shape of W, one the shape of b.\n"
    "Then the loops of conv_forward, with the windows in the same places. At each stop take the "
    "one number of dZ that belongs to it, and add three things. The filter times this number goes "
    "into the window's place in the input's gradient. The window times this number goes into the "
    "gradient of filter c. The number itself goes into the gradient of bias c.\n"
    "After the loops: cut the border off the first array. The other two are done.",
    #
    "Filter and window swap roles: the gradient of the input is made of filters, and the gradient "
    "of the filter is made of windows.\n"
    "Follow one row with one channel. The input is 1 3 4, and the pad is 1. The filter is 2 -1 5, "
    "the stride is 2, and from the next layer come the two numbers 10 and 100.\n"
    "  padded input             0    1    3    4    0\n"
    "  10 times the filter     20  -10   50\n"
    "  100 times the filter             200 -100  500\n"
    "  together                20  -10  250 -100  500\n"
    "In the middle, 50 and 200 meet and make 250. With = instead of += only the 200 would be left. "
    "Now the border goes: start at place 1 and keep 3 numbers, -10, 250, -100. Start at pad and "
    "keep as many as the input had, and it works without a border too.\n"
    "  10 times window 0 1 3      0   10   30\n"
    "  100 times window 3 4 0   300  400    0\n"
    "  gradient of the filter   300  410   30\n"
    "The gradient of the bias is 10 + 100 = 110. Nothing is divided, and nothing is averaged.\n"
    "In a real batch, rows are treated like columns here. Pictures and channels have no border, so "
    "nothing is cut off there.",
)

CREATE_MASK_FROM_WINDOW = (
    "Imagine a room full of people. You ask them all: are you the tallest one here? "
    "Everybody answers yes or no from where they stand. What must people know before they can "
    "answer? And how would you draw all the answers?",
    #
    "Two steps, without a loop.\n"
    "Find the largest number of the whole window. That is a single number.\n"
    "Compare the window with it, all entries in one go, as the warm-up does with the ages. What "
    "comes back has the shape of the window, with True or False at every place. "
    "That is the mask already.",
    #
    "Here is a window of 3 rows and 2 columns in which everything is negative, with its mask:\n"
    "  -7 -2     False  True\n"
    "  -9 -4     False False\n"
    "  -3 -8     False False\n"
    "The largest number is -2. The -9 is farther from zero, but it is the smallest.\n"
    "Two traps. A single = gives a name to a value. To ask whether two things are equal takes two "
    "of these signs. And if you see a number instead of True and False, you have stopped after the "
    "first step: the largest number itself is not a mask.\n"
    "A way to test it: this mask times 6 has a 6 in the place of the -2 and 0 in the others.",
)

DISTRIBUTE_VALUE = (
    "You bake one cake on a tray and cut it into rows and columns of equal pieces. "
    "How many pieces are there? How much of the cake is in each? "
    "And what do you get when you put all the pieces together again?",
    #
    "Three steps.\n"
    "Unpack the shape: the first number says how many rows, the second how many columns.\n"
    "Work out how many entries such an array has, and divide dz by that number. "
    "This is the share.\n"
    "Make an array of this shape that holds the share in every place. "
    "The last line of the warm-up shows a function for that.",
    #
    "Share 12 over an array of shape (3, 8). It has 24 entries, so each gets 0.5, and 24 halves "
    "are 12 again.\n"
    "Other numbers tell what went wrong. About 1.09 is 12 / 11: height and width were added. "
    "4.0 is 12 / 3: the width was left out. 12.0: nothing was divided. And 0 comes from //, which "
    "rounds down, so take a plain /.\n"
    "Share -10 over (1, 5), and there are five entries of -2.0 in one row:\n"
    "  -2.0 -2.0 -2.0 -2.0 -2.0\n"
    "Does the sum of your array give back what you have shared? Then the share is right. "
    "Does it have the shape you were given? Then all is right.",
)

POOL_BACKWARD = (
    "Run the film of pool_forward backwards. Every output spoke for one window. In max mode it "
    "repeated what a single number of the window had said. In average mode everyone in the window "
    "had a small say. Now dA brings praise or blame for each output. To whom do you pass it on, in "
    "the one mode and in the other?",
    #
    "Before the loops: unpack the cache, look up f and stride, read the sizes of the output from "
    "dA, and make a gradient of zeros with the shape of the input.\n"
    "Then the four loops of pool_forward, with the windows in the same places. At each stop take "
    "the one number of dA that belongs to it. What follows depends on the mode.\n"
    "Max: cut the same window out of the input, in picture i and channel c, and make its mask. "
    "The mask times the number is what you pass on.\n"
    "Average: let distribute_value share the number over as many rows and columns as the window "
    "has. These shares are what you pass on.\n"
    "In both modes it is added to what already stands in that window of the gradient.",
    #
    "Only the place comes from the input. What is passed on comes from dA alone, so the numbers of "
    "the input never turn up in the gradient.\n"
    "Take one channel with 3 rows and 5 columns, f = 3 and stride = 2. The windows start at column "
    "0 and column 2, so they share column 2:\n"
    "  1 0 9 3 2\n"
    "  4 5 7 6 8\n"
    "  0 2 1 5 3\n"
    "Let dA bring 18 for the first window and 45 for the second. In max mode the 9 wins both. "
    "Its place collects 18 + 45 = 63, and all the others stay 0. (Only 45? Then a = has wiped out "
    "what was there.)\n"
    "In average mode the shares are 18 / 9 = 2 and 45 / 9 = 5. Every row of the gradient is\n"
    "  2 2 7 5 5\n"
    "because both shares meet in column 2. If you get 2 7 7 5 0 instead, your second window starts "
    "at column 1, and the stride is missing.\n"
    "A test for both modes: all numbers of the result add up to 63, just like those of dA.",
)

HINTS: dict[str, tuple[str, str, str]] = {
    "zero_pad": ZERO_PAD,
    "conv_single_step": CONV_SINGLE_STEP,
    "conv_forward": CONV_FORWARD,
    "pool_forward": POOL_FORWARD,
    "conv_backward": CONV_BACKWARD,
    "create_mask_from_window": CREATE_MASK_FROM_WINDOW,
    "distribute_value": DISTRIBUTE_VALUE,
    "pool_backward": POOL_BACKWARD,
}
