"""The neural model behind one small interface: words in, arrays out. It reads files of its own and nothing else."""
