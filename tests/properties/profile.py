"""How long the properties search: a few hundred rounds, or `TENDERSCORE_EXAMPLES` of them.

The usual run is the same every time; a longer one looks further, at other rounds each time.
"""

import os

from hypothesis import HealthCheck, settings

ASKED = os.environ.get("TENDERSCORE_EXAMPLES")


def searching(share=1.0):
    """Settings for a property; `share` is its part of the examples."""
    return settings(
        max_examples=max(1, round(int(ASKED or 200) * share)),
        derandomize=ASKED is None,
        deadline=None,
        # A round is some hundred choices, and the engine reads it from disk.
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
