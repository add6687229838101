"""Tests of the screen and of the pure pieces it stands on."""
