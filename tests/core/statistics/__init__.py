"""Tests of the statistics' figures and sentences."""
