"""Read a post body in the markup of Wix's viewer."""
