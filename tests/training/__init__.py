"""Programs that make the engine's data files from their corpora."""
