"""govreport-qa: answers about Chinese government work reports, each with its paragraph."""

__version__ = "0.1.0"
