"""Records out to files: one module per format, each a function of records that gives bytes or rows back.

This room writes nothing to disk itself and reads no settings: the caller says where the bytes go.
"""
