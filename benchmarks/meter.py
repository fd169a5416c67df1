"""Runs one command and prints its time and memory as JSON: a process of its own, so small that it does not count.

The kernel's figure for the largest process begins with what the starting process held, so the one that starts must be
smaller than anything measured; this one imports next to nothing.
"""

import json
import os
import sys
import time

_LOG, *_COMMAND = sys.argv[1:]
_out = os.open(_LOG, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
_begin = time.perf_counter()
_pid = os.posix_spawn(
    _COMMAND[0], _COMMAND, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, _out, 1), (os.POSIX_SPAWN_DUP2, _out, 2)]
)
_, _status, _usage = os.wait4(_pid, 0)
_seconds = time.perf_counter() - _begin
# Largest of the process and every descendant that was waited for: bytes on macOS, KiB elsewhere.
_peak = _usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(
    json.dumps(
        {
            "seconds": _seconds,
            "cpu": _usage.ru_utime + _usage.ru_stime,
            "peak": _peak,
            "code": os.waitstatus_to_exitcode(_status),
        }
    )
)
