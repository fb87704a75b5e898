"""What happens on the clock: the pipeline, in order."""
