"""Adam as it is published, one number at a time."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass
class Adam:
    """The state of one parameter entry ``p``."""

    p: float
    m: float = 0.0
    v: float = 0.0
    t: int = 0

    def steps(
        self,
        gradients: Iterable[float],
        learning_rate: float = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
    ) -> Adam:
        """Take a step for each of ``gradients``."""
        for dp in gradients:
            self.t += 1
            self.m = beta1 * self.m + (1.0 - beta1) * dp
            self.v = beta2 * self.v + (1.0 - beta2) * dp * dp
            m_hat = self.m / (1.0 - beta1**self.t)
            v_hat = self.v / (1.0 - beta2**self.t)
            self.p -= learning_rate * m_hat / (math.sqrt(v_hat) + epsilon)
        return self
