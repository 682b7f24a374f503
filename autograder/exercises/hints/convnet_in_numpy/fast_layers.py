"""Hints for convolution and pooling without loops over pictures or positions."""

from __future__ import annotations

SLIDING_WINDOWS = (
    "Cut a square hole into a sheet of cardboard and lay it on a newspaper. Wherever you move it, "
    "nothing is printed again: you only look at another part of the same page. To name one letter "
    "that you see, you say where the hole lies, and where in the hole you look. "
    "How many numbers is that? And which two axes of X does the hole never move along?",
    #
    "Three steps, without a loop and without a copy.\n"
    "Ask NumPy's sliding_window_view for all windows of f rows and f columns, and tell it the two "
    "axes that they move along. It puts a window at every row and every column.\n"
    "Keep only those that are a stride apart. A slice with a step does this, on the axes that "
    "count the windows. The batch stands before them, and stays whole.\n"
    "Put the axes in the order that the text asks for. NumPy lets the window's own two axes come "
    "last, behind the channels. Slicing and transposing give views again, so nothing is copied.",
    #
    "The shape after each step says whether the step did what you wanted. Take X of shape "
    "(2, 5, 9, 4), with f = 3 and stride = 2:\n"
    "  all windows            (2, 3, 7, 4, 3, 3)\n"
    "  every second one       (2, 2, 4, 4, 3, 3)\n"
    "  channels at the end    (2, 2, 4, 3, 3, 4)\n"
    "One thing the shape cannot tell, because both sides of a window are f: whether its rows are "
    "still rows. To move an axis to the end is not the same as to swap it with the last one. So "
    "look at numbers, too. Here is a picture of one channel:\n"
    "  0  1   2   3\n"
    "  4  5   6   7\n"
    "  8  9  10  11\n"
    "With f = 2 and stride = 2 it has two windows. The second one should be\n"
    "  2  3\n"
    "  6  7\n"
    "If you see 2 and 6 in its first row, rows and columns have changed places. If you see "
    "1, 2, 5, 6, the stride is missing. And if there are three windows or four, the "
    "stride has missed one of the two axes.",
)

CONV_FORWARD_FAST = (
    "Write all numbers of a window side by side in a row. Write the weights of a filter in a "
    "column. One step of the convolution takes this row and this column and makes one number of "
    "them. You know an operation that does the same with every row of one matrix and every column "
    "of another. What should be in the rows, then, and what in the columns?",
    #
    "Before the product: put the border round the batch, ask sliding_windows for the windows of "
    "it, and read their sizes from the shape.\n"
    "Reshape the windows to a matrix with a row for each window. Pictures, rows and columns of "
    "windows become one axis. The last three axes, which are the window, become the other one. "
    "Reshape W likewise: its first three axes become one, and each filter is a column.\n"
    "Multiply, and add the biases: a number for each column. Then split the rows again into "
    "picture, height and width.\n"
    "At the end pack the four inputs into the cache as they came, without the border.",
    #
    "A window's numbers must meet the weights that belong to them. Both arrays have them in the "
    "order row, column, channel, so both are only reshaped: axes that stand side by side become "
    "one, and nothing moves.\n"
    "Here is a picture with 2 rows, 3 columns and one channel. There are two filters with f = 2, "
    "no border, and stride = 1:\n"
    "  picture   1 2 3     first filter   1 0     second filter   0 1\n"
    "            4 5 6                    0 2                     1 0\n"
    "There are two windows, so the matrices are\n"
    "  windows   1 2 4 5     filters   1 0     product   11  6\n"
    "            2 3 5 6               0 1               14  8\n"
    "                                  0 1\n"
    "                                  2 0\n"
    "With the biases 10 and 20 the rows are 21 26 and 24 28. Z has the shape (1, 1, 2, 2).\n"
    "If your matrix of filters has the columns 1 0 1 0 and 0 1 0 2, W was cut into rows and then "
    "turned. Its last axis says which filter a weight belongs to, so two neighbours in W belong "
    "to different filters. Only a reshape that keeps the last axis keeps them apart.",
)

CONV_BACKWARD_FAST = (
    "On the way forwards, one product of two matrices did all the work: windows times filters. "
    "Now dZ comes back, which as a matrix has a row for each window and a column for each filter. "
    "You look for two more products: one must have the shape of the filters, the other one the "
    "shape of the windows. Write the three shapes down. In how many ways do they fit together? "
    "And where do you take a window's numbers, when several windows have seen the same pixel?",
    #
    "First what you had on the way forwards: the border, the windows, and both as matrices. "
    "Reshape dZ to a matrix as well.\n"
    "The gradient of the filters is the windows, turned on their side, times dZ. Give it the shape "
    "of W. The gradient of the biases is the sum of dZ over pictures, rows and columns.\n"
    "The gradient of the windows is dZ times the filters, turned on their side. Give it the six "
    "axes that windows have. Now bring it back to the pixels. Begin with zeros in the shape of the "
    "bordered batch. Loop over the rows and columns inside a window, which is f times f rounds. "
    "In each round add, for all pictures and windows at once, what lies at this one place of the "
    "windows.\n"
    "At the end cut the border off.",
    #
    "In a round of the loop the place inside the window is fixed. In the first window it is the "
    "pixel of the same number, and from window to window it moves by one stride. So the pixels of "
    "this round are a slice with a step: it begins at the place, its step is the stride, and it "
    "has as many entries as there are windows. Begin plus stride times n_H is an end that fits.\n"
    "Take this picture with one filter, f = 2, no border and stride = 1. From the next layer come "
    "10 and 100, a number for each window:\n"
    "  picture   1 2 3     filter   1 3     windows   1 2 4 5\n"
    "            4 5 6              0 2               2 3 5 6\n"
    "The windows, turned, times the two numbers give 210 320 540 650 for the filter, and the "
    "gradient of the bias is 110. Dividing by anything would be wrong here.\n"
    "The numbers times the filter, turned, are the windows' gradient:\n"
    "  first window     10   30   0   20\n"
    "  second window   100  300   0  200\n"
    "The four rounds add 10 100 on the left of the upper row, 30 300 on the right of it, 0 0 on "
    "the left of the lower row and 20 200 on the right of it. Together that is\n"
    "  10  130  300\n"
    "   0   20  200\n"
    "In the middle 30 and 100 have met. With = instead of += the 100 would be lost.\n"
    "For the border: begin at pad and keep as many rows and columns as the input had. That works "
    "for a pad of 0, too, for which an end of -pad leaves nothing.",
)

POOL_FORWARD_FAST = (
    "Your view of all windows has six axes. Say for each of them in one word what it counts. "
    "A pooling layer turns every window into one number, in each channel for itself. Which of the "
    "six axes must be gone afterwards? Which one of the last three has to stay?",
    #
    "Look up f and stride, and ask sliding_windows for the windows. There is no border.\n"
    "Then ask for the mode. NumPy's maximum and mean both take an axis, and this may be a tuple of "
    "two axes: those of a window's rows and columns. What comes back has the four axes that the "
    "output needs, in the right order.\n"
    "At the end pack the input and the settings into the cache.",
    #
    "Count the axes from 0: picture 0, the two that say which window 1 and 2, the two inside the "
    "window 3 and 4, channel 5. Only 3 and 4 go.\n"
    "The shape shows a wrong choice, if you make all sizes different. For X of shape (7, 6, 9, 5), "
    "f = 2 and stride = 3, the windows have the shape (7, 2, 3, 2, 2, 5), so A has (7, 2, 3, 5). "
    "Is it (7, 2, 3, 2)? Then 4 and 5 went. Is it (7, 2, 3)? Then the channels went, too.\n"
    "One channel to compare with, for f = 2 and stride = 2:\n"
    "   5 -1 -4 -2\n"
    "   3  7 -8 -6\n"
    "  max        7   -2\n"
    "  average  3.5   -5\n"
    "A -5 where you expect the -2 is the other mode. A 0 means that numbers were compared with 0, "
    "and a 14 is a sum.",
)

POOL_BACKWARD_FAST = (
    "Every window shares its number of dA out among its own pixels: in one mode it all goes to the "
    "winner, in the other mode all get the same. Imagine all shares of all windows as one big "
    "array. Which shape does it have? And then you have to bring the shares of all windows back "
    "to the pixels. Where have you done that before?",
    #
    "Get the windows of the input from sliding_windows. Give dA two axes of length one in the "
    "places where the windows have their rows and columns, so that the two fit together.\n"
    "Max: find each window's largest number, with keepdims so that its axes stay. Compare the "
    "windows with it, and multiply the answers by dA.\n"
    "Average: divide dA by the number of pixels in a window. Every pixel gets this share.\n"
    "Begin a gradient of zeros with the shape of the input. As in conv_backward_fast, loop over "
    "the places inside a window, and in each round add the shares of all windows at this place, "
    "a stride apart.",
    #
    "The shares have the same six axes as the windows. In round (row, column) of the loop you take "
    "axes 3 and 4 at this place, which leaves four axes, as the gradient has. It goes to the "
    "pixels row, row + stride, row + 2 stride and so on, and the same along the width.\n"
    "One channel, f = 2 and stride = 1, and dA brings 10 and 100:\n"
    "  1 9 3\n"
    "  4 2 6\n"
    "Both windows have the 9 as their winner: in the first one it stands on the right, in the "
    "second one on the left. So in max mode the gradient is\n"
    "  0 110 0\n"
    "  0   0 0\n"
    "In average mode the shares are 2.5 and 25, and both rows of the gradient are\n"
    "  2.5 27.5 25\n"
    "If only one of 10 and 100 arrives in the middle, a = stands where += should. If the 9 itself "
    "turns up, or a multiple of it, you have multiplied by the windows and not by the mask. In "
    "both modes all numbers of the gradient add up to 110, the sum of dA.",
)
