"""What-if on the canvas: the frame, live numbers, sliders on cards, and whom to work on first."""
