"""Pictures of figures. Slow to load and to do: only the workshop's own process comes in here."""
