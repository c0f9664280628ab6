"""What can be judged without a cloud: settings beside each other, the recorded program, a deployed state."""
