"""What a person sees and types: one module per workspace, and the widgets they share."""
