"""What is asked of the net, on the user's word alone."""
