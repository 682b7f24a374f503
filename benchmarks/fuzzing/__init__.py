"""Thousands of damaged and forged hand-ins through every room of the trusted side: ``make fuzz``.

An item is a room and a number. The number and the seed of the whole run decide what is drawn for
it, so that a finding can be drawn again. Each room takes what was drawn the way that a submission
takes it, and says how many points it won, which must be none. Whatever is raised that the room's
own callers do not expect is a finding, and so is an item that takes more than its share of
processor time or memory: items are done in processes that the kernel ends for that.

``trees``, ``texts`` draw what is wrong with an item, ``seeds`` what it is made from; ``reading``,
``judging``, ``showing``, ``importing`` and ``running`` are the rooms; ``capped`` does the work.
"""
