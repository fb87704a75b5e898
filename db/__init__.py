"""What Pilotwatch remembers. One module per noun; every function takes a session."""
