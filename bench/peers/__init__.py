"""Who is measured: one program for each, run as `PROGRAM PHASE FOLDER PORT FEEDS`.

Each prints one line of JSON: wall and CPU seconds of the reading alone, and what it found. The
programs of other projects use these projects' public interfaces, in environments of their own.
"""
