"""What a running process tells about itself: log lines and figures. No word of a person is in either."""
