"""The web app: a case in the browser, on this machine alone.

Server-rendered; the pages work without scripts and without any network. Each page module parses its address, calls
methods of `Ledger` and `Lists` that the command line calls, too, and fills a template. Nothing is decided here.
"""
