"""The development corpus: articles written for this project, with their facts."""
