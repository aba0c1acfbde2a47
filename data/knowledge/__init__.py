"""Infomanager: articles about plans, promotions, policies and procedures, with versions, found with slips forgiven."""
