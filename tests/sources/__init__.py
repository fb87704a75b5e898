"""What the sources room promises."""
