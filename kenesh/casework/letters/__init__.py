"""Letters out of an office's own Word templates: what a template may ask for, the sandbox that fills it in, our samples."""
