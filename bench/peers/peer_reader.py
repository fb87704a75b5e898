"""`reader` with twenty workers and its SQLite storage."""

import sys
from pathlib import Path

from reader import make_reader
from stopwatch import Stopwatch, address

phase, folder, port, feeds = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
reader = make_reader(str(folder / "reader.sqlite"))
if phase == "cold":
    for number in range(feeds):
        reader.add_feed(address(number, port))
new = failed = 0
with Stopwatch() as watch:
    # Its own schedule would leave out what was read within the hour.
    for result in reader.update_feeds_iter(scheduled=False, workers=20):
        failed += isinstance(result.value, Exception)
        new += getattr(result.value, "new", 0)
watch.tell(new=new, failed=failed)
