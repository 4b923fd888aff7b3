"""The page: a Solara frame around one widget that plays societies in the browser."""
