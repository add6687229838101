"""What every test starts from: an environment that does not change widths, colours or folders."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

_UNSET = ("UNICODE_VERSION", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "BROWSER", "TMUX")

# Before any test module is imported: Rich and Textual read some of these once, at import.
for _name in [*_UNSET, *(name for name in os.environ if name.startswith("TEXTUAL"))]:
    os.environ.pop(_name, None)

# A shell's background job ignores Ctrl-C, and one under nohup the hang-up, and so would every
# program that the tests start and interrupt: they waited for ever.
for _signal, _usual in (
    (signal.SIGINT, signal.default_int_handler),
    (getattr(signal, "SIGHUP", signal.SIGINT), signal.SIG_DFL),
):
    if signal.getsignal(_signal) is signal.SIG_IGN:
        signal.signal(_signal, _usual)


# The same examples each time, and no time limit for one of them: a busy machine must not turn a
# test red. `--hypothesis-profile=explore` tries others.
_CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("onrecord", _CALM, derandomize=True)
settings.register_profile("explore", _CALM)
settings.load_profile("onrecord")


@pytest.fixture(autouse=True, scope="session")
def _nobodys_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the settings or the archive of the person who runs it."""
    home = str(tmp_path_factory.mktemp("home"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", home)
        for name in ("DATA", "CONFIG", "STATE", "CACHE"):
            patch.setenv(f"XDG_{name}_HOME", f"{home}/{name.lower()}")
        for name in ("ONRECORD_ARCHIVE", "ONRECORD_CONFIG"):
            patch.delenv(name, raising=False)
        yield
