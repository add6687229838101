"""What is done with an archive: importing, indexing, searching, and looking after it."""
