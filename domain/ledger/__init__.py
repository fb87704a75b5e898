"""What several sources state of one thing: one row, who confirms it, who says otherwise."""
