"""Options and settings of the whole test run."""

import pytest
from hypothesis import settings

# The same examples in every run: a red run can be repeated, and what was green stays green. To look for more, run
# `pytest -m hypothesis --hypothesis-profile=search`, as .ci/run does, and turn what it finds into a test in test_found.py.
settings.register_profile("fixed", derandomize=True, deadline=None, max_examples=20)
settings.register_profile("search", deadline=None, max_examples=100, print_blob=True)  # some two minutes on two cores
settings.load_profile("fixed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="rewrite the answers of the corpus with what the program gives now; read the diff before you keep it")


@pytest.fixture
def update_goldens(request: pytest.FixtureRequest) -> bool:
    """Whether the run was asked to rewrite the answers of the corpus."""
    return bool(request.config.getoption("--update-goldens"))
