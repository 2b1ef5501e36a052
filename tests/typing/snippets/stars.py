"""Both packages imported whole: no name is defined twice."""

from typing import assert_type

from cormorant import *  # noqa: F403
from cormorant.orm import *  # noqa: F403

assert_type(create_engine("sqlite://"), Engine)  # noqa: F405
assert_type(Session(), Session)  # noqa: F405
