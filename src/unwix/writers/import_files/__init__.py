"""Write the files that blog systems import: WordPress (WXR) and Ghost."""
