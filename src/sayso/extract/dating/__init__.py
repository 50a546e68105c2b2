"""How times in running text are read and placed: words, a grammar whose forms are data, values, the calendar."""
