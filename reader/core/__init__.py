"""Plain frozen data and pure functions that every other part speaks in; standard library only."""
