"""The evaluation, step by step; pure: no file, no clock, no global."""

from tenderscore.pipeline.compiling import Compiled, compiled
from tenderscore.pipeline.evaluating import EvaluationInput, LotInput, evaluated, planned
from tenderscore.pipeline.resolving import Surroundings

__all__ = [
    "Compiled",
    "EvaluationInput",
    "LotInput",
    "Surroundings",
    "compiled",
    "evaluated",
    "planned",
]
