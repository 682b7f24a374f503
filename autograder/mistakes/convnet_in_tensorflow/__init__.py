"""The mistakes of assignment 3, by exercise.

Their code needs TensorFlow and lies in ``wrong_code``, which is imported when it is run: to know a
mistake by what it gives takes no TensorFlow.
"""
