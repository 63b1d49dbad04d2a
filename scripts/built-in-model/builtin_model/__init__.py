"""Trains the small microscopy model that ships with Z-Image for Fiji."""
