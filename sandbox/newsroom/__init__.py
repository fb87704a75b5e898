"""Two sample sources in our own words: their articles, their feeds, their pages."""
