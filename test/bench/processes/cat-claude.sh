#!/bin/sh
# A claude that prints a prepared stream as fast as it can, and then waits for its stdin to be closed.
cat "$SLUICE_BENCH_STREAM"
exec cat >/dev/null
