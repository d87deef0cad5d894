"""The pages' own tools stand in docs/, beside the pages."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
