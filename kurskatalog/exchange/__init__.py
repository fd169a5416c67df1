"""Courses to and from spreadsheets: what a provider reports anyway becomes files, and hand-made changes are kept."""
