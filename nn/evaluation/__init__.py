"""What a network is worth: metrics, calibration, familiarity."""
