"""Finding who said what in a text; no input or output, standard library only."""
