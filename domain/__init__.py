"""What Pilotwatch knows and decides. Pure: no clock, no network, no database, no log."""
